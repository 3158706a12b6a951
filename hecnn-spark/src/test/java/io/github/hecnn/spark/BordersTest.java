package io.github.hecnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

/** What this module may know, and who may know this module. */
class BordersTest {
    private static final List<String> OTHERS =
            List.of("hecnn-core", "hecnn-ckks", "hecnn-mlr", "hecnn-cli", "hecnn-examples", "benchmarks");

    @Test
    void noOtherModuleKnowsSpark() throws IOException {
        for (String module : OTHERS) {
            Path root = Path.of("..", module);
            assertThat(Files.readString(root.resolve("pom.xml")))
                    .as("%s", module)
                    .doesNotContain("org.apache.spark")
                    .doesNotContain("hecnn-spark");
            try (Stream<Path> files = Files.walk(root.resolve("src"))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    if (!file.endsWith("ClassPathTest.java")) { // which looks for it
                        assertThat(Files.readString(file)).as("%s", file).doesNotContain("org.apache.spark");
                    }
                }
            }
        }
    }

    @Test
    void sparkIsProvidedByTheCluster() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        int spark = pom.indexOf("<artifactId>spark-core_2.13</artifactId>");
        String dependency = pom.substring(spark, pom.indexOf("</dependency>", spark));
        assertThat(dependency).contains("<scope>provided</scope>");
    }

    /** ClassPathTest of hecnn-examples looks for the same lines in the trees of all others, and finds none. */
    @Test
    void theDependencyTreeOfThisModuleHasSparkAndPassesNothingOfItOn() throws IOException {
        Path tree = Path.of("target", "dependency-tree.txt");
        assertThat(tree).as("written by Maven in this build").exists();
        List<String> lines = Files.readAllLines(tree);
        assertThat(lines).anyMatch(line -> line.contains("org.apache.spark:spark-core_2.13:jar:"));
        assertThat(lines.stream()
                        .filter(line -> line.contains("org.apache.spark:")
                                || line.contains("org.apache.hadoop:")
                                || line.contains("org.scala-lang:"))
                        .toList())
                .hasSizeGreaterThan(5)
                .allMatch(line -> line.endsWith(":provided"));
    }

    /** The rule looks at everything that a module brings along, in every build; this module alone is exempt. */
    @Test
    void aBuildThatHasSparkOnAnotherClassPathFails() throws IOException {
        String parent = Files.readString(Path.of("..", "pom.xml"));
        int rule = parent.indexOf("<id>no-spark</id>");
        assertThat(parent.substring(rule, parent.indexOf("</execution>", rule)))
                .contains("<bannedDependencies>", "<exclude>org.apache.spark</exclude>", "hecnn-spark</exclude>");
        for (String module : OTHERS) {
            assertThat(Files.readString(Path.of("..", module, "pom.xml")))
                    .as("%s", module)
                    .doesNotContain("no-spark")
                    .doesNotContain("enforcer");
        }
        assertThat(parent).doesNotContain("enforcer.skip");
    }

    @Test
    void testsRunWithTheFlagsThatSparkGivesItsOwnProcesses() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String flags = pom.substring(pom.indexOf("<spark.jvm>") + "<spark.jvm>".length(), pom.indexOf("</spark.jvm>"));
        assertThat(flags.trim().split("\\s+", -1))
                .containsExactlyInAnyOrderElementsOf(Stream.of(JavaModuleOptions.defaultModuleOptionArray())
                        .filter(f ->
                                (f.startsWith("--") && !f.contains("incubator")) || f.contains("IgnoreUnrecognized"))
                        .toList());
    }

    /** Constants of a class name every type that its code does. */
    @Test
    void noClassOfTheLibraryNamesASecretKeyOrAnOwner() throws IOException, URISyntaxException {
        Path root = Path.of(SparkTrainer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> classes = new ArrayList<>();
        try (Stream<Path> files = Files.list(root.resolve("io/github/hecnn/spark"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String constants = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(constants.contains("SecretKey")
                                || constants.contains("Decryptor")
                                || constants.contains("LongOwner"))
                        .as("%s", file)
                        .isFalse();
                classes.add(file.getFileName().toString());
            }
        }
        assertThat(classes).contains("SparkTrainer.class", "ExecutorJob.class", "SparkDesign.class");
    }
}
