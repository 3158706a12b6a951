package io.github.hecnn.mlr.transfer;

import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.OwnFolder;
import io.github.hecnn.mlr.exchange.RunFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What the client remembers between asking and opening, besides the secret key: {@code settings.json} beside it, in the folder of its run.
 *
 * @param runId of the job
 * @param texts how many were encrypted
 * @param sentences fingerprint of what embedded them
 * @param note of the caller, such as where the texts came from; private
 * @param keyGenerationSeconds of all keys, written
 * @param encryptionSeconds of all queries, written
 * @param files the secret key
 */
public record ClientFile(
        String runId,
        int texts,
        String sentences,
        String note,
        double keyGenerationSeconds,
        double encryptionSeconds,
        List<FileSeal> files)
        implements RunFile {
    /**
     * Copies the list; as it comes from a file, nothing may be missing.
     *
     * @param runId of the job
     * @param texts how many were encrypted
     * @param sentences fingerprint of what embedded them
     * @param note of the caller, such as where the texts came from; private
     * @param keyGenerationSeconds of all keys, written
     * @param encryptionSeconds of all queries, written
     * @param files the secret key
     */
    public ClientFile {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(sentences, "sentences");
        Objects.requireNonNull(note, "note");
        files = List.copyOf(files);
    }

    /**
     * {@return the client's own folder}
     *
     * @param folder where it lies
     */
    public static OwnFolder<ClientFile> in(Path folder) {
        return in(folder, TransferExchange.ASK_AGAIN);
    }

    /**
     * {@return the same with other words for what to do}
     *
     * @param folder where it lies
     * @param askAgain said at the end of an error
     */
    public static OwnFolder<ClientFile> in(Path folder, String askAgain) {
        return new OwnFolder<>(folder, ClientFile.class, "secret-key\\.bin", askAgain);
    }
}
