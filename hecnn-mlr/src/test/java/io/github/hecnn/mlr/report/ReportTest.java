package io.github.hecnn.mlr.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.rehearsal.WeightComparison;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ReportTest {
    static RunReport report(String mode, String dataset) {
        boolean encrypted = mode.equals("encrypted");
        return new RunReport(
                "MnistTraining",
                "1.0",
                mode,
                "fast",
                dataset,
                128,
                3,
                2,
                "h392",
                "dct",
                List.of(0.5, 2.0 / 3),
                encrypted ? 1e-7 : null,
                4,
                1000L,
                2000L,
                246L,
                6,
                16384,
                289.0,
                135.0,
                128,
                "portable",
                2,
                "17",
                new RunReport.Seconds(1.0, 2.0, 3.0, 4.0, 10.0),
                1L << 30,
                new RunReport.Details(
                        "Linux",
                        "secure random",
                        0,
                        List.of(0.5, 2.0 / 3),
                        encrypted ? List.of(0.0, 1e-7) : List.of(),
                        encrypted
                                ? List.of(
                                        new RunReport.WeightErrors(0, 0, 0, 0, 0, 0, 0),
                                        new RunReport.WeightErrors(1e-7, 3e-5, 1, 2, -5e-8, 2e-8, 24e-8))
                                : List.of(),
                        1e-15,
                        List.of(0.1, 2.5),
                        List.of(new ScoreRange(1, 0, 0.1), new ScoreRange(2, -2.5, 1.5)),
                        List.of(6, 3, 0),
                        encrypted ? Map.of("rotation", 0.6, "addition", 0.01) : Map.of(),
                        Map.of("rotation", 0.5, "plain_term", 0.01),
                        List.of("cat", "<dog>"),
                        List.of(100, 28),
                        List.of(3, 0),
                        List.of(1.0, Double.NaN),
                        new int[][] {{2, 1}, {0, 0}},
                        List.of(1.0, 2.0),
                        Map.of("levels", 6, "sigmoidInterval", List.of(-8.0, 8.0), "memoryBytes", 500_000_000L),
                        Map.of("scaleBits", 40),
                        List.of("synthetic <data>")));
    }

    @Test
    void jsonHasEveryAgreedField() throws Exception {
        JsonNode json = new ObjectMapper().readTree(JsonReport.text(report("encrypted", "synthetic digits")));
        for (String field : List.of(
                "recipe dataset samples iterations features scaling accuracyPerIteration maxErrorAgainstRehearsal"
                        + " uploadedCiphertexts uploadedBytes evaluationKeyBytes keySwitches levelsUsed ringDegree logQ logP"
                        + " securityBits kernels threads javaVersion seconds peakMemoryBytes")) {
            for (String name : field.split(" ", -1)) {
                assertThat(json.has(name)).as(name).isTrue();
                assertThat(json.get(name).isNull()).as(name).isFalse();
            }
        }
        for (String part : List.of("keyGeneration", "encryption", "training", "decryption", "total")) {
            assertThat(json.get("seconds").get(part).isNumber()).as(part).isTrue();
        }
        assertThat(json.get("accuracyPerIteration").get(0).asDouble()).isEqualTo(0.5);
    }

    @Test
    void aClassWithoutTestSamplesHasNoRecall() throws Exception {
        JsonNode json = new ObjectMapper().readTree(JsonReport.text(report("encrypted", "x")));
        assertThat(json.get("details").get("recallPerClass").get(1).isNull()).isTrue();
    }

    @Test
    void htmlIsSelfContainedAndEscaped() throws Exception {
        byte[] pixels = new byte[4];
        List<HtmlReport.Sample> samples =
                List.of(new HtmlReport.Sample(pixels, 2, 2, "1", "1"), new HtmlReport.Sample(pixels, 2, 2, "<7>", "1"));
        String page = HtmlReport.text(report("encrypted", "digits <b>"), samples);
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains(
                        "66.67 %",
                        "66.7 %",
                        "synthetic &lt;data&gt;",
                        "digits &lt;b&gt;",
                        "1 (is &lt;7&gt;)",
                        "prefers-color-scheme: dark")
                .contains("Which classes are taken for which", "<th>cat</th>", "<th>&lt;dog&gt;</th>")
                .contains("<td>cat</td><td>100</td><td>3</td>", "<td>&lt;dog&gt;</td><td>28</td><td>0</td>")
                .doesNotContain("Which digits", "<dog>", "http://", "https://", "<script", "digits <b>");
        assertThat(openAndClose(page)).isEmpty();
    }

    @Test
    void namesFromFilesDoNotBreakTheLinesOfTheSummary() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Summary.print(
                report("rehearsal", "oak\nand\u001b[31mash\r"), Path.of("out"), new PrintStream(bytes, true, UTF_8));
        String text = bytes.toString(UTF_8);
        assertThat(text).contains("oak and [31mash , 128 samples").doesNotContain("\u001b", "\r");
        assertThat(text.strip().lines()).allMatch(line -> line.matches("[a-z ]{18} .+"));
    }

    @Test
    void anImageIsAPngOfItsPixelsOnPaper() throws Exception {
        String address = GreyPng.address(new byte[] {0, 1, (byte) 255, 100, 50, (byte) 200}, 2, 3);
        byte[] png = Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getWidth()).isEqualTo(3);
        assertThat(image.getHeight()).isEqualTo(2);
        int[] grey = new int[6];
        assertThat(image.getRaster().getSamples(0, 0, 3, 2, 0, grey)).containsExactly(255, 254, 0, 155, 205, 55);
    }

    @Test
    void aRehearsalShowsNoErrorPlot() throws Exception {
        String page = HtmlReport.text(report("rehearsal", "x"), List.of());
        assertThat(page).contains("nothing was encrypted").doesNotContain("Error against the rehearsal");
    }

    @Test
    void errorsAreShownAgainstTheirColumnAndTheirPrediction() throws Exception {
        String page = HtmlReport.text(report("encrypted", "x"), List.of());
        assertThat(page)
                .contains("relative to its column")
                .contains(
                        "<td>2</td><td>1.00e-07</td><td>3.00e-05</td><td>5.00e-08</td><td>2.00e-08</td><td>2.40e-07</td>")
                .contains("Errors use up to 21 % of their limit, 12 predicted deviations");
        JsonNode json = new ObjectMapper().readTree(JsonReport.text(report("encrypted", "x")));
        JsonNode last = json.get("details").get("weightErrorsPerIteration").get(1);
        assertThat(last.get("largestRelative").asDouble()).isEqualTo(3e-5);
        assertThat(last.get("predictedDeviation").asDouble()).isEqualTo(2e-8);
        assertThat(last.get("limit").asDouble()).isEqualTo(24e-8);
    }

    @Test
    void everyWeightHasALineOfErrors() {
        double[][] rehearsed = {{1, 0}, {-1, 0}};
        double[][] found = {{1, 0}, {-1.5, 0}};
        double[][] predicted = {{0.1, 0.2}, {0.1, 0.2}};
        assertThat(WeightErrorsCsv.text(rehearsed, WeightComparison.of(found, rehearsed, predicted))
                        .lines())
                .hasSize(5)
                .startsWith("class,feature,rehearsed,error,predicted_deviation,limit,relative_error_of_column")
                .element(3)
                .satisfies(line -> {
                    String[] cells = line.split(",", -1);
                    assertThat(cells).startsWith("1", "0", "-1.0", "-0.5").endsWith("0.5");
                    assertThat(Double.parseDouble(cells[4])).isCloseTo(0.1, within(1e-9));
                    assertThat(Double.parseDouble(cells[5])).isCloseTo(1.2, within(1e-9));
                });
    }

    @Test
    void weightsKeepEveryDigit() {
        double[][] weights = {{0.1, -1e-300}, {1.0 / 3, 0}};
        String[] rows = WeightsCsv.text(weights).split("\n", -1);
        assertThat(rows).hasSize(3);
        for (int j = 0; j < 2; j++) {
            String[] cells = rows[j].split(",", -1);
            for (int k = 0; k < 2; k++) {
                assertThat(Double.parseDouble(cells[k])).isEqualTo(weights[j][k]);
            }
        }
    }

    /** Names of elements that are opened and closed a different number of times. */
    private static List<String> openAndClose(String page) {
        List<String> wrong = new ArrayList<>();
        for (String name :
                List.of("html", "head", "body", "section", "table", "tr", "td", "ul", "svg", "text", "figure", "div")) {
            int opened = page.split("<" + name + "[ >]", -1).length;
            int closed = page.split("</" + name + ">", -1).length;
            if (opened != closed) {
                wrong.add(name);
            }
        }
        return wrong;
    }
}
