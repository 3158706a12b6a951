package io.github.hecnn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents are a set: each subject has its page, and the page on architecture has each package. */
class DocsSetTest {
    private static final List<String> PAGES = List.of(
            "guide",
            "architecture",
            "arithmetic",
            "kernels",
            "benchmarks",
            "glossary",
            "faq",
            "bootstrapping",
            "long-training",
            "cluster",
            "security",
            "same-data",
            "format",
            "functions",
            "noise",
            "program",
            "building",
            "contributing",
            "changelog");
    private static final Pattern ROW = Pattern.compile("\\| `([\\w.]+)` \\| .* \\| `(\\w+)` \\|");
    private static final Pattern EXPORT = Pattern.compile("exports io\\.github\\.hecnn\\.([\\w.]+)");
    private static final List<String> LIBRARIES = List.of("hecnn-core", "hecnn-ckks", "hecnn-mlr");

    @Test
    void everySubjectHasItsPage() throws IOException {
        for (String page : PAGES) {
            Path file = Docs.FOLDER.resolve(page + ".md");
            assertThat(file).isRegularFile();
            assertThat(Markdown.blocks(file).get(0).lines().get(0)).as(page).startsWith("# ");
            assertThat(Markdown.blocks(file)).as(page).hasSizeGreaterThan(3);
        }
        try (Stream<Path> decisions = Files.list(Docs.FOLDER.resolve("decisions"))) {
            assertThat(decisions).hasSizeGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void everyExportedPackageIsInTheArchitectureWithATypeToStartAt() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Docs.FOLDER.resolve("architecture.md"))) {
            Matcher m = ROW.matcher(line);
            if (m.matches()) {
                assertThat(rows.put(m.group(1), m.group(2)))
                        .as(m.group(1) + " twice")
                        .isNull();
            }
        }
        for (String library : LIBRARIES) {
            String descriptor = Files.readString(Docs.ROOT.resolve(library).resolve("src/main/java/module-info.java"));
            List<String> exported =
                    EXPORT.matcher(descriptor).results().map(m -> m.group(1)).toList();
            assertThat(exported).isNotEmpty();
            assertThat(rows.keySet()).as("packages in docs/architecture.md").containsAll(exported);
        }
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, String> row : rows.entrySet()) {
            String file =
                    "src/main/java/io/github/hecnn/" + row.getKey().replace('.', '/') + "/" + row.getValue() + ".java";
            if (Docs.modules().stream().noneMatch(m -> Files.isRegularFile(m.resolve(file)))) {
                missing.add(row.getKey() + " -> " + row.getValue());
            }
        }
        assertThat(missing)
                .as("types to start at that are not in their package")
                .isEmpty();
    }
}
