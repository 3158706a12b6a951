package io.github.hecnn.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.hecnn.examples.report.Charts.Line;
import io.github.hecnn.examples.report.Charts.Scale;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChartsTest {
    private static final Pattern IMAGE = Pattern.compile("data:image/png;base64,([A-Za-z0-9+/=]+)");

    @BeforeEach
    void aJavaThatDraws() {
        assumeTrue(hasFonts(), "this Java has no fonts");
    }

    private static boolean hasFonts() {
        try {
            return new Font(Font.SANS_SERIF, Font.PLAIN, 12)
                            .getStringBounds("1", new FontRenderContext(null, true, true))
                            .getWidth()
                    > 0;
        } catch (RuntimeException | LinkageError | InternalError e) {
            return false;
        }
    }

    private static List<BufferedImage> images(String html) throws IOException {
        List<BufferedImage> out = new ArrayList<>();
        for (Matcher m = IMAGE.matcher(html); m.find(); ) {
            out.add(ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(m.group(1)))));
        }
        return out;
    }

    private static boolean has(BufferedImage image, int rgb) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if ((image.getRGB(x, y) & 0xFFFFFF) == rgb) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void assertDrawn(String html, int... colours) throws IOException {
        List<BufferedImage> images = images(html);
        assertThat(images).as(html.substring(0, 200)).hasSize(2);
        for (BufferedImage image : images) {
            assertThat(image.getWidth()).isEqualTo(1240);
            assertThat(image.getHeight()).isEqualTo(640);
            for (int colour : colours) {
                assertThat(has(image, colour)).as("colour %06x", colour).isTrue();
            }
        }
        assertThat(images.get(0).getRGB(1, 1) & 0xFFFFFF).as("dark paper").isEqualTo(0x1B1F27);
        assertThat(images.get(1).getRGB(1, 1) & 0xFFFFFF).as("light paper").isEqualTo(0xFFFFFF);
    }

    @Test
    void everyLineIsDrawnForLightAndDarkPages() throws IOException {
        List<Line> lines = List.of(new Line("a", List.of(20.0, 80.0)), new Line("b", List.of(30.0, 70.0)));
        assertDrawn(Charts.plot("t", "x", "%", Scale.PERCENT, lines), 0x2F6FDE, 0xE0862B);
        assertDrawn(Charts.bars("t", List.of("a", "b"), List.of(20.0, 80.0)), 0x2F6FDE);
    }

    @Test
    void aSingleNumberAndEqualOnesAreDrawn() throws IOException {
        for (Scale scale : Scale.values()) {
            assertDrawn(Charts.plot("t", "x", "y", scale, List.of(new Line("a", List.of(2e-8)))), 0x2F6FDE);
            assertDrawn(Charts.plot("t", "x", "y", scale, List.of(new Line("a", List.of(2e-8, 2e-8)))), 0x2F6FDE);
        }
    }

    @Test
    void logarithmicAxesHaveWholePowersOfTen() {
        assertRange(List.of(1.2e-8, 2.3e-8), 1e-8, 1e-7);
        assertRange(List.of(3e-18, 2e-8), 1e-18, 1e-7);
        assertRange(List.of(1e-8), 1e-8, 1e-7);
        assertRange(List.of(0.5, 200.0), 0.1, 1000);
    }

    private static void assertRange(List<Double> values, double lo, double hi) {
        double[] range = Charts.decades(List.of(new Line("a", values)));
        assertThat(range[0]).isCloseTo(lo, within(1e-12 * lo));
        assertThat(range[1]).isCloseTo(hi, within(1e-12 * hi));
    }

    @Test
    void whatCannotBeDrawnIsANoteWithTheReason() {
        assertThat(Charts.plot("t", "x", "y", Scale.LINEAR, List.of(new Line("<a>", List.of()))))
                .startsWith("<p class=\"note\">No plot (")
                .contains("cannot be empty")
                .doesNotContain("<a>", "data:image");
        assertThat(Charts.plot("t", "x", "y", Scale.LOGARITHMIC, List.of(new Line("a", List.of(0.0)))))
                .contains("No plot (", "logarithmic");
        assertThat(Charts.bars("t", List.of(), List.of())).contains("No plot (");
    }
}
