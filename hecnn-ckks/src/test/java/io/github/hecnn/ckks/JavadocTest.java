package io.github.hecnn.ckks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeParameterTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What is exported to everybody is described in full: parameters, results, declared exceptions, components, type parameters. */
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
        Matcher exports = EXPORTS.matcher(Files.readString(sources.resolve("module-info.java")));
        while (exports.find()) {
            try (Stream<Path> list = Files.list(sources.resolve(exports.group(1).replace('.', '/')))) {
                list.filter(f -> f.toString().endsWith(".java")).forEach(files::add);
            }
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(leastTypes);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            return gaps(manager.getJavaFileObjectsFromPaths(files));
        }
    }

    private static List<String> gaps(Iterable<? extends JavaFileObject> files) throws IOException {
        JavacTask task = (JavacTask)
                ToolProvider.getSystemJavaCompiler().getTask(null, null, null, List.of("-proc:none"), null, files);
        Descriptions scanner = new Descriptions(DocTrees.instance(task));
        for (CompilationUnitTree unit : task.parse()) {
            scanner.scan(unit, null);
        }
        return scanner.gaps;
    }

    /** Looks at types, methods and fields that users see. */
    private static final class Descriptions extends TreePathScanner<Void, Void> {
        private final DocTrees trees;
        private final List<String> gaps = new ArrayList<>();

        Descriptions(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            if (!visible(type.getModifiers())) {
                return null;
            }
            Set<String> expected = new TreeSet<>();
            type.getTypeParameters().forEach(t -> expected.add("@param <" + t.getName() + ">"));
            if (type.getKind() == Tree.Kind.RECORD) {
                for (Tree member : type.getMembers()) {
                    if (member instanceof VariableTree v && !isStatic(v)) {
                        expected.add("@param " + v.getName());
                    }
                }
            }
            check(name(), expected);
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            boolean overrides = method.getModifiers().getAnnotations().stream()
                    .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
            if (!visible(method.getModifiers()) || overrides) {
                return null;
            }
            Set<String> expected = new TreeSet<>();
            for (TypeParameterTree t : method.getTypeParameters()) {
                expected.add("@param <" + t.getName() + ">");
            }
            method.getParameters().forEach(p -> expected.add("@param " + p.getName()));
            Tree result = method.getReturnType();
            if (result != null && !result.toString().equals("void")) {
                expected.add("@return");
            }
            for (ExpressionTree thrown : method.getThrows()) {
                expected.add("@throws " + simple(thrown.toString()));
            }
            check(name(), expected);
            return null;
        }

        @Override
        public Void visitVariable(VariableTree field, Void unused) {
            Tree owner = getCurrentPath().getParentPath().getLeaf();
            boolean component = owner.getKind() == Tree.Kind.RECORD && !isStatic(field);
            if (visible(field.getModifiers()) && !component) {
                check(name(), Set.of());
            }
            return null;
        }

        private static boolean isStatic(VariableTree field) {
            return field.getModifiers().getFlags().contains(Modifier.STATIC);
        }

        private boolean visible(ModifiersTree modifiers) {
            Tree owner = getCurrentPath().getParentPath().getLeaf();
            return modifiers.getFlags().contains(Modifier.PUBLIC)
                    || modifiers.getFlags().contains(Modifier.PROTECTED)
                    || owner.getKind() == Tree.Kind.INTERFACE;
        }

        private String name() {
            String name = "";
            for (TreePath p = getCurrentPath(); p != null; p = p.getParentPath()) {
                Tree t = p.getLeaf();
                String part = t instanceof ClassTree c
                        ? c.getSimpleName().toString()
                        : t instanceof MethodTree m
                                ? m.getName().toString()
                                : t instanceof VariableTree v ? v.getName().toString() : "";
                name = part.isEmpty() || name.isEmpty() ? part + name : part + "." + name;
            }
            return name;
        }

        private void check(String name, Set<String> expected) {
            DocCommentTree doc = trees.getDocCommentTree(getCurrentPath());
            if (doc == null) {
                gaps.add(name + ": no description");
                return;
            }
            Set<String> missing = new TreeSet<>(expected);
            List<DocTree> parts = new ArrayList<>(doc.getFullBody());
            if (parts.isEmpty()) {
                gaps.add(name + ": no description");
            }
            parts.addAll(doc.getBlockTags());
            for (DocTree part : parts) {
                if (part instanceof ParamTree p) {
                    missing.remove(p.isTypeParameter() ? "@param <" + p.getName() + ">" : "@param " + p.getName());
                } else if (part.getKind() == DocTree.Kind.RETURN) {
                    missing.remove("@return");
                } else if (part instanceof ThrowsTree t) {
                    missing.remove("@throws " + simple(t.getExceptionName().toString()));
                }
            }
            missing.forEach(tag -> gaps.add(name + ": no " + tag));
        }

        private static String simple(String name) {
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }
}
