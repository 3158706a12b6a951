package io.github.hecnn.examples.cryptotl.client;

import io.github.hecnn.examples.cryptotl.texts.SentenceModel;
import io.github.hecnn.examples.files.SealedJson;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the client remembers between asking and training, besides the secret key: {@code client/settings.json}.
 *
 * @param data folder of the texts, or null for made-up ones
 * @param target task
 * @param sentences what embeds the texts
 * @param sentencesAre its fingerprint
 * @param seed of the choice of examples and of the heads
 * @param fingerprint of texts and labels
 */
record ClientState(
        String runId,
        String data,
        String target,
        SentenceModel sentences,
        String sentencesAre,
        int samples,
        int tests,
        long seed,
        String fingerprint,
        double keyGenerationSeconds,
        double encryptionSeconds) {
    static final String SECRET_KEY = "secret-key.bin";
    static final String FILE = "settings.json";

    static ClientState read(Path own) throws IOException {
        return SealedJson.read(own.resolve(FILE), ClientState.class, "run --role client-keys again");
    }
}
