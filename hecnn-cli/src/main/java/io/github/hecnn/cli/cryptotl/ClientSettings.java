package io.github.hecnn.cli.cryptotl;

import io.github.hecnn.mlr.encoder.text.SentenceModel;
import io.github.hecnn.mlr.transfer.TargetTask;
import io.github.hecnn.mlr.transfer.network.CryptoTlParameters;
import io.github.hecnn.mlr.transfer.text.TextDataset;
import java.nio.file.Path;

/**
 * What the client's roles are told.
 *
 * @param own the client's folder; the server never gets it
 * @param data folder of the texts, or null for made-up ones
 * @param target task
 * @param sentences what embeds the texts
 * @param samples training examples
 * @param tests most test examples
 * @param choice of parameters: whether answers hide the encoder's weights
 * @param lanes texts in a ciphertext, null for as many as fit
 * @param seed of the choice of examples and of the heads
 * @param threads worker threads
 */
record ClientSettings(
        Path own,
        Path data,
        String target,
        SentenceModel sentences,
        int samples,
        int tests,
        CryptoTlParameters.Choice choice,
        Integer lanes,
        long seed,
        int threads) {
    /** These in another process, with its folder and threads. */
    ClientSettings in(ClientSettings process) {
        return new ClientSettings(
                process.own, data, target, sentences, samples, tests, choice, lanes, seed, process.threads);
    }

    TargetTask task() {
        TextDataset texts = Texts.load(data, target, seed);
        return sentences.use(encoder -> new TargetTask(texts, encoder, samples, tests, seed));
    }
}
