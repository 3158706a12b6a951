package io.github.hecnn.cli.inspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tells what a folder has: each file that names others, and each that nobody names. */
final class FolderInspector {
    private static final int DEPTH = 4;

    private final FileInspector files;

    FolderInspector(FileInspector files) {
        this.files = files;
    }

    Inspection inspect(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> tree = Files.walk(folder, DEPTH)) {
            all = tree.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Set<Path> named = named(all);
        List<Inspection> inside = new ArrayList<>();
        long bytes = 0;
        int others = 0;
        for (Path file : all) {
            bytes += Files.size(file);
            if (named.contains(file)) {
                continue;
            }
            Optional<Inspection> found =
                    files.inspect(file, folder.relativize(file).toString());
            found.ifPresent(inside::add);
            others += found.isPresent() ? 0 : 1;
        }
        Map<String, Object> details = others == 0 ? Map.of() : Map.of("otherFiles", others);
        return new Inspection(
                folder.toString(),
                inside.isEmpty() ? "a folder without files of hecnn" : "a folder",
                bytes,
                details,
                null,
                inside,
                null);
    }

    /** Files that a sealed one beside them, or in the folder above, names. */
    private static Set<Path> named(List<Path> all) {
        Set<Path> out = new HashSet<>();
        for (Path file : all) {
            if (!file.toString().endsWith(".json")) {
                continue;
            }
            try {
                SealedRecord sealed = SealedRecord.read(file);
                for (String name : sealed.names()) {
                    Path found = sealed.find(file.getParent(), name);
                    if (found != null) {
                        out.add(found);
                    }
                }
            } catch (IOException | RuntimeException notSealed) {
                // Told as it is found.
            }
        }
        return out;
    }
}
