package io.github.hecnn.cli.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds files that lie in the folder of their run. */
public final class RunFiles {
    private RunFiles() {}

    /** {@code exchange/input-1.ckks} may lie in {@code exchange} or in the only run folder there. */
    public static Path find(Path out, String name) throws IOException {
        Path direct = out.resolve(name);
        return Files.exists(direct) ? direct : folder(direct.getParent()).resolve(direct.getFileName());
    }

    /** The only run folder in a folder. */
    public static Path folder(Path parent) throws IOException {
        List<Path> runs = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, "run-*")) {
            entries.forEach(runs::add);
        }
        if (runs.size() != 1) {
            throw new IOException("expected one run in " + parent + ", found " + runs);
        }
        return runs.get(0);
    }
}
