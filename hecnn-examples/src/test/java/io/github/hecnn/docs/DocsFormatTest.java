package io.github.hecnn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.docs.Markdown.Block;
import io.github.hecnn.docs.Markdown.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Prose that can be read in an editor: short lines, short paragraphs. */
class DocsFormatTest {
    private static final int MOST_WORDS = 120;

    /** A list of one-line entries, merged line by line. */
    private static final Set<String> LINE_BY_LINE = Set.of();

    @Test
    void linesOfProseAreWrapped() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : Docs.all()) {
            if (LINE_BY_LINE.contains(Docs.name(file))) {
                continue;
            }
            if (Docs.WRITE) {
                wrap(file);
            }
            for (Block block : Markdown.blocks(file)) {
                if (block.kind() == Kind.PARAGRAPH && tooLong(block)) {
                    tooLong.add(Docs.name(file) + ":" + block.line());
                }
            }
        }
        assertThat(tooLong)
                .as(
                        "paragraphs with lines of more than %d characters; wrap them with %s",
                        Markdown.LINE, Docs.HOW_TO_WRITE)
                .isEmpty();
    }

    @Test
    void paragraphsAreShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : Docs.all()) {
            for (Block block : Markdown.blocks(file)) {
                if (block.kind() == Kind.PARAGRAPH && block.words() > MOST_WORDS) {
                    tooLong.add(Docs.name(file) + ":" + block.line() + " has " + block.words() + " words");
                }
            }
        }
        assertThat(tooLong)
                .as("paragraphs of more than %d words; make two", MOST_WORDS)
                .isEmpty();
    }

    @Test
    void fillingBreaksNeitherCodeNorLists() {
        String word = "word ".repeat(22);
        assertThat(Markdown.filled(List.of("- " + word + "`code with spaces` - no item")))
                .containsExactly("- " + word.strip(), "  `code with spaces` - no item");
        assertThat(Markdown.filled(List.of(word + "next to", "the last")))
                .containsExactly(word + "next to", "the last");
    }

    private static boolean tooLong(Block block) {
        return block.lines().stream().anyMatch(Markdown::isTooLong);
    }

    /** Fills the sentences anew that have a line too long, and leaves the others as they are. */
    private static void wrap(Path file) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        List<Block> blocks = Markdown.blocks(file);
        for (int i = blocks.size() - 1; i >= 0; i--) {
            Block block = blocks.get(i);
            if (block.kind() == Kind.PARAGRAPH && tooLong(block)) {
                List<String> old = lines.subList(
                        block.line() - 1, block.line() - 1 + block.lines().size());
                List<String> wrapped = new ArrayList<>();
                List<String> run = new ArrayList<>();
                for (String line : block.lines()) {
                    run.add(line);
                    if (line.matches(".*[.:!?]")) {
                        wrapped.addAll(Markdown.wrapped(run));
                        run.clear();
                    }
                }
                wrapped.addAll(Markdown.wrapped(run));
                old.clear();
                old.addAll(wrapped);
            }
        }
        Files.writeString(file, String.join("\n", lines) + "\n");
    }
}
