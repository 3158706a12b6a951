package io.github.hecnn.mlr.transfer;

import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.RunFile;
import io.github.hecnn.mlr.transfer.network.CryptoTlParameters;
import io.github.hecnn.mlr.transfer.network.NetworkPacking;
import java.util.List;
import java.util.Objects;

/**
 * What the client asks the server to do, {@code job.json}; all of it public.
 *
 * @param runId names the run; answers carry it, too
 * @param sentences fingerprint of what embedded the texts; the encoder must have been trained on the same
 * @param choice of parameters, and with them of circuit privacy
 * @param inputs length of an embedding
 * @param outputs length of an encoder's output
 * @param lanes texts in a ciphertext
 * @param queries number of ciphertexts
 * @param files parameters, keys and queries
 */
public record TransferJob(
        String runId,
        String sentences,
        CryptoTlParameters.Choice choice,
        int inputs,
        int outputs,
        int lanes,
        int queries,
        List<FileSeal> files)
        implements RunFile {
    /**
     * Copies the list; as it comes from a file, nothing may be missing.
     *
     * @param runId names the run; answers carry it, too
     * @param sentences fingerprint of what embedded the texts; the encoder must have been trained on the same
     * @param choice of parameters, and with them of circuit privacy
     * @param inputs length of an embedding
     * @param outputs length of an encoder's output
     * @param lanes texts in a ciphertext
     * @param queries number of ciphertexts
     * @param files parameters, keys and queries
     */
    public TransferJob {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(sentences, "sentences");
        Objects.requireNonNull(choice, "choice");
        files = List.copyOf(files);
    }

    /**
     * {@return how texts lie in the slots}
     *
     * @throws IllegalArgumentException if the sizes do not fit
     */
    public NetworkPacking packing() {
        return new NetworkPacking(choice.parameters().slots(), inputs, outputs, lanes, CryptoTlParameters.INPUT_FACTOR);
    }
}
