package io.github.hecnn.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who does not train on a cluster has nothing of Spark. */
class ClassPathTest {
    private static final List<String> OF_SPARK =
            List.of("org.apache.spark:", "org.apache.hadoop:", "org.scala-lang:", "io.github.hecnn:hecnn-spark:");

    /** What {@code dependency:tree} has written in this build: all scopes, tests and provided ones as well. */
    private static List<String> tree(String module) throws IOException {
        Path folder = Path.of("..", module);
        Path tree = folder.resolve("target").resolve("dependency-tree.txt");
        assertThat(tree).as("written by Maven: build with -am").exists();
        assertThat(Files.getLastModifiedTime(tree))
                .as("%s is of an older pom.xml: build with -am", tree)
                .isGreaterThan(Files.getLastModifiedTime(folder.resolve("pom.xml")));
        return Files.readAllLines(tree);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hecnn-core", "hecnn-ckks", "hecnn-mlr", "hecnn-cli", "hecnn-examples"})
    void theDependencyTreeOfAModuleHasNothingOfSpark(String module) throws IOException {
        List<String> lines = tree(module);
        assertThat(lines.get(0)).startsWith("io.github.hecnn:" + module + ":");
        assertThat(lines).as("tests, at least").anyMatch(line -> line.contains("org.junit.jupiter:"));
        assertThat(lines).noneMatch(line -> OF_SPARK.stream().anyMatch(line::contains));
    }

    @Test
    void whatEverythingElseTogetherRunsOnHasNothingOfSpark() throws IOException {
        assertThat(tree("hecnn-examples"))
                .as("everything else together")
                .anyMatch(line -> line.contains("hecnn-cli:"))
                .anyMatch(line -> line.contains("hecnn-mlr:"))
                .anyMatch(line -> line.contains("hecnn-ckks:"))
                .anyMatch(line -> line.contains("hecnn-core:"));
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        assertThat(path.split(File.pathSeparator, -1))
                .hasSizeGreaterThan(4)
                .noneMatch(entry -> Path.of(entry)
                        .getFileName()
                        .toString()
                        .toLowerCase(Locale.ROOT)
                        .matches("(spark|hadoop|scala|hecnn-spark)-.*"));
        for (String name : List.of("org.apache.spark.SparkContext", "io.github.hecnn.spark.SparkTrainer")) {
            assertThatThrownBy(() -> Class.forName(name)).as("%s", name).isInstanceOf(ClassNotFoundException.class);
        }
    }
}
