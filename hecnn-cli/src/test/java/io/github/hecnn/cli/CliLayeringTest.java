package io.github.hecnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Packages of the program use each other one way and stay small. */
class CliLayeringTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "github", "hecnn", "cli");
    private static final Pattern USE = Pattern.compile("io\\.github\\.hecnn\\.(cli(?:\\.[a-z]\\w*)*)\\.[A-Z]");
    private static final Pattern PUBLIC =
            Pattern.compile("(?m)^public [a-z ]*(?:class|interface|record|enum|@interface) ");
    private static final int MOST_PUBLIC_TYPES = 12;
    private static final int MOST_LINES = 450;

    private static final Map<String, Set<String>> USES = new TreeMap<>();
    private static final Map<String, Integer> PUBLIC_TYPES = new TreeMap<>();

    @BeforeAll
    static void readsSources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String text = Files.readString(file);
                String name = ("cli." + SOURCES.relativize(file.getParent()).toString().replace('\\', '/').replace('/', '.'))
                        .replaceAll("\\.$", "");
                Matcher use = USE.matcher(text);
                while (use.find()) {
                    if (!use.group(1).equals(name)) {
                        USES.computeIfAbsent(name, n -> new TreeSet<>()).add(use.group(1));
                    }
                }
                PUBLIC_TYPES.merge(name, PUBLIC.matcher(text).find() ? 1 : 0, Integer::sum);
                assertThat(text.lines().count()).as("%s", file).isLessThanOrEqualTo(MOST_LINES);
            }
        }
        assertThat(USES).containsKeys("cli", "cli.launch", "cli.train.longrun");
    }

    @Test
    void packagesDoNotRunInCircles() {
        USES.keySet()
                .forEach(p -> assertThat(reached(p)).as("a way from %s back to it: %s", p, USES).doesNotContain(p));
        assertThat(reached("cli.launch")).contains("cli.options");
    }

    private static Set<String> reached(String start) {
        Set<String> seen = new TreeSet<>();
        List<String> open = new ArrayList<>(List.of(start));
        while (!open.isEmpty()) {
            for (String other : USES.getOrDefault(open.remove(open.size() - 1), Set.of())) {
                if (seen.add(other)) {
                    open.add(other);
                }
            }
        }
        return seen;
    }

    @Test
    void noPackageHasTooManyPublicTypes() {
        assertThat(PUBLIC_TYPES).hasSizeGreaterThan(8);
        PUBLIC_TYPES.forEach((p, n) -> assertThat(n).as(p).isLessThanOrEqualTo(MOST_PUBLIC_TYPES));
    }
}
