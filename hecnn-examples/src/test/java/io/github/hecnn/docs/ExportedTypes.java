package io.github.hecnn.docs;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The public types of packages that the libraries export to everybody. */
final class ExportedTypes {
    private static final Pattern EXPORT = Pattern.compile("exports ([\\w.]+);");
    private static final List<String> LIBRARIES = List.of("hecnn-core", "hecnn-ckks", "hecnn-mlr");

    private ExportedTypes() {}

    /** By module, package and name. */
    static List<Class<?>> all() throws IOException {
        List<Class<?>> out = new ArrayList<>();
        for (String library : LIBRARIES) {
            Path sources = Docs.ROOT.resolve(library).resolve("src/main/java");
            String descriptor = Files.readString(sources.resolve("module-info.java"));
            List<String> exported =
                    EXPORT.matcher(descriptor).results().map(MatchResult::group).toList();
            if (exported.isEmpty()) {
                throw new IllegalStateException(library + " exports nothing");
            }
            for (String export : exported) {
                String name = export.substring("exports ".length(), export.length() - 1);
                addPublic(out, name, sources.resolve(name.replace('.', '/')));
            }
        }
        return out;
    }

    private static void addPublic(List<Class<?>> out, String name, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".java") && !f.equals("package-info.java"))
                    .sorted()
                    .map(f -> load(name + "." + f.substring(0, f.length() - ".java".length())))
                    .filter(c -> Modifier.isPublic(c.getModifiers()))
                    .forEach(out::add);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ExportedTypes.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
