package io.github.hecnn.benchmarks.cryptotl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.mlr.transfer.network.train.BinaryMetrics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferTablesTest {
    private final List<Measurement> measurements = new ArrayList<>();

    private void add(long seed, String target, String way, int right) {
        measurements.add(new Measurement(seed, "sms", target, way, new BinaryMetrics(right, 0, 0, 100 - right)));
    }

    @Test
    void meansGainsAndVerdicts() {
        int[][] transfer = {{82, 84}, {70, 72}, {60, 90}};
        int[][] raw = {{72, 72}, {80, 84}, {70, 70}};
        String[] targets = {"youtube", "imdb", "yelp"};
        for (int t = 0; t < targets.length; t++) {
            for (int seed = 0; seed < 2; seed++) {
                add(seed, targets[t], "transfer", transfer[t][seed]);
                add(seed, targets[t], "raw", raw[t][seed]);
            }
        }
        List<String> lines = new TransferTables(measurements).transfer(false);
        assertThat(lines).hasSize(5);
        assertThat(lines.get(2)).startsWith("| sms | youtube | 83.0 / ").endsWith(" | +11.0 +- 1.0 | yes |");
        assertThat(lines.get(3)).startsWith("| sms | imdb | 71.0 / ").endsWith(" | -11.0 +- 1.0 | no |");
        assertThat(lines.get(4)).startsWith("| sms | yelp | 75.0 / ").endsWith(" | +5.0 +- 15.0 | not shown |");
    }

    @Test
    void whatEncryptionCosts() {
        add(1, "youtube", "clear", 80);
        add(1, "youtube", "encrypted", 79);
        add(1, "imdb", "clear", 60);
        add(1, "imdb", "encrypted", 60);
        List<String> lines = new TransferTables(measurements).encrypted();
        assertThat(lines.get(2)).endsWith(" -1.00 |");
        assertThat(lines.get(4)).isEqualTo("| all | | | | -0.500 |");
    }

    @Test
    void privacyByColumns() {
        add(1, "youtube", "no noise", 80);
        add(2, "youtube", "no noise", 81);
        add(1, "youtube", "eps 1.0", 50);
        add(2, "youtube", "eps 1.0", 52);
        List<String> lines = new TransferTables(measurements).privacy(List.of("no noise", "eps 1.0"));
        assertThat(lines.get(2)).isEqualTo("| sms | youtube | 80.5 | 51.0 |");
        assertThat(lines.get(3)).isEqualTo("| mean | | 80.5 | 51.0 |");
    }

    @Test
    void accuraciesByNumberOfExamples() {
        add(1, "imdb", "own", 66);
        add(1, "imdb", "transfer 10", 61);
        add(1, "imdb", "raw 10", 58);
        add(1, "imdb", "transfer", 71);
        add(1, "imdb", "raw", 70);
        List<String> lines = new TransferTables(measurements).bySamples(List.of(10, 100));
        assertThat(lines.get(0))
                .isEqualTo("| source | target | source's own head | transfer 10 | raw 10 | transfer 100 | raw 100 |");
        assertThat(lines.get(2)).isEqualTo("| sms | imdb | 66.0 | 61.0 | 58.0 | 71.0 | 70.0 |");
        assertThat(lines.get(3)).startsWith("| mean | | 66.0 |");
    }

    @Test
    void aMeasurementIsALine() {
        add(3, "imdb", "raw", 70);
        assertThat(measurements.get(0).line()).isEqualTo("3,sms,imdb,raw,70,0,0,30");
    }
}
