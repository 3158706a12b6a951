package io.github.hecnn.examples.cryptotl.client;

import io.github.hecnn.examples.cryptotl.shared.TransferFolder;
import io.github.hecnn.examples.cryptotl.texts.SentenceModel;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.RunFolders;
import io.github.hecnn.mlr.exchange.SealedFiles;
import io.github.hecnn.mlr.exchange.SealedJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the client remembers between asking and training, besides the secret key: {@code settings.json} beside it, in
 * the folder of its run.
 *
 * @param data folder of the texts, or null for made-up ones
 * @param target task
 * @param sentences what embeds the texts
 * @param sentencesAre its fingerprint
 * @param seed of the choice of examples and of the heads
 * @param secretKey name, length and checksum of the key's file
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
        FileSeal secretKey,
        String fingerprint,
        double keyGenerationSeconds,
        double encryptionSeconds) {
    static final String SECRET_KEY = "secret-key.bin";
    static final String FILE = "settings.json";

    /** Names of the files of a run. */
    static final String FILES = "secret-key\\.bin|settings\\.json";

    static ClientState read(Path own, String runId) throws IOException {
        return SealedJson.read(folder(own, runId).resolve(FILE), ClientState.class, TransferFolder.AGAIN_ASK);
    }

    /** The secret key's file, once it is known to be that of the run. */
    Path secretKeyFile(Path own) throws IOException {
        return new SealedFiles(folder(own, runId), List.of(secretKey), TransferFolder.AGAIN_ASK).get(SECRET_KEY);
    }

    private static Path folder(Path own, String runId) {
        return own.resolve(RunFolders.name(runId, TransferFolder.AGAIN_ASK));
    }
}
