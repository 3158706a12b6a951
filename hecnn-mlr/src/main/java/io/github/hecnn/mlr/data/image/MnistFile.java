package io.github.hecnn.mlr.data.image;

import io.github.hecnn.core.files.Sha256;
import io.github.hecnn.mlr.data.DataFormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The four files of MNIST, or of a data set in its form: their names, and the SHA-256 of MNIST's content unpacked. */
public enum MnistFile {
    /** 60,000 images to learn from. */
    TRAINING_IMAGES("train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
    /** Their classes. */
    TRAINING_LABELS("train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    /** 10,000 images to test on. */
    TEST_IMAGES("t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    /** Their classes. */
    TEST_LABELS("t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

    /** The folder they lie in, inside the data folder. */
    public static final String FOLDER = "mnist";

    /** Where other tools put them; in any case. */
    private static final List<List<String>> PLACES =
            List.of(List.of(FOLDER), List.of(), List.of(FOLDER, "raw"), List.of("raw"));

    private final String name;
    private final String sha256;

    MnistFile(String name, String sha256) {
        this.name = name;
        this.sha256 = sha256;
    }

    /** {@return its usual name, packed} */
    public String gzipName() {
        return name + ".gz";
    }

    /** {@return SHA-256 of MNIST's content, unpacked, in hexadecimal} */
    public String sha256() {
        return sha256;
    }

    /**
     * A file that was found.
     *
     * @param file plain or gzip
     * @param notes which other files have the same name and content
     */
    public record Found(Path file, List<String> notes) {}

    /**
     * {@return the file in a data folder: in it, in mnist/, in raw/ or in mnist/raw/, packed or not, under its name or one that other tools make
     * of it, such as {@code train-images.idx3-ubyte}, also inside a folder of such a name; upper and lower case are the same}
     *
     * @param data folder with the files, or with a folder {@code mnist} that has them
     * @throws DataFormatException if it is not there, or there are several with different contents
     * @throws UncheckedIOException if the folder or a file cannot be read
     */
    public Found in(Path data) {
        Map<Path, Path> found = new LinkedHashMap<>(); // by real path: a folder may be reached in two ways
        try {
            for (List<String> place : PLACES) {
                for (Path folder : folders(data, place)) {
                    collect(folder, true, found);
                }
            }
            if (found.isEmpty()) {
                throw new DataFormatException("read MNIST: expected "
                        + data.resolve(FOLDER).resolve(name)
                        + " or the same with .gz, found neither, nor under another usual name in it, " + FOLDER
                        + "/, raw/ or " + FOLDER + "/raw/; name the folder that contains " + FOLDER
                        + "/, or fetch it with MnistDownload.into");
            }
            return one(new ArrayList<>(found.values()));
        } catch (IOException e) {
            throw new UncheckedIOException("read MNIST in " + data, e);
        }
    }

    private static List<Path> folders(Path data, List<String> names) throws IOException {
        List<Path> folders = List.of(data);
        for (String each : names) {
            List<Path> below = new ArrayList<>();
            for (Path folder : folders) {
                for (Path entry : entries(folder)) {
                    if (Files.isDirectory(entry)
                            && entry.getFileName().toString().equalsIgnoreCase(each)) {
                        below.add(entry);
                    }
                }
            }
            folders = below;
        }
        return folders;
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    private void collect(Path folder, boolean inside, Map<Path, Path> found) throws IOException {
        for (Path entry : entries(folder)) {
            if (!usual(entry.getFileName().toString()).equals(name)) {
                continue;
            }
            if (Files.isRegularFile(entry)) {
                found.putIfAbsent(entry.toRealPath(), entry);
            } else if (inside && Files.isDirectory(entry)) {
                collect(entry, false, found);
            }
        }
    }

    /** The original name behind one of its variants. */
    private static String usual(String variant) {
        return variant.toLowerCase(Locale.ROOT)
                .replaceFirst("\\.(gz|gzip|z)$", "")
                .replaceFirst("\\.(idx|bin|dat)$", "")
                .replaceFirst("-(gz|idx)$", "")
                .replace('.', '-')
                .replace('_', '-')
                .replaceFirst("^test-", "t10k-");
    }

    private static Found one(List<Path> files) throws IOException {
        List<String> notes = new ArrayList<>();
        Path first = files.get(0);
        String content = files.size() == 1 ? "" : content(first);
        for (Path other : files.subList(1, files.size())) {
            if (!content(other).equals(content)) {
                throw new DataFormatException("read MNIST: expected one file, found " + first + " and " + other
                        + " with different contents; remove one of them");
            }
            notes.add(first + " was read; " + other + " has the same content.");
        }
        return new Found(first, notes);
    }

    private static String content(Path file) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
            raw.mark(2);
            boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            return Sha256.of(gzip ? new GZIPInputStream(raw) : raw);
        } catch (java.util.zip.ZipException | java.io.EOFException damaged) {
            return Sha256.of(file); // reading it will say what is wrong
        }
    }
}
