package io.github.hecnn.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hecnn.cli.console.ProgramRun;
import io.github.hecnn.cli.cryptotl.TinyOnnx;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The run on folders of made-up images, red, green and blue ones, with a network that the test writes. */
class ImageRunTest {
    private static final List<String> CLASSES = List.of("blue", "green", "red");
    private static final int EACH = 16;

    @TempDir
    private Path parent;

    private Path images;
    private Path backbone;

    /** What a run said and returned. */
    private record Run(int status, String out, List<String> err) {}

    @BeforeEach
    void writes() throws IOException {
        images = parent.resolve("images");
        backbone = Files.write(parent.resolve("tiny.onnx"), TinyOnnx.network(16, 10, 3));
        Random random = new Random(1);
        for (int c = 0; c < CLASSES.size(); c++) {
            Path folder = Files.createDirectories(images.resolve(CLASSES.get(c)));
            for (int i = 0; i < EACH; i++) {
                BufferedImage image =
                        new BufferedImage(18 + random.nextInt(30), 18 + random.nextInt(30), BufferedImage.TYPE_INT_RGB);
                for (int y = 0; y < image.getHeight(); y++) {
                    for (int x = 0; x < image.getWidth(); x++) {
                        image.setRGB(x, y, 0x404040 + random.nextInt(0x40) * 0x10101 + (0x60 << (8 * c)));
                    }
                }
                String format = i % 4 == 3 ? "jpeg" : "png";
                ImageIO.write(image, format, folder.resolve(i + "." + format).toFile());
            }
        }
    }

    private static Run run(Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = ProgramRun.of(new ImageRun())
                .run(
                        Arrays.stream(args).map(Object::toString).toArray(String[]::new),
                        Map.of(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Run(
                status,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8).lines().toList());
    }

    private Run with(Path out, Object... more) {
        List<Object> args = new ArrayList<>(
                List.of("--images", images, "--backbone", backbone, "--crop", 16, "--threads", 1, "--out", out));
        args.addAll(List.of(more));
        return run(args.toArray());
    }

    private static void succeeded(Run run) {
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    private static void failed(Run run, int status, String... words) {
        assertThat(run.err()).hasSize(1);
        assertThat(run.err().get(0)).startsWith("error: ").contains(words);
        assertThat(run.status()).isEqualTo(status);
    }

    @Test
    void threeRolesTrainOnEncryptedFeaturesOfAFolder() throws IOException {
        Path out = parent.resolve("out");
        succeeded(with(out, "--role", "owner-encrypt"));
        succeeded(run("--role", "cloud-train", "--threads", 1, "--out", out));
        Run last = run("--role", "owner-decrypt", "--threads", 1, "--out", out);
        succeeded(last);
        JsonNode report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
        assertThat(report.path("program").asText()).isEqualTo("ImageTraining");
        assertThat(report.path("samples").asInt()).isEqualTo(36);
        assertThat(report.path("testSamples").asInt()).isEqualTo(12);
        assertThat(report.path("features").asText()).isEqualTo("tiny.onnx");
        assertThat(report.path("accuracyPerIteration").path(1).asDouble()).isGreaterThan(0.9);
        assertThat(Files.readString(out.resolve("report.html"))).contains("images of images", "layer features");
        String page = Files.readString(out.resolve("samples.html"));
        assertThat(page.split("data:image/png;base64,", -1)).hasSize(13);
        assertThat(page).contains("of the first 12 test images right", "class blue", "class green", "class red");
        assertThat(page).doesNotContain("http://", "https://");
        assertThat(last.out()).contains("samples.html");
    }

    @Test
    void aRehearsalOnHistogramsAndOnOtherTestImages() throws IOException {
        Path out = parent.resolve("rehearsal");
        succeeded(run("--images", images, "--test-images", images, "--rehearse", "--iterations", 1, "--out", out));
        JsonNode report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
        assertThat(report.path("testSamples").asInt()).isEqualTo(48);
        assertThat(report.path("features").asText()).isEqualTo("h392");
        assertThat(out.resolve("samples.html")).exists();
    }

    @Test
    void featuresAreKeptAndDamageIsNamed() throws IOException {
        Path out = parent.resolve("kept");
        succeeded(with(out, "--rehearse", "--iterations", 1));
        try (var kept = Files.list(out.resolve("features"))) {
            assertThat(kept).hasSize(1);
        }
        Path damaged = images.resolve("green/5.png");
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged, bytes);
        failed(with(out, "--rehearse"), 1, "5.png", "expected a sound PNG image");
        Files.createDirectory(images.resolve("empty"));
        failed(with(out, "--rehearse"), 1, "empty: expected at least one image of the class");
    }

    @Test
    void commandLinesThatMakeNoSense() {
        Path out = parent.resolve("none");
        failed(run("--out", out), 2, "--images: expected a folder, found none");
        failed(with(out, "--test-fraction", "1.5"), 2, "--test-fraction: expected a number between 0 and 1");
        failed(with(out, "--features", "h392"), 2, "--features: expected h392|h400|h200 without --backbone");
        failed(with(out, "--scaling", "dct"), 2, "--scaling: expected another one with --backbone");
        failed(with(out, "--resize", "15"), 2, "--resize: expected at least --crop, 16, found 15");
        failed(run("--images", images, "--layer", "fc", "--out", out), 2, "--layer: expected --backbone");
        failed(with(out, "--samples", "48"), 1, "--samples: expected 2..47 of the 48", "--test-images");
        failed(with(out, "--layer", "nothing"), 1, "found 'nothing'; its outputs are [logits]");
        failed(
                run("--images", images, "--backbone", backbone, "--crop", 20, "--out", out),
                1,
                "expected one input [images][3][20][20]",
                "--crop");
        assertThat(out.resolve("report.json")).doesNotExist();
    }
}
