package io.github.hecnn.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.hecnn.docs.Markdown.Block;
import io.github.hecnn.docs.Markdown.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The errors that docs/faq.md explains are those that the library gives: made here by mistakes, the rest found in the sources. */
class DocsFaqTest {
    private static final String ANYTHING = "…";

    /** Most characters of a source between two parts of one message. */
    private static final int NEAR = 800;

    @TempDir
    static Path folder;

    private static List<String> texts;
    private static List<String> messages;

    @BeforeAll
    static void makesMistakes() throws IOException {
        texts = Markdown.blocks(Docs.FOLDER.resolve("faq.md")).stream()
                .filter(b -> b.kind() == Kind.HEADING && b.lines().get(0).startsWith("### `"))
                .map(Block::codeSpans)
                .map(spans -> spans.get(0))
                .toList();
        Map<String, List<ThrowingCallable>> mistakes = new LinkedHashMap<>();
        mistakes.put("encryption", Mistakes.all(folder).toList());
        mistakes.put("training", TrainingMistakes.all(folder));
        mistakes.put("roles", RoleMistakes.all(folder.resolve("roles")));
        mistakes.put("functions", FunctionMistakes.all());
        mistakes.put("networks", NetworkMistakes.all(folder));
        mistakes.put("program", ProgramMistakes.all(folder));
        messages = new ArrayList<>();
        List<String> accepted = new ArrayList<>();
        mistakes.forEach((about, list) -> {
            for (int i = 0; i < list.size(); i++) {
                Throwable thrown = catchThrowable(list.get(i));
                if (thrown == null) {
                    accepted.add(about + " " + i);
                } else {
                    messages.add(thrown.getMessage());
                }
            }
        });
        assertThat(accepted).as("mistakes that nobody refuses").isEmpty();
    }

    @Test
    void everyMistakeIsExplainedAndNamesExpectedAndFoundAndARemedy() {
        assertThat(messages).hasSizeGreaterThanOrEqualTo(80);
        List<String> missing = messages.stream()
                .filter(m -> texts.stream().noneMatch(t -> explains(t, m)))
                .toList();
        assertThat(missing).as("errors that docs/faq.md does not have").isEmpty();
        String help = "(--help lists the options)"; // behind what the library of options says by itself
        assertThat(messages)
                .allMatch(m -> m.contains("found") || m.contains("no key") || m.endsWith(help), "says what it found");
        assertThat(messages).allMatch(m -> m.matches("(?s).*[;,] .+") || m.endsWith(help), "says what to do");
    }

    @Test
    void everyExplanationIsOfATextThatTheLibraryHas() throws IOException {
        assertThat(texts).doesNotHaveDuplicates();
        List<String> sources = sources();
        List<String> unknown = texts.stream()
                .filter(t -> messages.stream().noneMatch(m -> explains(t, m)))
                .filter(t -> sources.stream().noneMatch(s -> stands(t, s)))
                .toList();
        assertThat(unknown).as("texts in docs/faq.md that nothing says").isEmpty();
    }

    @Test
    void aTextThatNothingSaysIsFound() throws IOException {
        assertThat(sources()).noneMatch(s -> stands("rotate: expected a wheel, found " + ANYTHING, s));
        assertThat(explains("rotate: no key for … steps", "rotate: no key for 5 steps; and more"))
                .isTrue();
        assertThat(explains("rotate: no key for … steps", "turn: no key for 5 steps; and more"))
                .isFalse();
    }

    private static boolean explains(String text, String message) {
        String pattern = Stream.of(text.split(ANYTHING, -1))
                .map(part -> part.isEmpty() ? "" : Pattern.quote(part))
                .collect(Collectors.joining(".+?"));
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(message).lookingAt();
    }

    /** Whether the fixed parts of a text follow each other in a source. */
    private static boolean stands(String text, String source) {
        List<String> parts =
                Stream.of(text.split(ANYTHING, -1)).filter(p -> !p.isEmpty()).toList();
        int first = source.indexOf(parts.get(0));
        while (first >= 0) {
            int at = first;
            for (String part : parts) {
                int next = source.indexOf(part, at);
                if (next < 0 || next > at + NEAR) {
                    at = -1;
                    break;
                }
                at = next + part.length();
            }
            if (at >= 0) {
                return true;
            }
            first = source.indexOf(parts.get(0), first + 1);
        }
        return false;
    }

    /** With literals in one piece, as they are printed. */
    private static List<String> sources() throws IOException {
        List<String> out = new ArrayList<>();
        for (Path file : Docs.sources()) {
            if (Docs.name(file).contains("/src/main/")) {
                out.add(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "").replace("%n", "\n"));
            }
        }
        return out;
    }
}
