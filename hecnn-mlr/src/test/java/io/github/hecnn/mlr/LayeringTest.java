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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The borders between packages: arrows go one way, nothing depends on transfer, and no package grows too large for one look. */
class LayeringTest {
    private static final String MODULE = "io/github/hecnn/mlr";
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern IMPORT =
            Pattern.compile("import (?:static )?(io\\.github\\.hecnn\\.mlr(?:\\.\\w+)*?)\\.([A-Z]\\w*)[.;]");
    private static final int MOST_PUBLIC_TYPES = 12;

    /** Each with packages that it must not reach; the empty name is the module's own package, where the trainer is. */
    private static final Map<String, List<String>> BELOW = Map.of(
            "data", List.of("exchange", "features", "model", "recipe", "training", "roles", ""),
            "data.image", List.of("exchange", "features", "model", "recipe", "training", "roles", ""),
            "exchange", List.of("features", "model", "recipe", "training", "roles", ""),
            "recipe", List.of("plan", "recipe.packed", "recipe.volley", "recipe.row", "training", "roles", ""),
            "plan", List.of("recipe.packed", "recipe.volley", "recipe.row", "training", "roles", ""),
            "training", List.of("roles", ""),
            "roles", List.of(""));

    /** Packages for this module alone. */
    private static final Set<String> HIDDEN = Set.of("roles.secret");

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
                // What only documentation names is not in the class.
                Matcher imports = IMPORT.matcher(Files.readString(source(file(name))));
                while (imports.find()) {
                    used.add(file(imports.group(1).replace('.', '/') + "/" + imports.group(2)));
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
        return file.substring(0, file.indexOf('/'));
    }

    /** Packages that each one names itself. */
    private static Map<String, Set<String>> arrows() {
        Map<String, Set<String>> arrows = new TreeMap<>();
        USES.forEach((file, used) -> used.forEach(other -> {
            if (!packageOf(other).equals(packageOf(file))) {
                arrows.computeIfAbsent(packageOf(file), p -> new TreeSet<>()).add(packageOf(other));
            }
        }));
        return arrows;
    }

    @Test
    void packagesDoNotRunInCircles() {
        Map<String, Set<String>> arrows = arrows();
        assertThat(arrows).hasSizeGreaterThan(15);
        arrows.keySet()
                .forEach(p -> assertThat(reached(p, arrows))
                        .as("a way from package '" + p + "' back to it; arrows: " + arrows)
                        .doesNotContain(p));
    }

    @Test
    void lowPackagesDoNotReachHighOnes() {
        Map<String, Set<String>> arrows = arrows();
        BELOW.forEach((low, high) -> assertThat(reached(low, arrows)).as(low).doesNotContainAnyElementsOf(high));
        assertThat(reached("", arrows)).contains("roles", "training", "recipe", "plan");
    }

    @Test
    void aCircleOfPackagesWouldBeFound() {
        Map<String, Set<String>> arrows = Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("b"));
        assertThat(reached("b", arrows)).contains("b");
        assertThat(reached("a", arrows)).doesNotContain("a");
    }

    @Test
    void noPackageHasTooManyPublicTypes() throws IOException {
        Map<String, Set<String>> types = new TreeMap<>();
        for (String file : USES.keySet()) {
            String name = file.substring(file.indexOf('/') + 1);
            if (Files.readString(source(file))
                    .matches("(?s).*\\npublic [a-z- ]*(class|interface|record|enum|@interface) " + name + "\\b.*")) {
                types.computeIfAbsent(packageOf(file), p -> new TreeSet<>()).add(name);
            }
        }
        assertThat(types).hasSizeGreaterThan(15);
        types.forEach((p, names) -> assertThat(names).as(p).hasSizeLessThanOrEqualTo(MOST_PUBLIC_TYPES));
    }

    private static Path source(String file) {
        return SOURCES.resolve(MODULE)
                .resolve(packageOf(file).replace('.', '/'))
                .resolve(file.substring(file.indexOf('/') + 1) + ".java");
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

    /** All that can be come to along arrows; the start only if a way leads back to it. */
    private static Set<String> reached(String start, Map<String, Set<String>> arrows) {
        Set<String> seen = new TreeSet<>();
        List<String> open = new ArrayList<>(List.of(start));
        while (!open.isEmpty()) {
            for (String other : arrows.getOrDefault(open.remove(open.size() - 1), Set.of())) {
                if (seen.add(other)) {
                    open.add(other);
                }
            }
        }
        return seen;
    }

    @Test
    void theDescriptorExportsEveryPackageThatIsNotHidden() throws IOException {
        String descriptor = Files.readString(SOURCES.resolve("module-info.java"));
        for (String p : USES.keySet().stream().map(LayeringTest::packageOf).collect(Collectors.toSet())) {
            String exported = "exports io.github.hecnn.mlr" + (p.isEmpty() ? "" : ".") + p + ";";
            if (HIDDEN.contains(p)) {
                assertThat(descriptor).doesNotContain(exported);
            } else {
                assertThat(descriptor).contains(exported);
            }
        }
    }
}
