package io.github.hecnn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tables of measurements come from the JSON in docs/measurements: no number is typed twice. */
class DocsTablesTest {
    private static final Path MEASUREMENTS = Docs.FOLDER.resolve("measurements");
    private static final Pattern START = Pattern.compile("<!-- table of ([\\w-]+) -->");
    private static final String END = "<!-- end of table -->";

    @Test
    void tablesAreThoseOfTheMeasurements() throws IOException {
        List<String> used = new ArrayList<>();
        for (Path file : Docs.all()) {
            List<String> lines = Files.readAllLines(file);
            List<String> out = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                out.add(lines.get(i));
                Matcher m = START.matcher(lines.get(i));
                if (m.matches()) {
                    used.add(m.group(1));
                    out.add("");
                    out.addAll(MeasurementTable.of(MEASUREMENTS.resolve(m.group(1) + ".json")));
                    out.add("");
                    while (!lines.get(i + 1).equals(END)) {
                        i++;
                    }
                }
            }
            if (Docs.WRITE) {
                Files.writeString(file, String.join("\n", out) + "\n");
            }
            assertThat(Files.readAllLines(file))
                    .as("%s; write it with %s", Docs.name(file), Docs.HOW_TO_WRITE)
                    .isEqualTo(out);
        }
        assertThat(used).hasSizeGreaterThan(5).doesNotHaveDuplicates();
        try (Stream<Path> files = Files.list(MEASUREMENTS)) {
            assertThat(files.map(f -> f.getFileName().toString().replace(".json", "")))
                    .as("measurements that some document shows")
                    .containsExactlyInAnyOrderElementsOf(used);
        }
    }

    @Test
    void whatJmhWritesIsATable() throws IOException {
        String json = """
                [{"benchmark": "io.github.hecnn.benchmarks.NttBenchmark.forward", "params": {"logN": "14"}, "vmName": "VM",
                  "vmVersion": "25", "jvmArgs": ["-Xmx6g"],
                  "primaryMetric": {"scoreUnit": "us/op", "rawData": [[46.0, 48.5], [50.0, 47.0]]}}]
                """;
        assertThat(MeasurementTable.of(json))
                .containsExactly(
                        "| benchmark | parameters | least | median | unit |",
                        "|---|---|---|---|---|",
                        "| NttBenchmark.forward | logN 14 | 46.0 | 47.8 | us/op |",
                        "",
                        "JMH. VM 25. -Xmx6g.");
    }
}
