package io.github.hecnn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.hecnn.spark.ClusterEstimate.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The model of an iteration: by hand, against runs that were measured, and in docs/cluster.md. */
class ClusterEstimateTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern START = Pattern.compile("<!-- cluster (\\w+) -->");
    private static final String END = "<!-- end of cluster -->";

    private static final IterationCost COST = new IterationCost(1000, 2, 0.5, 3, 400_000_000, 6_000_000, 60_000_000);
    private static final ClusterShape SHAPE = new ClusterShape(4, 1, 1, 1, 1e9, 2, 0, 0.001, 0.25, 6e8);

    private static ClusterTables tables() throws IOException {
        Path file = DOCS.resolve("measurements").resolve("cluster-scaling.json");
        JsonNode measured = JsonMapper.builder().build().readTree(file.toFile());
        return new ClusterTables(measured);
    }

    @Test
    void partsAreThoseOfAComputationByHand() {
        ClusterEstimate e = ClusterEstimate.of(COST, SHAPE, 10_000);
        assertThat(e.driver()).isEqualTo(3);
        assertThat(e.broadcast()).isCloseTo(0.006 * 3, within(1e-12));
        assertThat(e.gradients()).as("3 blocks of 2 s, and the weights").isEqualTo(6.5);
        assertThat(e.adding()).as("4 to one task, and to the driver").isCloseTo(5 * (0.06 + 0.1), within(1e-12));
        assertThat(e.scheduling()).isCloseTo(0.255, within(1e-12));
        assertThat(e.seconds()).isCloseTo(3 + 0.018 + 6.5 + 0.8 + 0.255, within(1e-12));
        assertThat(e.largest()).isEqualTo("gradients");
        assertThat(ClusterEstimate.of(COST, SHAPE.withBytesPerSecond(1e8), 10_000)
                        .gradients())
                .as("4 s to fetch a block")
                .isEqualTo(12.5);
        assertThat(ClusterEstimate.of(COST, SHAPE.withCores(0.5), 10_000).gradients())
                .as("half a core")
                .isEqualTo(13);
        assertThat(ClusterEstimate.of(COST, SHAPE.withStraggling(0.1), 10_000).gradients())
                .isCloseTo(0.5 + 6 * (1 + 0.1 * Math.sqrt(2 * Math.log(4))), within(1e-12));
    }

    @Test
    void theTreeIsThatOfSpark() {
        assertThat(ClusterEstimate.tree(1, 2)).isEmpty();
        assertThat(ClusterEstimate.tree(7, 2)).containsExactly(new Level(2, 4), new Level(1, 2));
        assertThat(ClusterEstimate.tree(7, 1)).containsExactly(new Level(1, 7));
        assertThat(ClusterEstimate.tree(1000, 2)).containsExactly(new Level(31, 33), new Level(1, 31));
        assertThat(ClusterEstimate.tree(1000, 3))
                .containsExactly(new Level(100, 10), new Level(10, 10), new Level(1, 10));
    }

    @Test
    void moreExecutorsThanBlocksDoNotHelp() {
        assertThat(ClusterEstimate.of(COST, SHAPE.withExecutors(50), 3000))
                .isEqualTo(ClusterEstimate.of(COST, SHAPE.withExecutors(3), 3000));
        assertThat(ClusterEstimate.worthwhileExecutors(COST, SHAPE, 1000)).isEqualTo(1);
        assertThat(ClusterEstimate.worthwhileExecutors(COST, SHAPE, 1_000_000)).isBetween(8, 512);
        assertThatThrownBy(() -> ClusterEstimate.of(COST, SHAPE, 0)).hasMessageContaining("at least 1 row, found 0");
        assertThatThrownBy(() -> SHAPE.withExecutors(0)).hasMessageContaining("found 0 executors");
    }

    @Test
    void constantsOfTheModelAreThoseThatWereMeasured() throws IOException {
        Path file = DOCS.resolve("measurements").resolve("cluster-scaling.json");
        JsonNode constants =
                JsonMapper.builder().build().readTree(file.toFile()).required("constants");
        ClusterShape shape = ClusterShape.of(1, 1);
        assertThat(shape.taskSeconds() / constants.required("taskSeconds").asDouble())
                .isBetween(0.9, 1.1);
        assertThat(shape.bytesAddedPerSecond()
                        / constants.required("bytesAddedPerSecond").asDouble())
                .isBetween(0.9, 1.1);
        assertThat(shape.gradientSeconds()
                        / constants.required("gradientSeconds").asDouble())
                .isBetween(0.9, 1.1);
    }

    /** Constants are those of one executor on the two smaller data sets; the other runs are predicted. */
    @Test
    void theModelTellsWhatWasMeasured() throws IOException {
        List<ClusterTables.Check> checks = tables().checks();
        assertThat(checks).hasSize(9);
        for (ClusterTables.Check c : checks) {
            assertThat(c.model() / c.measured()).as("%s", c).isBetween(0.7, 1.3);
        }
    }

    /** At once, 4 and 16 times the rows. */
    @Test
    void executorsDoPerRowWhatOneProcessDoesAndNeitherDriverNorMemoryGrowsWithRows() throws IOException {
        Path file = DOCS.resolve("measurements").resolve("cluster-scaling.json");
        JsonNode rows = JsonMapper.builder().build().readTree(file.toFile()).required("rows");
        TreeSet<Integer> executorsSeen = new TreeSet<>();
        TreeSet<Integer> heaps = new TreeSet<>();
        TreeMap<Long, Double> driver = new TreeMap<>(); // the run of each size whose driver was warm
        for (JsonNode row : rows) {
            int executors = row.required(1).asInt();
            executorsSeen.add(executors);
            driver.merge(row.required(0).asLong(), row.required(3).asDouble(), Math::min);
            if (executors == 0) {
                continue;
            }
            assertThat(row.required(5).asDouble())
                    .as("work, of as many processes without Spark: %s", row)
                    .isBetween(0.9, 1.1);
            assertThat(row.required(7).asDouble())
                    .as("key switches, of one process: %s", row)
                    .isBetween(1.0, 1.05);
            heaps.add(row.required(11).asInt());
            assertThat(row.required(9).asDouble())
                    .as("keys after the first iteration: %s", row)
                    .isZero();
        }
        long least = driver.firstKey();
        assertThat(rows).hasSize(3 * 4 + 1); // one of them twice
        assertThat(executorsSeen).containsExactly(0, 1, 2, 4);
        assertThat(driver.keySet()).containsExactly(least, 4 * least, 16 * least);
        assertThat(driver.values())
                .as("driver at 1, 4 and 16 times the rows")
                .allSatisfy(s -> assertThat(s).isLessThan(1.5 * driver.get(least)));
        assertThat(heaps).as("heap that suffices").hasSize(1);
    }

    /** Written with {@code -Dhecnn.docs=write}. */
    @Test
    void tablesOfTheDocumentAreThoseOfTheModel() throws IOException {
        ClusterTables tables = tables();
        Map<String, List<String>> all = Map.of(
                "sizes", tables.sizes(),
                "iterations", tables.iterations(),
                "limits", tables.limits(),
                "checked", tables.checked());
        Path document = DOCS.resolve("cluster.md");
        List<String> lines = Files.readAllLines(document);
        List<String> out = new ArrayList<>();
        TreeSet<String> found = new TreeSet<>();
        for (int i = 0; i < lines.size(); i++) {
            out.add(lines.get(i));
            Matcher start = START.matcher(lines.get(i));
            if (start.matches()) {
                found.add(start.group(1));
                out.add("");
                out.addAll(all.get(start.group(1)));
                out.add("");
                while (!lines.get(i + 1).equals(END)) {
                    i++;
                }
            }
        }
        assertThat(found).isEqualTo(new TreeSet<>(all.keySet()));
        if (System.getProperty("hecnn.docs", "").equals("write")) {
            Files.write(document, out);
        }
        assertThat(Files.readAllLines(document)).isEqualTo(out);
    }
}
