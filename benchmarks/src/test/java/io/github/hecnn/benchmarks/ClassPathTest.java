package io.github.hecnn.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Measurements of one machine have nothing of Spark; ClassPathTest of hecnn-examples has the other modules. */
class ClassPathTest {
    @Test
    void theDependencyTreeHasNothingOfSpark() throws IOException {
        Path tree = Path.of("target", "dependency-tree.txt");
        assertThat(tree).as("written by Maven in this build").exists();
        List<String> lines = Files.readAllLines(tree);
        assertThat(lines.get(0)).startsWith("io.github.hecnn:hecnn-benchmarks:");
        assertThat(lines)
                .anyMatch(line -> line.contains("hecnn-mlr:"))
                .noneMatch(line -> line.contains("org.apache.spark:")
                        || line.contains("org.apache.hadoop:")
                        || line.contains("org.scala-lang:")
                        || line.contains("hecnn-spark:"));
    }
}
