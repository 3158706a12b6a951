package io.github.hecnn.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.hecnn.docs.Markdown.Block;
import io.github.hecnn.docs.Markdown.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new user with README and guide only: copies the code of the guide into a project of their own, compiles it against the libraries and
 * runs it on their own file. The guide's text is taken as it stands, so a step that it leaves out fails here.
 */
class DocsFirstHourTest {
    private static final Path GUIDE = Docs.FOLDER.resolve("guide.md");
    private static final Path RUNNING = Path.of(System.getProperty("java.home"));
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

    @TempDir
    Path folder;

    @Test
    void theGuidesProgramsRunInAProjectOnTheClassPath() throws IOException, InterruptedException {
        assertRight(new Consumer(folder).onTheClassPath(RUNNING, program(), trees()));
    }

    @Test
    void theGuidesProgramsRunInAProjectOnTheModulePath() throws IOException, InterruptedException {
        assumeThat(Consumer.areModules())
                .as("module descriptors beside the classes")
                .isTrue();
        assertRight(new Consumer(folder).onTheModulePath(RUNNING, program(), trees()));
    }

    @Test
    @Tag("slow")
    void theyRunWithEveryJdkOfThisMachine() throws IOException, InterruptedException {
        assumeThat(Consumer.areModules())
                .as("module descriptors beside the classes")
                .isTrue();
        List<Path> jdks = jdks();
        assertThat(jdks).isNotEmpty();
        for (Path jdk : jdks) {
            assertRight(new Consumer(folder).onTheClassPath(jdk, program(), trees()));
            assertRight(new Consumer(folder).onTheModulePath(jdk, program(), trees()));
        }
    }

    private static void assertRight(String printed) {
        assertThat(printed).contains("dot -3.0000").contains("tree beech");
    }

    @Test
    void everyCodeOfReadmeAndGuideHasOneImportForEachName() throws IOException {
        for (Path file : List.of(Docs.ROOT.resolve("README.md"), GUIDE)) {
            String imports = Consumer.imports(code(Markdown.blocks(file)));
            assertThat(imports.lines()).as(Docs.name(file)).hasSizeGreaterThan(5);
        }
        assertThat(Consumer.imports("Ciphertext x; List<Path> files;")).isEqualTo("""
                        import io.github.hecnn.ckks.scheme.Ciphertext;
                        import java.nio.file.Path;
                        import java.util.List;
                        """);
    }

    @Test
    void dependenciesInTheDocumentsAreOfThisVersion() throws IOException {
        Matcher own = VERSION.matcher(Files.readString(Docs.ROOT.resolve("pom.xml")));
        assertThat(own.find()).isTrue();
        for (Path file : Docs.all()) {
            String xml = Markdown.blocks(file).stream()
                    .filter(b -> b.kind() == Kind.CODE && b.language().equals("xml"))
                    .map(b -> String.join("", b.lines()))
                    .filter(t -> t.contains("io.github.hecnn"))
                    .collect(Collectors.joining());
            assertThat(VERSION.matcher(xml).results().map(m -> m.group(1)).distinct())
                    .as(Docs.name(file))
                    .isSubsetOf(own.group(1));
        }
    }

    /** The code of the guide's second and tenth part, each in a method of its own, and what a reader would print. */
    private static String program() throws IOException {
        String dot = code(section("## 2. "));
        String training = code(section("## 10. "));
        return Consumer.imports(dot + "\nPath\n" + training)
                + """

                public final class Main {
                    private Main() {}

                    private static double dot() {
                %s
                        return result;
                    }

                    private static String train(Path csv) {
                %s
                        return name;
                    }

                    public static void main(String[] args) {
                        System.out.printf(java.util.Locale.ROOT, "dot %%.4f%%n", dot());
                        System.out.println("tree " + train(Path.of(args[0])));
                    }
                }
                """.formatted(
                        dot.indent(8).stripTrailing(), training.indent(8).stripTrailing());
    }

    private static List<Block> section(String heading) throws IOException {
        return Markdown.blocks(GUIDE).stream()
                .dropWhile(b -> !b.lines().get(0).startsWith(heading))
                .skip(1)
                .takeWhile(b -> !b.lines().get(0).startsWith("## "))
                .toList();
    }

    private static String code(List<Block> blocks) {
        return blocks.stream()
                .filter(b -> b.kind() == Kind.CODE && b.language().equals("java"))
                .flatMap(b -> b.lines().stream())
                .collect(Collectors.joining("\n"));
    }

    /** A file as a spreadsheet saves it. */
    private String trees() throws IOException {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder("height;width;tree\n");
        for (int i = 0; i < 60; i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%.3f;%.3f;%s%n",
                    (i % 2) * 5 + random.nextGaussian(),
                    random.nextGaussian(),
                    i % 2 == 0 ? "ash" : "beech"));
        }
        return Files.writeString(folder.resolve("trees.csv"), text).toString();
    }

    /** The JDKs beside the running one, and itself. */
    private static List<Path> jdks() throws IOException {
        try (Stream<Path> beside = Files.list(RUNNING.toRealPath().getParent())) {
            return beside.filter(Files::isDirectory)
                    .filter(d -> Files.isExecutable(d.resolve("bin/javac")))
                    .filter(d -> !Files.isSymbolicLink(d))
                    .sorted()
                    .toList();
        }
    }
}
