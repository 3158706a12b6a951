package io.github.hecnn.mlr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.mlr.roles.ClassConstants;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The borders between packages: they depend up the list only, nothing depends on transfer, and files do not run in circles. */
class LayeringTest {
    private static final String MODULE = "io/github/hecnn/mlr";

    /** The trainer plays the roles in one process: it is above them, what they share with it, in the same package, below. */
    private static final Set<String> TRAINER = Set.of("/MlrTrainer", "/EncryptedEngine");

    /** Packages of the module; the empty one is the module's own, without the trainer. */
    private static final List<String> ORDER = List.of(
            "data",
            "data.synthetic",
            "exchange",
            "data.image",
            "dataset",
            "approx",
            "features",
            "samples",
            "model",
            "recipe",
            "recipe.plain",
            "plan",
            "rehearsal",
            "recipe.packed",
            "recipe.volley",
            "recipe.row",
            "serving",
            "",
            "roles",
            "roles.row",
            "report",
            "report.row",
            "trainer",
            "transfer.text",
            "transfer.network",
            "transfer.network.train",
            "transfer",
            "transfer.report");

    /** Files that use each other in a circle, by package. */
    private static final Map<String, List<Set<String>>> CIRCLES = Map.of(
            "model", List.of(Set.of("MlrModel", "ModelFile")),
            "transfer.network",
                    List.of(
                            // a sealed interface and what it permits
                            Set.of("AveragePooling", "Conv1d", "Dense", "Layer", "PolynomialActivation"),
                            Set.of("DenseStage", "EncryptedNetwork")),
            "transfer.network.train", List.of(Set.of("Fitting", "TrainableNetwork")));

    /** Files, such as {@code recipe.plain/PlainTrainer}, and those of the module that each names. */
    private static final Map<String, Set<String>> USES = new TreeMap<>();

    @BeforeAll
    static void readsClasses() throws IOException, URISyntaxException {
        Path root = Path.of(MlrTrainer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(root.resolve(MODULE))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name =
                        root.relativize(file).toString().replace('\\', '/').replaceAll("\\.class$", "");
                Set<String> used = USES.computeIfAbsent(file(name), f -> new TreeSet<>());
                for (String other : ClassConstants.projectClasses(ClassConstants.constants(name))) {
                    if (other.startsWith(MODULE + "/")) {
                        used.add(file(other));
                    }
                }
            }
        }
        assertThat(USES).hasSizeGreaterThan(100).containsKey("/MlrTrainer").containsKey("recipe.plain/PlainTrainer");
    }

    /** The file that a class comes from: its package below the module's own, and its outermost class. */
    private static String file(String className) {
        String inner = className.substring(MODULE.length());
        int slash = inner.lastIndexOf('/');
        return inner.substring(0, slash).replaceFirst("^/", "").replace('/', '.')
                + inner.substring(slash).replaceAll("\\$.*", "");
    }

    private static String packageOf(String file) {
        return TRAINER.contains(file) ? "trainer" : file.substring(0, file.indexOf('/'));
    }

    @Test
    void packagesDependUpTheListOnly() {
        USES.forEach((file, used) -> used.forEach(other -> {
            assertThat(ORDER).contains(packageOf(file), packageOf(other));
            assertThat(ORDER.indexOf(packageOf(other)))
                    .as(file + " -> " + other)
                    .isLessThanOrEqualTo(ORDER.indexOf(packageOf(file)));
        }));
    }

    @Test
    void nothingOutsideOfTransferNamesIt() {
        assertThat(USES.keySet()).anyMatch(file -> file.startsWith("transfer/"));
        USES.forEach((file, used) -> {
            if (!file.startsWith("transfer")) {
                assertThat(used).as(file).noneMatch(other -> other.startsWith("transfer"));
            }
        });
    }

    @Test
    void filesOfAPackageDoNotRunInCircles() {
        Map<String, Set<String>> reached = new TreeMap<>();
        USES.keySet().forEach(file -> reached.put(file, reachedInPackage(file)));
        for (String file : USES.keySet()) {
            Set<String> circle = reached.get(file).stream()
                    .filter(other -> !other.equals(file) && reached.get(other).contains(file))
                    .map(other -> other.substring(other.indexOf('/') + 1))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!circle.isEmpty()) {
                circle.add(file.substring(file.indexOf('/') + 1));
                assertThat(CIRCLES.getOrDefault(packageOf(file), List.of()))
                        .as("circle in " + packageOf(file) + ": " + circle)
                        .anyMatch(known -> known.containsAll(circle));
            }
        }
    }

    private static Set<String> reachedInPackage(String start) {
        Set<String> seen = new TreeSet<>();
        List<String> open = new ArrayList<>(List.of(start));
        while (!open.isEmpty()) {
            for (String other : USES.getOrDefault(open.remove(open.size() - 1), Set.of())) {
                if (packageOf(other).equals(packageOf(start)) && seen.add(other)) {
                    open.add(other);
                }
            }
        }
        return seen;
    }

    @Test
    void theDescriptorExportsEveryPackage() throws IOException {
        String descriptor = Files.readString(Path.of("src", "main", "java", "module-info.java"));
        for (String p : ORDER.stream().filter(p -> !p.equals("trainer")).toList()) {
            assertThat(descriptor).contains("exports io.github.hecnn.mlr" + (p.isEmpty() ? "" : ".") + p + ";");
        }
    }
}
