package io.github.hecnn.examples.cryptotl;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * CryptoTL from end to end: a server trains a private encoder on a source task; a client has a few texts of a target task, gets
 * them encoded without showing them, and trains its own head on the decrypted outputs. Roles talk through files in
 * {@code OUT/exchange}; the client's key is in {@code OUT/client}, the server's weights in {@code OUT/server}. {@code --help} lists the options.
 */
public final class CryptoTlDemo {
    /** Held here, since the logging system forgets loggers nobody holds. */
    private static final Logger LIBRARY = Logger.getLogger("io.github.hecnn");

    private CryptoTlDemo() {}

    /**
     * Runs the example. Ends the virtual machine with status 1 or 2 if it fails, and returns if all is well.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", System.getProperty("java.awt.headless", "true"));
        System.setProperty("slf4j.internal.verbosity", System.getProperty("slf4j.internal.verbosity", "ERROR"));
        System.setProperty("ai.djl.offline", System.getProperty("ai.djl.offline", "true"));
        LIBRARY.setLevel(Level.WARNING);
        int status = TransferRun.run(args, System.getenv(), System.out, System.err);
        System.out.flush();
        System.err.flush();
        if (status != 0) {
            System.exit(status);
        }
    }
}
