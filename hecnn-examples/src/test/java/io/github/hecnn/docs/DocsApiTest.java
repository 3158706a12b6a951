package io.github.hecnn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a version could do the next one can, or its changelog says what to do instead: every public type and member of docs/api.txt is still
 * there, or a Migration line of the newest section names it. {@code -Dhecnn.api=write} writes the file, which is done when a version is
 * released.
 */
class DocsApiTest {
    private static final Path FILE = Docs.FOLDER.resolve("api.txt");
    private static final Pattern MIGRATION = Pattern.compile("\\*\\*Migration\\*\\*");
    private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");

    @Test
    void whatIsGoneHasAMigrationLine() throws IOException {
        Set<String> now = signatures();
        if ("write".equals(System.getProperty("hecnn.api"))) {
            Files.write(FILE, now);
        }
        Set<String> before = new TreeSet<>(Files.readAllLines(FILE));
        assertThat(before).hasSizeGreaterThan(2000);
        String migrations = migrations(Files.readString(Docs.FOLDER.resolve("changelog.md")));
        assertThat(before.stream().filter(s -> !now.contains(s) && !isNamed(s, migrations)))
                .as(
                        "public API that is gone or different without a line of docs/changelog.md that begins with **Migration** "
                                + "and names the type, the member or the package")
                .isEmpty();
    }

    @Test
    void whatNobodyNamesIsFound() throws IOException {
        String migrations = migrations("""
                # Changelog

                ## 0.3.0
                - More. **Migration**: turn by `Wheel.turn`.
                - `Axle` is new.

                ## 0.2.0
                - **Migration**: `Spoke` is gone.
                """);
        assertThat(isNamed("io.github.hecnn.ckks.scheme.Wheel", migrations)).isTrue();
        assertThat(isNamed("io.github.hecnn.ckks.scheme.Wheel turn(int): void", migrations))
                .isTrue();
        assertThat(isNamed("io.github.hecnn.ckks.scheme.Axle by(int): void", migrations))
                .isFalse();
        assertThat(isNamed("io.github.hecnn.ckks.scheme.Spoke", migrations)).isFalse();
        assertThat(signatures())
                .contains(
                        "io.github.hecnn.ckks.scheme.Evaluator add(Ciphertext, Ciphertext): Ciphertext",
                        "io.github.hecnn.ckks.params.CkksParameters");
    }

    /** What stands in code spans of the items of the newest section that say how to migrate. */
    private static String migrations(String changelog) {
        String newest = changelog.split("(?m)^## ", 3)[1];
        return Stream.of(newest.split("(?m)^(?=- )|^$|^#.*$", -1))
                .filter(item -> MIGRATION.matcher(item).find())
                .flatMap(item -> CODE_SPAN.matcher(item).results())
                .map(span -> span.group(1))
                .collect(Collectors.joining("\n"));
    }

    private static boolean isNamed(String signature, String migrations) {
        String type = signature.replaceFirst(" .*", "");
        String member = signature.contains(" ") ? signature.replaceFirst("\\S+ (\\w+).*", "$1") : "";
        String name = type.substring(type.lastIndexOf('.') + 1);
        String home = type.substring(0, type.lastIndexOf('.')).replaceFirst("io\\.github\\.hecnn\\.", "");
        return Stream.of(name, member, home)
                .filter(n -> !n.isEmpty())
                .anyMatch(n -> Pattern.compile("\\b" + Pattern.quote(n) + "\\b")
                        .matcher(migrations)
                        .find());
    }

    private static Set<String> signatures() throws IOException {
        Set<String> out = new TreeSet<>();
        for (Class<?> type : ExportedTypes.all()) {
            add(out, type, type.getName());
        }
        return out;
    }

    private static void add(Set<String> out, Class<?> type, String name) {
        out.add(name);
        List<Member> members = new ArrayList<>(List.of(type.getDeclaredFields()));
        members.addAll(List.of(type.getDeclaredConstructors()));
        members.addAll(List.of(type.getDeclaredMethods()));
        boolean open = !Modifier.isFinal(type.getModifiers());
        for (Member m : members) {
            boolean seen = Modifier.isPublic(m.getModifiers()) || (open && Modifier.isProtected(m.getModifiers()));
            if (seen && !m.isSynthetic()) {
                out.add(name + " " + signature(m));
            }
        }
        for (Class<?> inner : type.getDeclaredClasses()) {
            if (Modifier.isPublic(inner.getModifiers())) {
                add(out, inner, name + "." + inner.getSimpleName());
            }
        }
    }

    private static String signature(Member member) {
        if (member instanceof Field f) {
            return f.getName() + ": " + f.getType().getSimpleName();
        }
        String parameters = Stream.of(((Executable) member).getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", "(", ")"));
        if (member instanceof Constructor<?> c) {
            return c.getDeclaringClass().getSimpleName() + parameters;
        }
        return member.getName() + parameters + ": "
                + ((Method) member).getReturnType().getSimpleName();
    }
}
