package io.github.hecnn.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Inside every package of every module, files use each other one way. Documentation may name what it likes, and a sealed type may
 * list what it permits.
 */
class FileCirclesTest {
    private static final Pattern NOT_CODE = Pattern.compile(
            "\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]++|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)+?'|//[^\n]*|/\\*.*?\\*/",
            Pattern.DOTALL);
    private static final Pattern PERMITS = Pattern.compile("\\bpermits\\s+[\\w.,\\s]+\\{");
    private static final Pattern TYPE = Pattern.compile("(?<![\\w.])[A-Z]\\w*");
    private static final Pattern IMPORT = Pattern.compile("\\bimport (?:static )?[\\w.]+\\.(\\w+);");

    @Test
    void filesOfAPackageDoNotRunInCircles() throws IOException {
        Map<String, Map<String, String>> packages = ProjectSources.packages();
        Map<String, Set<Set<String>>> found = new TreeMap<>();
        packages.forEach((name, files) -> {
            Set<Set<String>> circles = circles(files);
            if (!circles.isEmpty()) {
                found.put(name, circles);
            }
        });
        assertThat(found)
                .as("files that use each other in a circle, by package")
                .isEmpty();
        assertThat(packages.values().stream().mapToInt(Map::size).sum()).isGreaterThan(600);
    }

    @Test
    void aCircleIsFoundWhateverItsLength() {
        assertThat(circles(Map.of("A", "class A { B b; }", "B", "class B { void f() { C.go(); } }", "C", "new A()")))
                .containsExactly(Set.of("A", "B", "C"));
        assertThat(circles(Map.of("A", "class A { B b; }", "B", "class B { B next; } // of an A")))
                .isEmpty();
        assertThat(circles(Map.of("A", "import other.B; class A { B b; }", "B", "class B { A a; }")))
                .isEmpty();
        assertThat(circles(Map.of("A", "sealed interface A permits B {}", "B", "record B(A a, String s) implements A")))
                .isEmpty();
        assertThat(circles(Map.of("A", "sealed interface A permits B { B b(); }", "B", "record B() implements A")))
                .hasSize(1);
    }

    /** Sets of files of one package, each of which leads to all the others. */
    private static Set<Set<String>> circles(Map<String, String> sources) {
        Map<String, Set<String>> uses = new TreeMap<>();
        sources.forEach((file, text) -> uses.put(file, used(file, text, sources.keySet())));
        Map<String, Set<String>> reached = new TreeMap<>();
        uses.keySet().forEach(file -> reached.put(file, reached(file, uses)));
        return uses.keySet().stream()
                .filter(file -> reached.get(file).contains(file))
                .map(file -> reached.get(file).stream()
                        .filter(other -> reached.get(other).contains(file))
                        .collect(Collectors.toSet()))
                .collect(Collectors.toSet());
    }

    private static Set<String> used(String file, String text, Set<String> files) {
        String code = PERMITS.matcher(NOT_CODE.matcher(text).replaceAll(" ")).replaceAll("{");
        Set<String> used = TYPE.matcher(code).results().map(m -> m.group()).collect(Collectors.toSet());
        used.retainAll(files);
        used.remove(file);
        Matcher imports = IMPORT.matcher(code);
        while (imports.find()) {
            used.remove(imports.group(1));
        }
        return used;
    }

    /** All that can be come to along arrows; the start only if a way leads back to it. */
    private static Set<String> reached(String start, Map<String, Set<String>> arrows) {
        Set<String> seen = new TreeSet<>();
        List<String> open = new ArrayList<>(List.of(start));
        while (!open.isEmpty()) {
            for (String other : arrows.get(open.remove(open.size() - 1))) {
                if (seen.add(other)) {
                    open.add(other);
                }
            }
        }
        return seen;
    }
}
