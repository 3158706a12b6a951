package io.github.hecnn.ckks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * What is exported to everybody is described in full: parameters, results, exceptions that are declared or thrown in the same class,
 * components, type parameters, what threads may do, and level and scale wherever ciphertexts go in and come out.
 */
class JavadocTest {
    private static final Pattern EXPORTS = Pattern.compile("\\bexports ([\\w.]+);");

    @Test
    void everyExportedTypeOfTheCoreIsDescribedInFull() throws IOException {
        assertThat(gaps(Path.of("..", "hecnn-core"), 4)).isEmpty();
    }

    @Test
    void everyExportedTypeOfTheSchemeIsDescribedInFull() throws IOException {
        assertThat(gaps(Path.of(""), 70)).isEmpty();
    }

    @Test
    void everyExportedTypeOfTheLearningLayerIsDescribedInFull() throws IOException {
        assertThat(gaps(Path.of("..", "hecnn-mlr"), 150)).isEmpty();
    }

    @Test
    void everyExportedTypeOfTheClusterIsDescribedInFull() throws IOException {
        assertThat(gaps(Path.of("..", "hecnn-spark"), 20)).isEmpty();
    }

    @Test
    void whatIsMissingIsFound() throws IOException {
        String source = """
                /** A type. */
                public record R<T>(int a, T b) {
                    /** A method. */
                    public int f(int x) throws java.io.IOException { return 1; }
                    public void g() {}
                    /** {@return nothing} */
                    public int h() { return 0; }
                    void hidden(int y) {}
                    @Override public String toString() { return ""; }
                    public static final int C = 1;
                }
                """;
        assertThat(gaps(List.of(inMemory(source))))
                .containsExactlyInAnyOrder(
                        "R: no @param a",
                        "R: no @param b",
                        "R: no @param <T>",
                        "R.f: no @param x",
                        "R.f: no @return",
                        "R.f: no @throws IOException",
                        "R.g: no description",
                        "R.C: no description");
        assertThat(gaps(List.of(inMemory(source.replace("* A type.", "* @param a x\n@param b y\n@param <T> z")))))
                .contains("R: no description")
                .doesNotContain("R: no @param a", "R: no @param <T>");
    }

    @Test
    void anExceptionThatIsThrownButNotDescribedIsFound() throws IOException {
        String source = """
                /** A type. */
                public class R {
                    /** A method. */
                    public void f() { if (true) throw new IllegalArgumentException("a"); }
                    /** Calls another. */
                    public void g() { check(1); }
                    /** Catches. */
                    public void h() { try { check(1); } catch (IllegalStateException e) { } }
                    /**
                     * Says it.
                     * @throws IllegalStateException always
                     */
                    public void i() { check(1); }
                    private static void check(int n) { throw new java.lang.IllegalStateException("b"); }
                    private static void check(int n, int m) { throw new AssertionError(); }
                }
                """;
        assertThat(gaps(List.of(inMemory(source))))
                .contains(
                        "R.f: no @throws IllegalArgumentException",
                        "R.g: no @throws IllegalStateException",
                        "R: not said what threads may do")
                .noneMatch(gap -> gap.startsWith("R.h") || gap.startsWith("R.i"));
        assertThat(gaps(List.of(inMemory(source.replace("A type.", "Immutable; an IllegalArgumentException if not.")))))
                .contains("R.g: no @throws IllegalStateException")
                .noneMatch(gap -> gap.startsWith("R.f") || gap.startsWith("R:"));
    }

    @Test
    void anOperationOnCiphertextsWithoutAWordOfItsLevelIsFound() throws IOException {
        String source = """
                /** Adds. */
                public interface R {
                    /**
                     * {@return a sum, at the scale of both}
                     * @param a one
                     * @param b another
                     */
                    Ciphertext add(Ciphertext a, Ciphertext b);
                }
                """;
        assertThat(gaps(List.of(inMemory(source)))).containsExactly("R.add: no word of the level");
        assertThat(gaps(List.of(inMemory(source.replace("Adds.", "Adds. The lower level of both.")))))
                .isEmpty();
    }

    private static JavaFileObject inMemory(String source) {
        return new SimpleJavaFileObject(URI.create("string:///R.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    private static List<String> gaps(Path module, int leastTypes) throws IOException {
        Path sources = module.resolve(Path.of("src", "main", "java"));
        List<Path> files = new ArrayList<>();
        for (Path folder : exported(sources)) {
            try (Stream<Path> list = Files.list(folder)) {
                list.filter(f -> f.toString().endsWith(".java")).forEach(files::add);
            }
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(leastTypes);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            return gaps(manager.getJavaFileObjectsFromPaths(files));
        }
    }

    /** What the module exports to everybody; all of it if it is on the class path only. */
    private static List<Path> exported(Path sources) throws IOException {
        Path descriptor = sources.resolve("module-info.java");
        if (!Files.exists(descriptor)) {
            try (Stream<Path> all = Files.walk(sources)) {
                return all.filter(Files::isDirectory).toList();
            }
        }
        return EXPORTS.matcher(Files.readString(descriptor))
                .results()
                .map(e -> sources.resolve(e.group(1).replace('.', '/')))
                .toList();
    }

    private static List<String> gaps(Iterable<? extends JavaFileObject> files) throws IOException {
        JavacTask task = (JavacTask)
                ToolProvider.getSystemJavaCompiler().getTask(null, null, null, List.of("-proc:none"), null, files);
        Descriptions scanner = new Descriptions(DocTrees.instance(task), new Thrown());
        for (CompilationUnitTree unit : task.parse()) {
            scanner.scan(unit, null);
        }
        return scanner.gaps;
    }
}
