package io.github.hecnn.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that the Java sources of all modules declare. */
final class Sources {
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|record|enum) ([A-Z]\\w*)");

    /** Of the platform and of libraries, and spellings that only look like a type. */
    private static final Set<String> ELSEWHERE = Set.of(
            "SecureRandom",
            "BigDecimal",
            "Math",
            "Path",
            "List",
            "String",
            "Object",
            "DoubleVector",
            "Thread",
            "Throwable",
            "IllegalArgumentException",
            "IllegalStateException",
            "OutOfMemoryError",
            "UncheckedIOException",
            "IOException");

    private final Map<String, StringBuilder> texts = new HashMap<>();
    private final Set<String> packages = new HashSet<>();

    private Sources() {}

    static Sources read() throws IOException {
        Sources out = new Sources();
        for (Path file : Docs.sources()) {
            String text = Files.readString(file);
            Matcher m = TYPE.matcher(text);
            while (m.find()) {
                out.texts.computeIfAbsent(m.group(1), k -> new StringBuilder()).append(text);
            }
            String folder = Docs.name(file.getParent());
            int at = folder.indexOf("io/github/hecnn/");
            if (at >= 0) {
                out.packages.add(
                        folder.substring(at + "io/github/hecnn/".length()).replace('/', '.'));
            }
        }
        return out;
    }

    /** A package by its name after io.github.hecnn. */
    boolean hasPackage(String name) {
        return packages.contains(name);
    }

    /**
     * Whether there is such a type, and in its file such a member.
     *
     * @param type a name, or names of nested types with points
     * @param member a method, constant or field, or null
     */
    boolean knows(String type, String member) {
        String[] names = type.split("\\.", -1);
        if (ELSEWHERE.contains(names[0])) {
            return true;
        }
        for (String name : names) {
            if (!texts.containsKey(name)) {
                return false;
            }
        }
        return member == null
                || Pattern.compile("\\b" + member + "\\b")
                        .matcher(texts.get(names[names.length - 1]))
                        .find();
    }
}
