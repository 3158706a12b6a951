package io.github.hecnn.ckks;

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
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Looks at the types, methods and fields of one file that users see, for what their descriptions leave out. */
final class Descriptions extends TreePathScanner<Void, Void> {
    private static final Pattern ENCRYPTED = Pattern.compile("\\b(Ciphertext|Plaintext|V)\\b");
    private static final Pattern LEVEL = Pattern.compile("(?i)\\blevels?\\b");
    private static final Pattern SCALE = Pattern.compile("(?i)\\b(re)?scal(e|es|ed|ing)\\b");
    private static final Pattern THREADS = Pattern.compile("(?i)thread|immutable|stateless|static methods");

    private final DocTrees trees;
    private final Thrown thrown;
    final List<String> gaps = new ArrayList<>();

    Descriptions(DocTrees trees, Thrown thrown) {
        this.trees = trees;
        this.thrown = thrown;
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
        String text = String.valueOf(trees.getDocComment(getCurrentPath()));
        boolean whole = getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree;
        if (whole && type.getKind() == Tree.Kind.CLASS && !exception(type) && !utility(type)) {
            if (!THREADS.matcher(text).find()) {
                gaps.add(name() + ": not said what threads may do");
            }
        }
        if (whole && (type.getKind() == Tree.Kind.CLASS || type.getKind() == Tree.Kind.INTERFACE)) {
            computing(type, text);
        }
        return super.visitClass(type, null);
    }

    /** A type that takes ciphertexts and gives others says what becomes of level and scale, or each such method does. */
    private void computing(ClassTree type, String text) {
        for (Tree member : type.getMembers()) {
            if (!(member instanceof MethodTree m) || m.getReturnType() == null || overrides(m)) {
                continue;
            }
            boolean shown = m.getModifiers().getFlags().contains(Modifier.PUBLIC)
                    || (type.getKind() == Tree.Kind.INTERFACE
                            && !m.getModifiers().getFlags().contains(Modifier.PRIVATE));
            boolean takes = m.getParameters().stream()
                    .anyMatch(p -> ENCRYPTED.matcher(p.getType().toString()).find());
            if (!shown
                    || !takes
                    || !ENCRYPTED.matcher(m.getReturnType().toString()).find()) {
                continue;
            }
            String all = text + trees.getDocComment(new TreePath(getCurrentPath(), m));
            if (!LEVEL.matcher(all).find()) {
                gaps.add(name() + "." + m.getName() + ": no word of the level");
            }
            if (!SCALE.matcher(all).find()) {
                gaps.add(name() + "." + m.getName() + ": no word of the scale");
            }
        }
    }

    private static boolean exception(ClassTree type) {
        return type.getSimpleName().toString().endsWith("Exception");
    }

    /** Whether it has no constructor that anybody can call and no field of an instance. */
    private static boolean utility(ClassTree type) {
        boolean fields = type.getMembers().stream().anyMatch(m -> m instanceof VariableTree v && !isStatic(v));
        return !fields
                && type.getMembers().stream()
                        .anyMatch(m -> m instanceof MethodTree c
                                && c.getName().contentEquals("<init>")
                                && c.getModifiers().getFlags().contains(Modifier.PRIVATE));
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
        if (!visible(method.getModifiers())) {
            return null;
        }
        Set<String> expected = new TreeSet<>();
        if (!overrides(method)) {
            for (TypeParameterTree t : method.getTypeParameters()) {
                expected.add("@param <" + t.getName() + ">");
            }
            method.getParameters().forEach(p -> expected.add("@param " + p.getName()));
            Tree result = method.getReturnType();
            if (result != null && !result.toString().equals("void")) {
                expected.add("@return");
            }
            Stream.concat(
                            method.getThrows().stream().map(ExpressionTree::toString),
                            thrown.by(getCurrentPath(), method).stream())
                    .forEach(t -> expected.add("@throws " + simple(t)));
            expected.removeAll(ofType());
            check(name(), expected);
        }
        return null;
    }

    /** What the description of the type says of all its methods, as in "violations are IllegalArgumentExceptions". */
    private Set<String> ofType() {
        Set<String> said = new TreeSet<>();
        for (TreePath p = getCurrentPath().getParentPath(); p != null; p = p.getParentPath()) {
            DocCommentTree doc = trees.getDocCommentTree(p);
            if (doc != null) {
                String text = doc.getFullBody().stream().map(DocTree::toString).collect(Collectors.joining(" "));
                Pattern.compile("\\w+Exception").matcher(text).results().forEach(e -> said.add("@throws " + e.group()));
            }
        }
        return said;
    }

    private static boolean overrides(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
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
                || (owner.getKind() == Tree.Kind.INTERFACE
                        && !modifiers.getFlags().contains(Modifier.PRIVATE));
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
