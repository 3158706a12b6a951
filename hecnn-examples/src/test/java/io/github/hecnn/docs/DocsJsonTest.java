package io.github.hecnn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The tables of fields in docs/format.md are those that are written: names and types from the records, meanings from their javadoc. With
 * {@code -Dhecnn.docs=write} they are written.
 */
class DocsJsonTest {
    private static final Path DOCUMENT = Docs.FOLDER.resolve("format.md");
    private static final Pattern START = Pattern.compile("<!-- fields of ([\\w.$]+) -->");
    private static final String END = "<!-- end of fields -->";

    /** What is read or written as a document by itself: the argument of a reader, or a part that a run's file is. */
    private static final Pattern READ = Pattern.compile("SealedJson\\.read\\([^;]*?\\b([A-Z]\\w*)\\.class");

    private static final Pattern RUN_FILE = Pattern.compile("record ([A-Z]\\w*)\\([^{]*\\)\\s*implements RunFile\\b");

    /** Reads any of them, to tell what it is. */
    private static final String ANY = "ObjectNode";

    /** Fields that a later reader of the same file relies on, written without a checksum. */
    private static final List<String> REPORTS = List.of("RunReport", "LongReport", "TransferReport");

    @Test
    void everyTableHasTheFieldsThatAreWritten() throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        List<String> out = new ArrayList<>();
        List<String> different = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            out.add(lines.get(i));
            Matcher m = START.matcher(lines.get(i));
            if (m.matches()) {
                List<String> table = new ArrayList<>(JsonFields.table(type(m.group(1))));
                table.add(0, "");
                table.add("");
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf(END);
                if (!lines.subList(i + 1, end).equals(table)) {
                    different.add(m.group(1));
                }
                out.addAll(table);
                i = end - 1;
            }
        }
        if (Docs.WRITE) {
            Files.writeString(DOCUMENT, String.join("\n", out) + "\n");
            return;
        }
        assertThat(different)
                .as("tables of docs/format.md without the fields that are written; write it with %s", Docs.HOW_TO_WRITE)
                .isEmpty();
    }

    @Test
    void everyDocumentAndEveryPartOfOneHasATable() throws IOException {
        Set<Class<?>> shown = shown();
        Set<String> names = shown.stream().map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
        assertThat(names)
                .as("documents with a table of fields")
                .containsAll(documents())
                .containsAll(REPORTS);
        assertThat(documents()).hasSizeGreaterThan(15);
        for (Class<?> type : shown) {
            assertThat(shown).as("parts of " + type.getName()).containsAll(JsonFields.parts(type));
        }
    }

    @Test
    void aFieldWithoutARowIsFound() throws IOException {
        assertThat(JsonFields.names(Sample.class)).containsExactly("size", "big");
        Set<Class<?>> shown = shown();
        assertThat(shown).doesNotContain(Sample.class);
    }

    /** More than its components is written. */
    record Sample(int size) {
        public boolean isBig() {
            return size > 5;
        }
    }

    private static Set<Class<?>> shown() throws IOException {
        Set<Class<?>> out = new LinkedHashSet<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            Matcher m = START.matcher(line);
            if (m.matches()) {
                assertThat(out.add(type(m.group(1)))).as(line + " once").isTrue();
            }
        }
        return out;
    }

    private static Set<String> documents() throws IOException {
        Set<String> out = new TreeSet<>();
        for (Path file : Docs.sources()) {
            if (Docs.name(file).contains("/src/main/")) {
                String text = Files.readString(file);
                for (Pattern p : List.of(READ, RUN_FILE)) {
                    p.matcher(text).results().map(m -> m.group(1)).forEach(out::add);
                }
            }
        }
        out.remove(ANY);
        return out;
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName("io.github.hecnn." + name, false, DocsJsonTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError("docs/format.md: expected a record of the library, found " + name, e);
        }
    }
}
