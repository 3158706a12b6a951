package io.github.hecnn.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The borders between the packages of kernels, read from their sources. */
class WingsTest {
    private static final String ROOT = "io.github.hecnn.core.internal.kernel";
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?(" + Pattern.quote(ROOT) + "[.a-z]*)\\.[A-Z]", Pattern.MULTILINE);
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("^public (?:final |abstract )*(?:class|interface|record|enum) ", Pattern.MULTILINE);

    /** What each package may import, by name below the root. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.of(
            "", Set.of(),
            ".portable", Set.of(""),
            ".vector.lanes", Set.of(""),
            ".vector.transform", Set.of("", ".vector.lanes"),
            ".vector.sums", Set.of("", ".vector.lanes"),
            ".vector", Set.of("", ".vector.lanes", ".vector.transform", ".vector.sums"),
            ".switching", Set.of(""),
            ".choice", Set.of("", ".portable", ".switching", ".vector"));

    @Test
    void theContractKnowsNeitherWingAndOnlyTheChoiceKnowsBoth() throws IOException {
        Map<String, Set<String>> known = new TreeMap<>();
        for (Path file : sources()) {
            String name = nameBelowRoot(file);
            Set<String> targets = known.computeIfAbsent(name, n -> new TreeSet<>());
            Matcher m = IMPORT.matcher(Files.readString(file));
            while (m.find()) {
                targets.add(m.group(1).substring(ROOT.length()));
            }
            targets.remove(name);
        }
        assertThat(known.keySet()).isEqualTo(MAY_KNOW.keySet());
        known.forEach((name, targets) ->
                assertThat(MAY_KNOW.get(name)).as("imports of " + ROOT + name).containsAll(targets));
        assertThat(known.get(".choice")).contains(".portable", ".vector");
    }

    @Test
    void noPackageHasMoreThanTwelvePublicTypes() throws IOException {
        Map<String, Integer> types = new TreeMap<>();
        for (Path file : sources()) {
            if (PUBLIC_TYPE.matcher(Files.readString(file)).find()) {
                types.merge(nameBelowRoot(file), 1, Integer::sum);
            }
        }
        assertThat(types).hasSize(MAY_KNOW.size());
        assertThat(types.values()).allMatch(n -> n <= 12);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(root())) {
            return files.filter(f -> f.toString().endsWith(".java")).toList();
        }
    }

    private static Path root() {
        return Path.of("src", "main", "java").resolve(ROOT.replace('.', '/'));
    }

    private static String nameBelowRoot(Path file) {
        String below = root().relativize(file.getParent()).toString().replace('\\', '/');
        return below.isEmpty() ? "" : "." + below.replace('/', '.');
    }
}
