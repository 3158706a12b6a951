package io.github.hecnn.core.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Files that belong together: they appear in their folder all at once or not at all, and those they replace stay until then.
 *
 * <p>Each is written under a hidden temporary name beside its place. {@link #commit} makes them last on the disk, notes in a
 * journal what is left to do, and does it; if it is stopped after the note, the next {@link FileSet} or {@link FolderLock} of that
 * folder goes on, if before, it clears away. Last comes the file that was made last, the one that names the others; if it replaces
 * one among others, the old one goes first. {@link #close} discards what was not committed, and so does an ordinary end of the
 * process.
 *
 * <p>Links are followed as by {@link AtomicFile}; a device or pipe is refused. Not thread-safe.
 */
public final class FileSet implements AutoCloseable {
    private final Path folder;
    private final String set = Leftovers.newSet();
    private final Map<String, TemporaryFile> files = new LinkedHashMap<>();
    private final TreeSet<Path> madeFolders = new TreeSet<>();
    private Pattern retired = Pattern.compile("(?!)");

    private FileSet(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /**
     * A set of files in a folder, which is made if need be.
     *
     * @param folder where the files will be
     * @return an empty set
     * @throws IOException if the folder cannot be made or written to, or a set that an ended process has left there cannot be finished
     */
    public static FileSet in(Path folder) throws IOException {
        requireWritable(folder);
        Clearing.clear(folder);
        return new FileSet(folder);
    }

    /**
     * Makes sure, before hours of work, that a folder can be written to, and makes it if need be.
     *
     * @throws IOException if not
     */
    public static void requireWritable(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
            Path probe = folder.resolve(Leftovers.temporaryName("probe", Leftovers.newSet(), false));
            Leftovers.deleteAtExit(probe);
            Files.createFile(probe);
            Leftovers.discard(probe);
        } catch (FileSystemException e) {
            throw Wording.unwritable(folder, folder, e);
        }
    }

    /**
     * Makes sure, before hours of work, that there is room for its results.
     *
     * @param folder an existing folder
     * @param bytes all files of the set together
     * @throws IOException if a file that large has no room; the text has the bytes needed and free
     */
    public static void requireRoom(Path folder, long bytes) throws IOException {
        long free = Disk.active.free(folder);
        if (free >= 0 && free < bytes) {
            throw Wording.full(folder, bytes, 0, free, null);
        }
    }

    /**
     * Begins a file.
     *
     * @param name in the folder, at most one level below it: letters, digits, {@code . _ -}, and a slash after the subfolder
     * @param access who may read it; a subfolder made for it is for the same
     * @param bytes its size, or {@link AtomicFile#UNKNOWN_BYTES}
     * @return a buffered stream, to be closed before {@link #commit}
     * @throws IllegalArgumentException if the name is another one, or taken
     * @throws IOException as {@link AtomicFile#write}, and if there is a device or a pipe of that name
     */
    public OutputStream create(String name, Access access, long bytes) throws IOException {
        if (!Journal.NAME.matcher(name).matches() || files.containsKey(name)) {
            throw new IllegalArgumentException("FileSet.create: expected a new name of letters, digits and ._-, found '"
                    + name + "'; choose another one");
        }
        Path named = folder.resolve(name);
        boolean sub = !named.getParent().equals(folder);
        if (sub && !Files.isDirectory(named.getParent())) {
            try {
                TemporaryFile.makeFolder(named.getParent(), access);
                madeFolders.add(named.getParent());
            } catch (FileSystemException e) {
                throw Wording.unwritable(named, named.getParent(), e);
            }
        }
        Target target = Target.of(named);
        if (target.special()) {
            throw new IOException("write " + named + ": expected a file or nothing, found a device or pipe; remove it,"
                    + " or choose another folder");
        }
        TemporaryFile file = TemporaryFile.begin(target, access, bytes, set, sub);
        files.put(name, file);
        return file;
    }

    /** Writes a whole file; see {@link #create}. */
    public void write(String name, Access access, long bytes, AtomicFile.Content content) throws IOException {
        try (OutputStream out = create(name, access, bytes)) {
            content.writeTo(out);
        }
    }

    /** Writes a whole text file in UTF-8; see {@link #create}. */
    public void write(String name, Access access, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(name, access, bytes.length, out -> out.write(bytes));
    }

    /**
     * Where a file lies until it is committed, to read it once more before.
     *
     * @throws IllegalStateException if there is none of that name
     */
    public Path pending(String name) {
        TemporaryFile file = files.get(name);
        if (file == null) {
            throw new IllegalStateException(
                    "FileSet.pending: expected a file made by create, found none named " + name + "; create it first");
        }
        return file.path();
    }

    /**
     * Files of an earlier set, to be deleted with the commit of this one; none of this set is.
     *
     * @param ownNames names in the folder, or in its subfolders with a slash, that only such a set can have
     */
    public void retire(Pattern ownNames) {
        retired = ownNames;
    }

    /**
     * Gives every file its name and deletes the retired ones, all or nothing.
     *
     * @throws IllegalStateException if a stream is still open or has failed
     * @throws IOException if a name cannot be given; what could not be done is then done by whoever opens the folder next
     */
    public void commit() throws IOException {
        List<Journal.Step> steps = steps();
        if (steps.isEmpty()) {
            return;
        }
        files.values().stream().map(f -> f.target().folder()).distinct().forEach(Disk.active::force);
        if (steps.size() == 1 && files.size() == 1) {
            files.values().iterator().next().place();
        } else {
            files.values().forEach(f -> Leftovers.keepAtExit(f.path()));
            Journal journal;
            try {
                journal = Journal.write(folder, set, steps);
            } catch (IOException e) {
                files.values().forEach(f -> Leftovers.deleteAtExit(f.path()));
                throw e;
            }
            // From here on the set is decided: what fails now is done by whoever comes next.
            List<Path> written =
                    files.values().stream().map(TemporaryFile::path).toList();
            files.clear();
            try {
                journal.run();
            } finally {
                written.forEach(Leftovers::forget);
            }
        }
        files.clear();
        madeFolders.clear();
    }

    private List<Journal.Step> steps() throws IOException {
        List<Journal.Step> steps = new ArrayList<>();
        String last = "";
        int replaced = 0;
        for (Map.Entry<String, TemporaryFile> file : files.entrySet()) {
            if (!file.getValue().isComplete()) {
                throw new IllegalStateException(
                        "FileSet.commit: expected whole files, found an open or failed stream of " + file.getKey()
                                + "; close it, or close the set");
            }
            last = file.getKey();
            replaced += Files.exists(folder.resolve(last)) ? 1 : 0;
            steps.add(new Journal.Step(file.getValue().path().getFileName().toString(), last));
        }
        if (replaced > 1 && Files.isRegularFile(folder.resolve(last), LinkOption.NOFOLLOW_LINKS)) {
            steps.add(0, new Journal.Step(null, last));
        }
        for (Path entry : Leftovers.entries(folder)) {
            addRetired(entry, steps);
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                for (Path below : Leftovers.entries(entry)) {
                    addRetired(below, steps);
                }
            }
        }
        return steps;
    }

    private void addRetired(Path file, List<Journal.Step> steps) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        boolean ours =
                Journal.NAME.matcher(name).matches() && retired.matcher(name).matches();
        if (ours && !files.containsKey(name) && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            steps.add(new Journal.Step(null, name));
        }
    }

    /** Discards what was not committed. */
    @Override
    public void close() {
        files.values().forEach(TemporaryFile::discard);
        files.clear();
        madeFolders.forEach(Leftovers::deleteIfEmpty);
        madeFolders.clear();
    }
}
