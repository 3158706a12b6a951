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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a document names exists: documents, sections, files, packages, classes and their members. */
class DocsLinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern FILE = Pattern.compile("(?:docs|benchmarks|hecnn-\\w+|\\.mvn|\\.ci)/[\\w./-]*");
    private static final Pattern PACKAGE =
            Pattern.compile("(?:core|ckks|mlr|cli|examples|benchmarks|spark)(?:\\.[a-z]\\w*)+");
    private static final Pattern FILE_NAME = Pattern.compile(".*\\.(?:json|jar|csv|md|html)");
    private static final Pattern TYPE =
            Pattern.compile("(?<![\\w.<-])([A-Z]\\w*[a-z]\\w*(?:\\.[A-Z]\\w*[a-z]\\w*)*)(?:\\.(\\w+))?");

    /** Settings of Spark, a file of Windows, a value of Python. */
    private static final Pattern OF_OTHERS =
            Pattern.compile("spark\\.[a-z]+(?:\\.\\w+)*|JavaSparkContext|Thumbs\\.db|.*\\bFalse\\b");

    /** Made by a program, where somebody runs it. */
    private static final Set<String> MADE = Set.of("docs/same-data.md");

    /** Speaks of what there was before. */
    private static final Set<String> OF_THE_PAST = Set.of("docs/changelog.md");

    private static Sources sources;

    @BeforeAll
    static void readsTheSources() throws IOException {
        sources = Sources.read();
    }

    @Test
    void linksLeadToFilesAndSections() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Path file : Docs.all()) {
            for (Block block : Markdown.blocks(file)) {
                Matcher m = LINK.matcher(block.kind() == Kind.CODE ? "" : String.join(" ", block.lines()));
                while (m.find()) {
                    links++;
                    if (!m.group(1).startsWith("https://") && !leads(file, m.group(1))) {
                        dead.add(Docs.name(file) + ":" + block.line() + " -> " + m.group(1));
                    }
                }
            }
        }
        assertThat(dead).as("dead links").isEmpty();
        assertThat(links).isGreaterThan(50);
    }

    private static boolean leads(Path from, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path file = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]);
        return Files.exists(file)
                && (parts.length == 1 || Markdown.anchors(file).contains(parts[1]));
    }

    @Test
    void everyDocumentIsInTheIndex() throws IOException {
        String index = Files.readString(Docs.FOLDER.resolve("README.md"));
        for (Path file : Docs.all()) {
            String name = Docs.FOLDER.relativize(file).toString().replace('\\', '/');
            if (!name.startsWith("..") && !name.equals("README.md")) {
                assertThat(index).as("docs/README.md").contains("](" + name + ")");
            }
        }
    }

    @Test
    void filesThatAreNamedExist() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path file : Docs.all()) {
            for (Block block : Markdown.blocks(file)) {
                for (String span : block.codeSpans()) {
                    if (FILE.matcher(span).matches()
                            && !MADE.contains(span)
                            && !span.contains("/target")
                            && !Files.exists(Docs.ROOT.resolve(span))) {
                        missing.add(Docs.name(file) + ":" + block.line() + " " + span);
                    }
                }
            }
        }
        assertThat(missing).as("files that are named and do not exist").isEmpty();
    }

    @Test
    void packagesTypesAndMembersThatAreNamedExist() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path file : Docs.all()) {
            if (OF_THE_PAST.contains(Docs.name(file))) {
                continue;
            }
            for (Block block : Markdown.blocks(file)) {
                boolean text = block.kind() == Kind.CODE || isError(file, block);
                for (String span : text ? List.<String>of() : block.codeSpans()) {
                    for (String name : unknown(span)) {
                        missing.add(Docs.name(file) + ":" + block.line() + " " + name);
                    }
                }
            }
        }
        assertThat(missing).as("names that no source has").isEmpty();
    }

    /** A text that an error has, which {@link DocsFaqTest} looks up. */
    private static boolean isError(Path file, Block block) {
        return block.kind() == Kind.HEADING && Docs.name(file).equals("docs/faq.md");
    }

    private static List<String> unknown(String span) {
        if (OF_OTHERS.matcher(span).lookingAt()) {
            return List.of();
        }
        String text = span.replace("io.github.hecnn.", "");
        if (PACKAGE.matcher(text).matches() && !FILE_NAME.matcher(text).matches()) {
            return sources.hasPackage(text) ? List.of() : List.of(text);
        }
        List<String> out = new ArrayList<>();
        Matcher m = TYPE.matcher(text.replaceAll("\"[^\"]*\"|[-*]\\S+", "")); // neither literals nor options
        while (m.find()) {
            if (!sources.knows(m.group(1), m.group(2))) {
                out.add(m.group());
            }
        }
        return out;
    }

    @Test
    void aNameThatNobodyHasIsFound() {
        assertThat(unknown("CkksContext.create(parameters)")).isEmpty();
        assertThat(unknown("CkksContext.destroy()")).containsExactly("CkksContext.destroy");
        assertThat(unknown("CkksKontext")).containsExactly("CkksKontext");
        assertThat(unknown("io.github.hecnn.ckks.nothing")).containsExactly("ckks.nothing");
        assertThat(unknown("SecurityLevel.NONE")).isEmpty();
    }
}
