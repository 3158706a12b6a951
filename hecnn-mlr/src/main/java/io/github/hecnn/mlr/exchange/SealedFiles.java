package io.github.hecnn.mlr.exchange;

import io.github.hecnn.core.files.Sha256;
import io.github.hecnn.mlr.data.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Files whose length and checksum are what somebody said they are. For one thread. */
public final class SealedFiles {
    /** Nothing that leads out of the folder. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,60}\\.(bin|ckks)");

    private final Path folder;
    private final List<FileSeal> seals;
    private final String fix;
    private final Map<String, Path> checked = new HashMap<>();

    /**
     * Files that are checked when they are asked for.
     *
     * @param folder where they lie
     * @param seals what was said about them
     * @param fix said at the end of an error
     */
    public SealedFiles(Path folder, List<FileSeal> seals, String fix) {
        this.folder = folder;
        this.seals = List.copyOf(seals);
        this.fix = fix;
    }

    /**
     * Checks them all at once.
     *
     * @return this
     * @throws DataFormatException if a file is missing, truncated, damaged or foreign
     * @throws IOException if a file cannot be read
     */
    public SealedFiles checkAll() throws IOException {
        for (FileSeal seal : seals) {
            get(seal.name());
        }
        return this;
    }

    /**
     * {@return a file of the list, once it has been checked}
     *
     * @param name without a path
     * @throws DataFormatException if the list does not have it, or it is missing, truncated, damaged or foreign
     * @throws IOException if a file cannot be read
     */
    public Path get(String name) throws IOException {
        Path file = checked.get(name);
        if (file == null) {
            FileSeal seal = seals.stream()
                    .filter(s -> s.name().equals(name) && NAME.matcher(name).matches())
                    .findFirst()
                    .orElseThrow(() -> new DataFormatException("read " + folder.resolve(name)
                            + ": expected its checksum in the list of files, found none; " + fix));
            file = check(seal);
            checked.put(name, file);
        }
        return file;
    }

    private Path check(FileSeal seal) throws IOException {
        Path file = folder.resolve(seal.name());
        if (!Files.isRegularFile(file)) {
            throw new DataFormatException("read " + file + ": expected a file, found none; " + fix);
        }
        long bytes = Files.size(file);
        if (bytes != seal.bytes()) {
            throw new DataFormatException("read " + file + ": expected " + seal.bytes() + " bytes, found " + bytes
                    + "; the file is truncated or foreign, " + fix);
        }
        String hash = Sha256.of(file);
        if (!hash.equals(seal.sha256())) {
            throw new DataFormatException("read " + file + ": expected SHA-256 " + shorten(seal.sha256()) + ", found "
                    + shorten(hash) + "; the file is damaged or foreign, " + fix);
        }
        return file;
    }

    private static String shorten(String hash) {
        return hash.length() <= 12 ? hash : hash.substring(0, 12) + "...";
    }
}
