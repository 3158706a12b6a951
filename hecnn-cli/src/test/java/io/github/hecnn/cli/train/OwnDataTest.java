package io.github.hecnn.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data that people bring: three kinds of flowers, four numbers each. */
class OwnDataTest {
    private static final String[] KINDS = {"setosa", "versicolor", "virginica"};
    private static final double[][] MEANS = {{5.0, 3.4, 1.5, 0.3}, {5.9, 2.8, 4.3, 1.3}, {6.6, 3.0, 5.6, 2.1}};

    @TempDir
    private Path folder;

    /** Rows label,a,b,c,d; 50 of each kind, sorted by kind. */
    private static List<String> rows(String... labels) {
        Random random = new Random(17);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            StringBuilder row = new StringBuilder(labels[i / 50]);
            for (double mean : MEANS[i / 50]) {
                row.append(String.format(Locale.ROOT, ",%.1f", Math.max(0.1, mean + random.nextGaussian() * 0.2)));
            }
            rows.add(row.toString());
        }
        return rows;
    }

    private static List<String> mixed(String... labels) {
        List<String> rows = rows(labels);
        Collections.shuffle(rows, new Random(5));
        return rows;
    }

    private Path csv(List<String> rows) throws IOException {
        return Files.writeString(folder.resolve("flowers.csv"), String.join("\n", rows) + "\n");
    }

    private Cli run(Object... more) {
        List<Object> args = new ArrayList<>(List.of("--rehearse", "--out", folder.resolve("out")));
        args.addAll(List.of(more));
        return Cli.run(args.toArray());
    }

    private JsonNode report(Object... more) throws IOException {
        Cli run = run(more);
        assertThat(run.err()).isEmpty();
        return new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
    }

    private void refused(String expected, Object... more) {
        Cli run = run(more);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).hasSize(1);
        assertThat(run.err().get(0)).startsWith("error: ").contains(expected).doesNotContain("CsvOptions");
    }

    private static void good(JsonNode report, String... names) {
        JsonNode details = report.get("details");
        assertThat(details.get("labelNames")).hasSize(3);
        for (int c = 0; c < 3; c++) {
            assertThat(details.get("labelNames").get(c).asText()).isEqualTo(names[c]);
        }
        assertThat(details.get("confusionMatrix")).hasSize(3);
        assertThat(report.get("accuracyPerIteration").get(1).asDouble()).isGreaterThan(0.8);
    }

    @Test
    void sortedClassesAreRefusedWithTheirCountsAndTheRemedyWorks() throws IOException {
        Path sorted = csv(rows("0", "1", "2"));
        refused(
                "split: expected training samples of every class that is tested, found none of 2 (training 0: 50, 1: 50, 2:"
                        + " 0; test 0: 0, 1: 0, 2: 50); choose the training samples by class with --shuffle-seed 1",
                "--csv",
                sorted,
                "--samples",
                100);
        JsonNode report = report("--csv", sorted, "--samples", 100, "--shuffle-seed", 1);
        good(report, "0", "1", "2");
        assertThat(report.get("samples").asInt()).isEqualTo(100);
        assertThat(report.get("details").get("trainingClassCounts").toString())
                .isIn("[34,33,33]", "[33,34,33]", "[33,33,34]");
        assertThat(report.get("details").get("notes").toString()).contains("chosen by class with seed 1");
    }

    @Test
    void threeClassesWithTheirOwnNamesMakeThreeRows() throws IOException {
        List<String> rows = mixed(KINDS);
        rows.add(0, "species,a,b,c,d");
        JsonNode report = report("--csv", csv(rows), "--samples", 100);
        good(report, KINDS);
        assertThat(report.get("details").get("notes").toString())
                .contains("How flowers.csv was read: commas between columns, a header, labels in column 1 'species'");
        assertThat(Files.readAllLines(folder.resolve("out/weights.csv"))).hasSize(3);
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("Which classes are taken for which", "<th>setosa</th>", "Samples of each class")
                .doesNotContain("digit");
    }

    @Test
    void theSummaryHasTheCountsOfTheClasses() throws IOException {
        Cli run = run("--csv", csv(mixed("1", "2", "3")), "--test-fraction", "0.2");
        assertThat(run.out())
                .contains("training classes   3 (1: 40, 2: 40, 3: 40)", "test classes       3 (1: 10, 2: 10, 3: 10)")
                .anyMatch(line -> line.contains("mapped to classes from 0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", "|", "quoted", "decimal commas", "UTF-16"})
    void dialectsGiveTheSameModel(String dialect) throws IOException {
        List<String> rows = mixed(KINDS);
        JsonNode expected = report("--csv", csv(rows), "--samples", 100);
        String text = String.join("\r\n", rows);
        text = switch (dialect) {
            case "quoted" -> "\"" + text.replace(",", "\",\"").replace("\r\n", "\"\r\n\"") + "\"";
            case "decimal commas" -> text.replace(',', ';').replace('.', ',');
            case "UTF-16" -> text;
            default -> text.replace(",", dialect);
        };
        Path file = Files.writeString(
                folder.resolve("flowers.txt"),
                text,
                dialect.equals("UTF-16") ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
        JsonNode report = report("--csv", file, "--samples", 100);
        good(report, KINDS);
        assertThat(report.get("accuracyPerIteration")).isEqualTo(expected.get("accuracyPerIteration"));
    }

    @Test
    void decimalCommasBetweenCommasAreRefused() throws IOException {
        Path csv = csv(
                mixed("0", "1", "2").stream().map(row -> row.replace('.', ',')).toList());
        refused("look like 5 columns with decimal commas", "--csv", csv, "--samples", 100);
        refused("--decimal-mark point", "--csv", csv, "--samples", 100);
    }

    @Test
    void theLabelColumnIsNamedByTheUserWhereItIsNotClear() throws IOException {
        // A count first, the class last: both could be labels.
        List<String> rows = new ArrayList<>();
        int i = 0;
        for (String row : mixed("0", "1", "2")) {
            rows.add(i++ % 7 + row.substring(1) + "," + row.charAt(0));
        }
        Path csv = csv(rows);
        refused("name it with --label-column (1 or 6)", "--csv", csv, "--samples", 100);
        good(report("--csv", csv, "--samples", 100, "--label-column", 6, "--ignore-columns", "1"), "0", "1", "2");
        rows.add(0, "count,a,b,c,d,kind");
        good(report("--csv", csv(rows), "--samples", 100, "--label-column", "kind"), "0", "1", "2");
    }

    @Test
    void otherEncodingsAreReadWhenNamed() throws IOException {
        Path file = Files.writeString(
                folder.resolve("f.csv"),
                String.join("\n", mixed("grün", "rot", "schwarz")),
                StandardCharsets.ISO_8859_1);
        refused("name its encoding with --encoding", "--csv", file, "--samples", 100);
        good(report("--csv", file, "--samples", 100, "--encoding", "latin1"), "grün", "rot", "schwarz");
    }

    @Test
    void aTestFileIsTestedOn() throws IOException {
        List<String> rows = mixed(KINDS);
        Path training = csv(rows.subList(0, 90));
        Path test = Files.writeString(folder.resolve("t.csv"), String.join("\n", rows.subList(90, 150)));
        JsonNode report = report("--csv", training, "--test-csv", test);
        good(report, KINDS);
        assertThat(report.get("samples").asInt()).isEqualTo(90);
        assertThat(report.get("testSamples").asInt()).isEqualTo(60);
        assertThat(report("--csv", training, "--test-csv", test, "--samples", 60)
                        .get("samples")
                        .asInt())
                .isEqualTo(60);
        refused("--samples: expected at most the 90 rows", "--csv", training, "--test-csv", test, "--samples", 91);
    }

    @Test
    void twoFilesOfOneNameAreSaid() throws IOException {
        Path csv = csv(mixed(KINDS));
        try (GZIPOutputStream zip = new GZIPOutputStream(Files.newOutputStream(folder.resolve("flowers.csv.gz")))) {
            zip.write("something else".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(report("--csv", csv, "--samples", 100)
                        .get("details")
                        .get("notes")
                        .toString())
                .contains("flowers.csv was read; flowers.csv.gz beside it was not.");
    }

    @Test
    void smallPartsAreSaid() throws IOException {
        List<String> rows = mixed("a", "b", "b");
        JsonNode report = report("--csv", csv(rows.subList(0, 24)), "--samples", 20);
        assertThat(report.get("details").get("notes").toString())
                .contains("Only 4 test samples: the accuracy says little.");
    }

    @Test
    void encryptedRolesFindTheSameChoiceAgain() throws IOException {
        Path csv = csv(rows(KINDS));
        Path out = folder.resolve("encrypted");
        TrainedRun.succeed("--csv", csv, "--test-fraction", 0.4, "--label-column", 1, "--iterations", 1, "--out", out);
        JsonNode report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
        assertThat(report.get("mode").asText()).isEqualTo("encrypted");
        assertThat(report.get("samples").asInt()).isEqualTo(90);
        assertThat(report.get("details").get("testClassCounts").toString()).isEqualTo("[20,20,20]");
        for (String name : KINDS) {
            assertThat(Files.readString(out.resolve("exchange/job.json"))).doesNotContain(name);
        }
    }
}
