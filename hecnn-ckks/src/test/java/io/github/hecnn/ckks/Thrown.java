package io.github.hecnn.ckks;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/**
 * What a method throws by itself: with {@code throw new} in its body, or in that of a hidden method of the same class that it calls by its
 * bare name and with as many arguments. Read off the source, so what is thrown further away is not seen; what a visible method throws is
 * said there, and may be impossible for the arguments of this call.
 */
final class Thrown {
    /** Neither is for users: the one says that the library is wrong, the other wraps what a caller's own code threw. */
    private static final Set<String> NOBODYS = Set.of("AssertionError", "RuntimeException");

    /** Simple names of exceptions. */
    Set<String> by(TreePath path, MethodTree method) {
        Set<String> names = new TreeSet<>();
        collect(path, method, names, new HashSet<>());
        names.removeAll(NOBODYS);
        return names;
    }

    private static boolean visible(ClassTree type, MethodTree method) {
        Set<Modifier> flags = method.getModifiers().getFlags();
        return flags.contains(Modifier.PUBLIC)
                || flags.contains(Modifier.PROTECTED)
                || (type.getKind() == Tree.Kind.INTERFACE && !flags.contains(Modifier.PRIVATE));
    }

    private static void collect(TreePath path, MethodTree method, Set<String> names, Set<MethodTree> seen) {
        if (method.getBody() == null || !seen.add(method)) {
            return;
        }
        ClassTree type = (ClassTree) path.getParentPath().getLeaf();
        new TreePathScanner<Void, Void>() {
            private final Deque<Set<String>> caught = new ArrayDeque<>();

            @Override
            public Void visitTry(TryTree t, Void unused) {
                Set<String> here = new HashSet<>();
                for (CatchTree c : t.getCatches()) {
                    here.addAll(List.of(c.getParameter().getType().toString().split(" \\| ", -1)));
                }
                caught.push(here);
                scan(t.getResources(), null);
                scan(t.getBlock(), null);
                caught.pop();
                scan(t.getCatches(), null);
                scan(t.getFinallyBlock(), null);
                return null;
            }

            @Override
            public Void visitThrow(ThrowTree t, Void unused) {
                if (t.getExpression() instanceof NewClassTree made) {
                    add(made.getIdentifier().toString());
                }
                return super.visitThrow(t, null);
            }

            @Override
            public Void visitClass(ClassTree inner, Void unused) {
                return null; // what its methods throw is theirs
            }

            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
                ExpressionTree called = call.getMethodSelect();
                if (called instanceof IdentifierTree bare) {
                    for (Tree member : type.getMembers()) {
                        if (member instanceof MethodTree m
                                && !visible(type, m)
                                && m.getName().equals(bare.getName())
                                && m.getParameters().size()
                                        == call.getArguments().size()) {
                            Set<String> further = new TreeSet<>();
                            collect(new TreePath(path.getParentPath(), m), m, further, seen);
                            further.forEach(this::add);
                        }
                    }
                }
                return super.visitMethodInvocation(call, null);
            }

            private void add(String name) {
                String simple = name.substring(name.lastIndexOf('.') + 1);
                if (caught.stream().noneMatch(c -> c.contains(simple))) {
                    names.add(simple);
                }
            }
        }.scan(new TreePath(path, method.getBody()), null);
    }
}
