package io.github.hecnn.core.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of hidden temporary files, {@code .NAME.SET.PID.hecnn}, and what becomes of them when a process ends early: an ordinary
 * end deletes them, after a kill the next process does ({@link Clearing}). A file whose process still runs is left alone.
 */
final class Leftovers {
    /** Of a temporary file beside its target; {@code -sub}: in a subfolder of its set. */
    static final Pattern TEMPORARY = Pattern.compile("\\.[^/\\\\]*\\.[0-9a-f]{16}\\.(\\d{1,18})\\.hecnn(-sub)?");

    /** Of a journal in its folder. */
    static final Pattern JOURNAL = Pattern.compile("\\.set\\.[0-9a-f]{16}\\.(\\d{1,18})\\.hecnn-commit");

    private static final int LONGEST_NAME = 40;

    /** Files of this process, and whether its end deletes them. */
    private static final Map<Path, Boolean> MINE = new ConcurrentHashMap<>();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> MINE.forEach((file, delete) -> {
                    if (delete) {
                        discard(file);
                    }
                })));
    }

    private Leftovers() {}

    /** Names a set. */
    static String newSet() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    static String temporaryName(String name, String set, boolean sub) {
        String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        return "." + shown + "." + set + "." + ProcessHandle.current().pid() + ".hecnn" + (sub ? "-sub" : "");
    }

    static String journalName(String set) {
        return ".set." + set + "." + ProcessHandle.current().pid() + ".hecnn-commit";
    }

    /** From now on the end of the process deletes it. */
    static void deleteAtExit(Path file) {
        MINE.put(file.toAbsolutePath(), true);
    }

    /** From now on it is left for whoever finishes the set. */
    static void keepAtExit(Path file) {
        MINE.put(file.toAbsolutePath(), false);
    }

    /** It has its name, or is gone. */
    static void forget(Path file) {
        MINE.remove(file.toAbsolutePath());
    }

    /** Deletes it if it is there. */
    static void discard(Path file) {
        try {
            Disk.active.delete(file);
        } catch (IOException leftBehind) {
            // A temporary file that cannot be deleted harms nobody, and the next start tries again.
        }
        forget(file);
    }

    static void deleteIfEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException somethingInIt) {
            // It stays.
        }
    }

    static List<Path> entries(Path folder) throws IOException {
        List<Path> out = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                stream.forEach(out::add);
            }
        }
        return out;
    }

    /** Whether a file of that kind belongs to a process that is gone. */
    static boolean abandoned(Path file, Pattern kind) {
        Matcher name = kind.matcher(file.getFileName().toString());
        if (!name.matches() || MINE.containsKey(file.toAbsolutePath())) {
            return false;
        }
        long process = Long.parseLong(name.group(1));
        boolean mine = process == ProcessHandle.current().pid(); // of an earlier process of that number: see above
        return (mine || ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty())
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
