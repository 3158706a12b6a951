package io.github.hecnn.mlr.transfer;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.core.files.Sha256;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.NetworkFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The server's own folder: {@code encoder.bin}, the weights, and {@code encoder.json}, what they were trained on. The client never gets it.
 *
 * @param path where it is
 */
public record EncoderFolder(Path path) {
    private static final String WEIGHTS = "encoder.bin";
    private static final String ABOUT = "encoder.json";
    private static final String FIX =
            "train and write the encoder again (EncoderFolder.write; --role server-train of the example)";

    /**
     * About the weights.
     *
     * @param source task they were trained on
     * @param sentences fingerprint of what embedded its texts
     * @param weightsHash SHA-256 of the weights' file
     */
    public record About(String source, String sentences, String weightsHash) {}

    /**
     * Writes both files, readable by this user only, all or nothing.
     *
     * @param encoder trained
     * @param source name of its task
     * @param sentences what embeds texts
     * @throws IOException if a file cannot be written
     */
    public void write(Network encoder, String source, String sentences) throws IOException {
        byte[] weights = NetworkFile.bytes(encoder);
        try (FileSet files = FileSet.in(path)) {
            files.write(WEIGHTS, Access.OWNER_ONLY, weights.length, out -> out.write(weights));
            files.write(
                    ABOUT,
                    Access.OWNER_ONLY,
                    SealedJson.text(new About(source, sentences, Sha256.of(files.pending(WEIGHTS)))));
            files.commit();
        }
    }

    /**
     * Reads the weights.
     *
     * @return the encoder
     * @throws DataFormatException if there are none or other ones than the server trained, or they are damaged, of another kind, or not finite
     * @throws IOException if a file cannot be read
     */
    public Network encoder() throws IOException {
        Path file = path.resolve(WEIGHTS);
        if (!Files.isRegularFile(file)) {
            throw new DataFormatException("read " + file + ": expected the encoder's weights, found no file; " + FIX);
        }
        Network encoder = NetworkFile.read(file);
        if (!about().weightsHash().equals(Sha256.of(file))) {
            throw new DataFormatException(
                    "read " + file + ": expected the weights that " + ABOUT + " names, found others; " + FIX);
        }
        return encoder;
    }

    /**
     * {@return what is known about them}
     *
     * @throws IOException if a file cannot be read
     */
    public About about() throws IOException {
        return SealedJson.read(path.resolve(ABOUT), About.class, FIX);
    }
}
