package io.github.hecnn.core.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is left to do for a set of files once all are written. As long as the journal lies in the folder, whoever opens the folder
 * next does it; so the set is decided by one rename, that of the journal.
 */
final class Journal {
    /** Names inside a folder, at most one level deep; nothing that leads out of it. */
    static final Pattern NAME = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*/)?[A-Za-z0-9][A-Za-z0-9._-]*");

    private static final String HEAD = "hecnn set 1";
    private static final String END = "end";
    private static final int MOST_STEPS = 100_000;

    private final Path file;
    private final List<Step> steps;

    /**
     * A rename or a deletion.
     *
     * @param temporary name of the temporary file beside its target, or null to delete
     * @param name in the folder
     */
    record Step(String temporary, String name) {}

    private Journal(Path file, List<Step> steps) {
        this.file = file;
        this.steps = List.copyOf(steps);
    }

    /** Writes it; from then on the set is decided. */
    static Journal write(Path folder, String set, List<Step> steps) throws IOException {
        Path file = folder.resolve(Leftovers.journalName(set));
        List<String> lines = new ArrayList<>(List.of(HEAD));
        steps.forEach(s -> lines.add((s.temporary == null ? "" : s.temporary) + "\t" + s.name));
        lines.add(END);
        byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        Leftovers.keepAtExit(file);
        try {
            TemporaryFile out = TemporaryFile.begin(Target.of(file), Access.OWNER_ONLY, text.length, set, false);
            try {
                try (out) {
                    out.write(text);
                }
                out.place();
            } catch (IOException e) {
                out.discard();
                throw e;
            }
        } catch (IOException e) {
            Leftovers.forget(file);
            throw e;
        }
        return new Journal(file, steps);
    }

    /** Reads one that another process has left. */
    static Journal read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        boolean whole = lines.size() >= 2
                && lines.size() <= MOST_STEPS
                && lines.get(0).equals(HEAD)
                && lines.get(lines.size() - 1).equals(END);
        List<Step> steps = new ArrayList<>();
        for (String line : whole ? lines.subList(1, lines.size() - 1) : lines) {
            String[] words = line.split("\t", -1);
            boolean fits = whole
                    && words.length == 2
                    && NAME.matcher(words[1]).matches()
                    && (words[0].isEmpty()
                            || Leftovers.TEMPORARY.matcher(words[0]).matches());
            if (!fits) {
                throw new IOException("finish the files of " + file.getParent()
                        + ": expected a list of names in that folder in " + file.getFileName()
                        + ", found something else; delete that file");
            }
            steps.add(new Step(words[0].isEmpty() ? null : words[0], words[1]));
        }
        return new Journal(file, steps);
    }

    /** Does what is not done yet; may be repeated. */
    void run() throws IOException {
        try {
            finish();
        } finally {
            Leftovers.forget(file);
        }
    }

    private void finish() throws IOException {
        Path folder = file.getParent();
        Set<Path> touched = new LinkedHashSet<>();
        for (Step step : steps) {
            Path named = folder.resolve(step.name);
            if (!named.getParent().equals(folder) && Files.isSymbolicLink(named.getParent())) {
                throw new IOException("write " + named + ": expected a folder, found a link; remove it");
            }
            if (step.temporary == null) {
                // A file that goes first and comes again last: once it has come, it stays.
                if (!placed(step.name)) {
                    delete(folder, named);
                }
            } else {
                place(named, step.temporary, touched);
            }
        }
        touched.forEach(Disk.active::force);
        Disk.active.delete(file);
        Disk.active.force(folder);
    }

    /** Whether one of the renames has given a file that name. */
    private boolean placed(String name) throws IOException {
        for (Step step : steps) {
            if (step.temporary != null && step.name.equals(name)) {
                return !Files.exists(
                        Target.of(file.resolveSibling(name)).sibling(step.temporary), LinkOption.NOFOLLOW_LINKS);
            }
        }
        return false;
    }

    private static void place(Path named, String temporary, Set<Path> touched) throws IOException {
        Target target = Target.of(named);
        Path from = target.sibling(temporary);
        if (Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Disk.active.move(from, target.file());
            } catch (FileSystemException e) {
                throw Wording.unwritable(named, target.folder(), e);
            }
            touched.add(target.folder());
        }
        Leftovers.forget(from);
    }

    private static void delete(Path folder, Path named) throws IOException {
        if (!Files.isDirectory(named, LinkOption.NOFOLLOW_LINKS)) {
            Disk.active.delete(named);
        }
        if (!named.getParent().equals(folder)) {
            Leftovers.deleteIfEmpty(named.getParent());
        }
    }
}
