package io.github.hecnn.mlr.roles;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Reads compiled classes: whatever code names, it names in its constant pool. */
public final class ClassConstants {
    private static final String PROJECT = "io/github/hecnn/";

    private ClassConstants() {}

    /**
     * Classes of the project that some class names, or a class it names, and so on.
     *
     * @param start a class
     * @param through whether to look into a class that was named
     * @return each class with one that names it
     */
    public static Map<String, String> reachable(Class<?> start, Predicate<String> through) throws IOException {
        Map<String, String> reachedFrom = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>(Set.of(start.getName().replace('.', '/')));
        reachedFrom.put(open.peek(), "");
        while (!open.isEmpty()) {
            String name = open.pop();
            for (String other : projectClasses(constants(name))) {
                if (reachedFrom.putIfAbsent(other, name) == null && through.test(other)) {
                    open.push(other);
                }
            }
        }
        return reachedFrom;
    }

    static Set<String> projectClasses(Set<String> constants) {
        Set<String> out = new TreeSet<>();
        for (String text : constants) {
            // Class names stand alone, in descriptors as Lname; and in signatures as Lname<.
            for (String part : text.split("[^A-Za-z0-9_/$]", -1)) {
                int at = part.indexOf(PROJECT);
                if (at >= 0 && exists(part.substring(at))) {
                    out.add(part.substring(at));
                }
            }
        }
        return out;
    }

    private static boolean exists(String name) {
        return ClassConstants.class.getClassLoader().getResource(name + ".class") != null;
    }

    /** All texts of a class file's constant pool. */
    public static Set<String> constants(String name) throws IOException {
        Set<String> texts = new TreeSet<>();
        try (InputStream file = ClassConstants.class.getClassLoader().getResourceAsStream(name + ".class");
                DataInputStream in = new DataInputStream(file)) {
            in.readInt();
            in.readInt();
            int count = in.readUnsignedShort();
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts.add(in.readUTF());
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> in.readInt();
                    case 5, 6 -> {
                        in.readLong();
                        i++; // takes two entries
                    }
                    case 7, 8, 16, 19, 20 -> in.readUnsignedShort();
                    case 15 -> {
                        in.readUnsignedByte();
                        in.readUnsignedShort();
                    }
                    default -> throw new IOException("constant pool of " + name + ": unknown tag " + tag);
                }
            }
        }
        return texts;
    }
}
