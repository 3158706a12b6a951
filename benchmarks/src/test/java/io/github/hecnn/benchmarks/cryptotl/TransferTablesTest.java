package io.github.hecnn.benchmarks.cryptotl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.transfer.network.train.BinaryMetrics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferTablesTest {
    private final List<Measurement> measurements = new ArrayList<>();

    private void add(long seed, String target, String way, int right) {
        measurements.add(new Measurement(seed, "sms", target, way, new BinaryMetrics(right, 0, 0, 100 - right)));
    }

    private static Ways ways(int encryptedTests, Double... epsilons) {
        return new Ways(List.of(10, 100), false, encryptedTests, false, List.of(100, 300), List.of(epsilons), 1e-5);
    }

    /** Lines of a section, from the head of its table on. */
    private List<String> section(Ways ways, String title) {
        List<String> all = new TransferTables(measurements, ways).document();
        int from = all.indexOf("## " + title) + 2;
        assertThat(from).isGreaterThan(1);
        int to = from;
        while (to < all.size() && !all.get(to).startsWith("## ")) {
            to++;
        }
        return all.subList(from, to);
    }

    @Test
    void meansGainsAndVerdicts() {
        int[][] transfer = {{82, 84}, {70, 72}, {60, 90}};
        int[][] raw = {{72, 72}, {80, 84}, {70, 70}};
        String[] targets = {"youtube", "imdb", "yelp"};
        for (int t = 0; t < targets.length; t++) {
            for (int seed = 0; seed < 2; seed++) {
                add(seed, targets[t], "transfer 100", transfer[t][seed]);
                add(seed, targets[t], "raw 100", raw[t][seed]);
            }
        }
        List<String> lines = section(ways(0), "Gain with 100 examples");
        assertThat(lines.get(2))
                .startsWith("| sms | youtube | 83.0 / ")
                .endsWith(" | +11.0 +- 1.0 | +10.0 to +12.0 | yes |");
        assertThat(lines.get(3))
                .startsWith("| sms | imdb | 71.0 / ")
                .endsWith(" | -11.0 +- 1.0 | -12.0 to -10.0 | no |");
        assertThat(lines.get(4))
                .startsWith("| sms | yelp | 75.0 / ")
                .endsWith(" | +5.0 +- 15.0 | -10.0 to +20.0 | not shown |");
    }

    @Test
    void whatEncryptionCosts() {
        for (String target : List.of("youtube", "imdb")) {
            add(1, target, "transfer 100", 80);
            add(1, target, "raw 100", 80);
            add(1, target, "clear", 80);
        }
        add(1, "youtube", "encrypted", 79);
        add(1, "imdb", "encrypted", 80);
        List<String> lines = section(ways(300), "Encrypted and in the clear");
        assertThat(lines.get(2)).endsWith(" -1.00 |");
        assertThat(lines.get(4)).isEqualTo("| all | | | | -0.500, from -1.00 to +0.00 |");
    }

    @Test
    void oneWayWithoutTheOtherIsNotCompared() {
        add(1, "imdb", "transfer 100", 80);
        assertThatThrownBy(() -> section(ways(0), "Gain with 100 examples"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sms to imdb: expected as many measurements of transfer 100");
    }

    @Test
    void privacyByColumnsOfTasksThatHaveEnoughTexts() {
        for (String target : List.of("youtube", "imdb")) {
            add(1, target, "transfer 100", 80);
            add(1, target, "raw 100", 80);
            add(1, target, "no noise 100", 80);
            add(1, target, "eps 1.0 100", 50);
        }
        add(1, "youtube", "no noise 300", 81);
        add(1, "youtube", "eps 1.0 300", 60);
        assertThat(section(ways(0, 1.0), "Differential privacy, 100 examples"))
                .contains("| sms | imdb | 80.0 | 50.0 |", "| from sentiment to spam or back (1) | 80.0 | 50.0 |");
        List<String> lines = section(ways(0, 1.0), "Differential privacy, 300 examples");
        assertThat(lines.get(0)).isEqualTo("| pairs | no noise 300 | eps 1.0 300 |");
        assertThat(lines)
                .contains("| sms | youtube | 81.0 | 60.0 |", "| mean |  | 81.0 | 60.0 |")
                .noneMatch(l -> l.contains("imdb"));
        assertThat(ways(0, 1.0).privateSamples(650)).containsExactly(100);
        assertThat(ways(0).privateSamples(6500)).isEmpty();
    }

    @Test
    void accuraciesByNumberOfExamples() {
        add(1, "imdb", "own", 66);
        add(1, "imdb", "transfer 10", 61);
        add(1, "imdb", "raw 10", 58);
        add(1, "imdb", "transfer 100", 71);
        add(1, "imdb", "raw 100", 70);
        List<String> lines = section(ways(0), "By number of examples");
        assertThat(lines.get(0)).isEqualTo("| source | target | own | transfer 10 | raw 10 | transfer 100 | raw 100 |");
        assertThat(lines.get(2)).isEqualTo("| sms | imdb | 66.0 | 61.0 | 58.0 | 71.0 | 70.0 |");
        assertThat(section(ways(0), "By kind of pair").get(2))
                .isEqualTo("| from sentiment to spam or back (1) | 66.0 | 61.0 | 58.0 | 71.0 | 70.0 |");
    }

    @Test
    void aMeasurementIsALine() {
        add(3, "imdb", "raw 10", 70);
        assertThat(measurements.get(0).line()).isEqualTo("3,sms,imdb,raw 10,70,0,0,30");
    }
}
