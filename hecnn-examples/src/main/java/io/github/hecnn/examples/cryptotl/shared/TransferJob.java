package io.github.hecnn.examples.cryptotl.shared;

import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.transfer.network.CryptoTlParameters;
import io.github.hecnn.mlr.transfer.network.NetworkPacking;
import java.util.List;

/**
 * What the client asks the server to do; all of it public.
 *
 * @param runId names the run; answers carry it, too
 * @param sentences fingerprint of what embedded the texts; the encoder must have been trained on the same
 * @param inputs length of an embedding
 * @param outputs length of an encoder's output
 * @param lanes texts in a ciphertext
 * @param queries number of ciphertexts
 * @param files parameters, keys and queries
 */
public record TransferJob(
        String runId, String sentences, int inputs, int outputs, int lanes, int queries, List<FileSeal> files) {
    /** How texts lie in the slots of those parameters. */
    public NetworkPacking packing(CkksParameters parameters) {
        return new NetworkPacking(parameters.slots(), inputs, outputs, lanes, CryptoTlParameters.INPUT_FACTOR);
    }
}
