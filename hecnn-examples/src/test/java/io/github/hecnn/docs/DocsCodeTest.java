package io.github.hecnn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.docs.Markdown.Block;
import io.github.hecnn.docs.Markdown.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Java in the documents is code of tests, so it compiles and runs: each block is, letter by letter, what stands in a test source between
 * {@code // docs/NAME.md of WHAT starts} and {@code // docs/NAME.md of WHAT ends} ({@code README} for the README).
 */
class DocsCodeTest {
    private static final Pattern START = Pattern.compile("\\s*// (README|docs/[\\w./-]+\\.md) of ([\\w ]+) starts");
    private static final int LEAST_COMMON = 20;

    @Test
    void everyBlockOfJavaIsCodeOfATest() throws IOException {
        Map<String, List<String>> regions = regions();
        Map<String, List<String>> blocks = new TreeMap<>();
        for (Path file : Docs.all()) {
            if (Docs.WRITE) {
                write(file, regions);
            }
            String name = mark(file);
            for (Block block : Markdown.blocks(file)) {
                if (block.kind() == Kind.CODE && block.language().equals("java")) {
                    String code = String.join("\n", block.lines());
                    blocks.computeIfAbsent(name, k -> new ArrayList<>()).add(code);
                    assertThat(regions.getOrDefault(name, List.of()))
                            .as(
                                    "%s:%d is not in a test; put it there between '// %s of WHAT starts' and '// %s of WHAT ends'",
                                    Docs.name(file), block.line(), name, name)
                            .contains(code);
                }
            }
        }
        regions.forEach((name, codes) -> assertThat(blocks.getOrDefault(name, List.of()))
                .as("code that a test marks as shown by %s", name)
                .containsAll(codes));
        assertThat(blocks.keySet()).contains("README", "docs/guide.md", "docs/bootstrapping.md");
    }

    private static String mark(Path file) {
        return Docs.name(file).equals("README.md") ? "README" : Docs.name(file);
    }

    /** Blocks become the region that they have the longest beginning in common with, but for spaces. */
    private static void write(Path file, Map<String, List<String>> regions) throws IOException {
        List<Block> blocks = Markdown.blocks(file);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        for (int i = blocks.size() - 1; i >= 0; i--) {
            Block block = blocks.get(i);
            if (block.kind() == Kind.CODE && block.language().equals("java")) {
                String code = squeezed(String.join("", block.lines()));
                regions.getOrDefault(mark(file), List.of()).stream()
                        .filter(r -> common(squeezed(r), code) >= LEAST_COMMON)
                        .max(Comparator.comparingInt(r -> common(squeezed(r), code)))
                        .ifPresent(r -> {
                            lines.subList(
                                            block.line(),
                                            block.line() + block.lines().size())
                                    .clear();
                            lines.addAll(block.line(), r.lines().toList());
                        });
            }
        }
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private static int common(String a, String b) {
        int mismatch = Arrays.mismatch(a.toCharArray(), b.toCharArray());
        return mismatch < 0 ? Integer.MAX_VALUE : mismatch;
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s", "");
    }

    private static Map<String, List<String>> regions() throws IOException {
        Map<String, List<String>> out = new TreeMap<>();
        for (Path file : Docs.sources()) {
            if (!Docs.name(file).contains("/src/test/")) {
                continue;
            }
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                Matcher m = START.matcher(lines.get(i));
                if (m.matches()) {
                    String end = "// " + m.group(1) + " of " + m.group(2) + " ends";
                    int to = i + 1;
                    while (!lines.get(to).strip().equals(end)) {
                        to++;
                    }
                    out.computeIfAbsent(m.group(1), k -> new ArrayList<>())
                            .add(String.join("\n", lines.subList(i + 1, to)).stripIndent());
                }
            }
        }
        return out;
    }
}
