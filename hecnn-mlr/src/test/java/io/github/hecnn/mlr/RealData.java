package io.github.hecnn.mlr;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the folder named by the environment variable HECNN_DATA; tests that need one are skipped without it. */
public final class RealData {
    private RealData() {}

    public static Path file(String relative) {
        String folder = System.getenv("HECNN_DATA");
        assumeTrue(folder != null && !folder.isBlank(), "skipped: set HECNN_DATA to the folder with " + relative);
        Path file = Path.of(folder, relative);
        assumeTrue(Files.isReadable(file), "skipped: no " + relative + " in HECNN_DATA (" + folder + ")");
        return file;
    }
}
