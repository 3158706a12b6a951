package io.github.hecnn.cli.inspect;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a file or folder is.
 *
 * @param path as it was given, or within the folder that was given
 * @param kind in words
 * @param bytes of the file; of all files in a folder
 * @param details by name, in order
 * @param files that it names, and how they are
 * @param inside of a folder, what is worth telling
 * @param problem null if all that was looked at is as it should be
 */
record Inspection(
        String path,
        String kind,
        long bytes,
        Map<String, Object> details,
        Named files,
        List<Inspection> inside,
        String problem) {
    private static final int WIDTH = 22;

    /**
     * Files that a file names with their checksums.
     *
     * @param count how many
     * @param bytes of all of them together
     * @param checked whether their content was compared with the checksums, and not only their length
     * @param problems one for each that is missing or another
     */
    record Named(int count, long bytes, boolean checked, List<String> problems) {}

    /** Of a file that names no others. */
    static Inspection of(String path, String kind, long bytes, Map<String, Object> details) {
        return new Inspection(path, kind, bytes, details, null, List.of(), null);
    }

    /** A file that is not what it seems to be. */
    static Inspection broken(String path, long bytes, String problem) {
        return new Inspection(path, "damaged", bytes, Map.of(), null, List.of(), problem);
    }

    /** Everything that is wrong with it. */
    long problems() {
        return (problem == null ? 0 : 1)
                + (files == null ? 0 : files.problems().size())
                + inside.stream().mapToLong(Inspection::problems).sum();
    }

    void print(PrintStream to) {
        to.println(path + ": " + kind + ", " + size(bytes));
        details.forEach((name, value) -> line(to, name, text(value)));
        if (files != null) {
            line(
                    to,
                    "files",
                    files.count() + ", " + size(files.bytes())
                            + (files.problems().isEmpty()
                                    ? files.checked() ? ", checksums compared" : ", all there"
                                    : ""));
            files.problems().forEach(p -> line(to, "", p));
        }
        if (problem != null) {
            line(to, "problem", problem);
        }
        inside.forEach(i -> i.print(to));
    }

    private static void line(PrintStream to, String name, String value) {
        to.printf(Locale.ROOT, "  %-" + WIDTH + "s %s%n", name, value);
    }

    private static String text(Object value) {
        return value instanceof Double d ? String.format(Locale.ROOT, "%.6g", d) : value.toString();
    }

    static String size(long bytes) {
        return bytes < 1000
                ? bytes + " bytes"
                : bytes < 1_000_000
                        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
