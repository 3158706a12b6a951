package io.github.hecnn.examples.cryptotl;

import io.github.hecnn.cli.Programs;

/**
 * CryptoTL from end to end: a server trains a private encoder on a source task; a client has a few texts of a target task, gets
 * them encoded without showing them, and trains its own head on the decrypted outputs. Roles talk through files in
 * {@code OUT/exchange}; the client's key is in {@code OUT/client}, the server's weights in {@code OUT/server}. {@code --help} lists the options.
 */
public final class CryptoTlDemo {
    private CryptoTlDemo() {}

    /**
     * Runs the example; see {@link Programs} for how it ends.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        Programs.cryptoTl(args);
    }
}
