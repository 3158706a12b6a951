package io.github.hecnn.mlr.encoder.image;

import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder with a subfolder for each class, named like it, with PNG and JPEG images in it or in folders below. Files are found and named when the
 * folder is read, and decoded when they are asked for. Immutable and thread-safe, as long as the files stay as they are.
 *
 * <p>Names that begin with a point, {@code Thumbs.db} and {@code desktop.ini} are passed over, and so are other files than images beside the folders of
 * classes. Symbolic links are followed. Grey images get three equal channels, alpha is dropped, 16 bits are rounded to 8, colour profiles and the
 * turn of a camera are not looked at; CMYK is refused. Decoding needs the module {@code java.desktop}, which is there on the class path; on the module path
 * add it with {@code --add-modules}.
 */
public final class ImageFolder extends LabeledImages {
    private static final long MAX_FILE_BYTES = 256L << 20;
    private static final Set<String> LITTER = Set.of("thumbs.db", "desktop.ini");
    private static final Set<String> PARTS = Set.of("train", "test", "val", "valid", "validation");

    private final List<Path> files;

    private ImageFolder(Path folder, List<String> classNames, List<Path> files, List<Integer> labels) {
        super(
                "images of " + folder.toAbsolutePath().normalize().getFileName(),
                labels.stream().mapToInt(i -> i).toArray(),
                classNames);
        this.files = List.copyOf(files);
    }

    /**
     * Finds the images of a folder. Classes are sorted by size if all names are integers, otherwise by alphabet.
     *
     * @param folder with a subfolder for each class
     * @return the images
     * @throws DataFormatException if there are fewer than 2 subfolders, two differ by capital letters only, one has no image or something
     *     else than images, or images lie beside the subfolders
     * @throws UncheckedIOException if there is no such folder or it cannot be read
     */
    public static ImageFolder read(Path folder) {
        return find(folder, null);
    }

    /**
     * Finds the images of a folder whose classes are known, such as those of training images.
     *
     * @param folder with a subfolder for each class
     * @param classNames of all classes; not each needs a subfolder
     * @return the images
     * @throws DataFormatException as the other method, and for a subfolder of another name
     * @throws UncheckedIOException as the other method
     */
    public static ImageFolder read(Path folder, List<String> classNames) {
        return find(folder, List.copyOf(classNames));
    }

    private static ImageFolder find(Path folder, List<String> known) {
        if (!Files.isDirectory(folder)) {
            throw new UncheckedIOException(
                    new IOException(folder + ": expected a folder with a subfolder for each class, found "
                            + (Files.exists(folder) ? "a file" : "none") + "; check the path"));
        }
        List<String> names = classes(folder, known);
        List<String> all = known == null ? names : known;
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (String name : names) {
            List<Path> found = images(folder.resolve(name));
            files.addAll(found);
            int label = all.indexOf(name);
            found.forEach(f -> labels.add(label));
        }
        return new ImageFolder(folder, all, files, labels);
    }

    private static List<String> classes(Path folder, List<String> known) {
        List<String> names = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                String name = entry.getFileName().toString();
                if (hidden(name)) {
                    continue;
                }
                if (Files.isDirectory(entry)) {
                    names.add(name);
                } else if (looksLikeImage(name)) {
                    throw new DataFormatException(
                            entry + ": expected images in subfolders named like their classes only,"
                                    + " found one beside them; move it into the subfolder of its class");
                }
            }
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        if (!names.isEmpty() && PARTS.containsAll(names)) {
            throw new DataFormatException(folder + ": expected a subfolder for each class, found "
                    + String.join(", ", names) + "; give one of these folders, and the other one as the test images");
        }
        if (known != null) {
            for (String name : names) {
                if (!known.contains(name)) {
                    throw new DataFormatException(folder.resolve(name) + ": expected a class of the training images ("
                            + shown(known) + "), found another; add training images of it, or remove the folder");
                }
            }
        } else if (names.size() < 2 || names.size() > DatasetReader.MAX_CLASSES) {
            throw new DataFormatException(folder + ": expected 2.." + DatasetReader.MAX_CLASSES
                    + " subfolders, one for each class, found " + names.size() + "; sort the images into such folders");
        }
        if (names.isEmpty()) {
            throw new DataFormatException(
                    folder + ": expected a subfolder for each class, found none; sort the images into such folders");
        }
        requireApart(folder, names);
        names.sort(
                names.stream().allMatch(n -> n.matches("[0-9]{1,9}"))
                        ? Comparator.<String>comparingInt(Integer::parseInt).thenComparing(Comparator.naturalOrder())
                        : Comparator.naturalOrder());
        return names;
    }

    /** Folders that a computer with other habits would take for one. */
    private static void requireApart(Path folder, List<String> names) {
        Map<String, String> seen = new HashMap<>();
        for (String name : names) {
            String other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw new DataFormatException(
                        folder + ": expected classes whose names differ by more than capital" + " letters, found "
                                + other + " and " + name + "; put their images into one folder, or rename one");
            }
        }
    }

    private static String shown(List<String> names) {
        return names.size() <= 20 ? String.join(", ", names) : names.size() + " names";
    }

    private static List<Path> images(Path folder) {
        List<Path> out = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : tree.sorted().toList()) {
                if (Files.isDirectory(file) || hiddenBelow(folder, file)) {
                    continue;
                }
                if (!looksLikeImage(file.getFileName().toString())) {
                    throw new DataFormatException(
                            file + ": expected PNG and JPEG images (.png, .jpg, .jpeg) only, found"
                                    + " something else; convert or remove it");
                }
                if (!Files.isRegularFile(file)) {
                    throw new DataFormatException(
                            file + ": expected a file, found a link to none or a device; correct or remove it");
                }
                out.add(file);
            }
        } catch (IOException e) {
            throw unreadable(folder, e);
        } catch (UncheckedIOException e) { // a circle of links, or a folder without permission
            throw unreadable(folder, e.getCause());
        }
        if (out.isEmpty()) {
            throw new DataFormatException(
                    folder + ": expected at least one image of the class, found none; add some, or remove the folder");
        }
        return out;
    }

    private static UncheckedIOException unreadable(Path folder, IOException e) {
        return new UncheckedIOException(
                folder + ": expected a readable folder without circles of links, found: " + e
                        + "; check its permissions",
                e);
    }

    private static boolean hiddenBelow(Path folder, Path file) {
        for (Path part : folder.relativize(file)) {
            if (hidden(part.toString())) {
                return true;
            }
        }
        return false;
    }

    private static boolean hidden(String name) {
        return name.startsWith(".") || LITTER.contains(name.toLowerCase(Locale.ROOT));
    }

    private static boolean looksLikeImage(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".png") || lower.endsWith(".jpg") || lower.endsWith(".jpeg");
    }

    @Override
    public String place(int index) {
        return files.get(index).toString();
    }

    @Override
    public byte[] content(int index) {
        return WholeFile.bytes(files.get(index), MAX_FILE_BYTES, "make the image smaller");
    }

    @Override
    public RgbImage image(int index) {
        try {
            return ImageDecoder.decode(place(index), content(index));
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    place(index) + ": expected the module java.desktop to decode it, found none (" + e.getMessage()
                            + "); start java with --add-modules java.desktop",
                    e);
        }
    }
}
