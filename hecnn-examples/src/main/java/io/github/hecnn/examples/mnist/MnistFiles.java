package io.github.hecnn.examples.mnist;

import io.github.hecnn.examples.cli.UserError;
import java.nio.file.Files;
import java.nio.file.Path;

/** The four files of MNIST: their names, and the SHA-256 of their content unpacked. */
enum MnistFiles {
    TRAINING_IMAGES("train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
    TRAINING_LABELS("train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    TEST_IMAGES("t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    TEST_LABELS("t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

    /** The folder they lie in, inside the data folder. */
    static final String FOLDER = "mnist";

    private final String name;
    private final String sha256;

    MnistFiles(String name, String sha256) {
        this.name = name;
        this.sha256 = sha256;
    }

    String gzipName() {
        return name + ".gz";
    }

    String sha256() {
        return sha256;
    }

    /**
     * The file in a data folder, packed or not.
     *
     * @throws UserError if neither is there
     */
    Path in(Path data) {
        Path folder = data.resolve(FOLDER);
        for (Path candidate : new Path[] {folder.resolve(gzipName()), folder.resolve(name)}) {
            if (Files.isRegularFile(candidate)) {
                return candidate;
            }
        }
        throw new UserError(
                "read MNIST: expected " + folder.resolve(name) + " or the same with .gz, found neither; give"
                        + " --data the folder that contains " + FOLDER + "/, or fetch it with --download");
    }
}
