package io.github.hecnn.examples;

import io.github.hecnn.examples.mnist.MnistRun;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Trains a classifier of handwritten digits on encrypted features: the data owner encrypts, the cloud trains with evaluation
 * keys only, the data owner decrypts and tests. {@code --help} lists the options.
 */
public final class MnistTraining {
    /** Held here, since the logging system forgets loggers nobody holds. */
    private static final Logger LIBRARY = Logger.getLogger("io.github.hecnn");

    private MnistTraining() {}

    /**
     * Runs the example. Ends the virtual machine with status 1 or 2 if it fails, and returns if all is well, so that it can run
     * inside another program such as Maven.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", System.getProperty("java.awt.headless", "true"));
        // Which kernels run is printed and reported by the run itself; standard error is kept for what needs attention.
        LIBRARY.setLevel(Level.WARNING);
        int status = MnistRun.run(args, System.getenv(), System.out, System.err);
        System.out.flush();
        System.err.flush();
        if (status != 0) {
            System.exit(status);
        }
    }
}
