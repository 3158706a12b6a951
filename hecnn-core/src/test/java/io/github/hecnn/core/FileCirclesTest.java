package io.github.hecnn.core;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Inside every package of every module, files use each other one way. Documentation may name what it likes, and a sealed type may
 * list what it permits.
 */
class FileCirclesTest {
    private static final Path MODULES = Path.of("..");

    /** By the end of a package's name, with files that may use each other in a circle. At most five, each with its reason. */
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            // a program is run, by default, by what runs any program
            "cli.console", Set.of("Program", "ProgramRun"));

    private static final Pattern NOT_CODE = Pattern.compile(
            "\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]++|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)+?'|//[^\n]*|/\\*.*?\\*/",
            Pattern.DOTALL);
    private static final Pattern PERMITS = Pattern.compile("\\bpermits\\s+[\\w.,\\s]+\\{");
    private static final Pattern TYPE = Pattern.compile("(?<![\\w.])[A-Z]\\w*");
    private static final Pattern IMPORT = Pattern.compile("\\bimport (?:static )?[\\w.]+\\.(\\w+);");

    @Test
    void filesOfAPackageDoNotRunInCircles() throws IOException {
        int files = 0;
        Set<String> needed = new TreeSet<>();
        for (Map.Entry<String, Map<String, String>> p : packages().entrySet()) {
            files += p.getValue().size();
            for (Set<String> circle : circles(p.getValue())) {
                String allowed = ALLOWED.keySet().stream()
                        .filter(name -> p.getKey().endsWith(name))
                        .findFirst()
                        .orElse("");
                assertThat(ALLOWED.getOrDefault(allowed, Set.of()))
                        .as("files of " + p.getKey() + " that use each other in a circle: " + circle)
                        .containsAll(circle);
                needed.add(allowed);
            }
        }
        assertThat(files).isGreaterThan(600);
        assertThat(needed).as("circles that are allowed and there").isEqualTo(new TreeSet<>(ALLOWED.keySet()));
        assertThat(ALLOWED).hasSizeLessThanOrEqualTo(5);
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

    /** Sources by package and file. */
    private static Map<String, Map<String, String>> packages() throws IOException {
        Map<String, Map<String, String>> packages = new TreeMap<>();
        try (Stream<Path> modules = Files.list(MODULES)) {
            for (Path module : modules.toList()) {
                Path sources = module.resolve(Path.of("src", "main", "java"));
                if (!Files.isDirectory(sources)) {
                    continue;
                }
                try (Stream<Path> files = Files.walk(sources)) {
                    for (Path file :
                            files.filter(f -> f.toString().endsWith(".java")).toList()) {
                        String name = file.getFileName().toString().replaceAll("\\.java$", "");
                        String folder = sources.relativize(file.getParent())
                                .toString()
                                .replace(file.getFileSystem().getSeparator(), ".");
                        packages.computeIfAbsent(folder, f -> new TreeMap<>()).put(name, Files.readString(file));
                    }
                }
            }
        }
        return packages;
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
