package io.github.hecnn.examples.mnist;

import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.RunFolders;
import io.github.hecnn.mlr.exchange.SealedFiles;
import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.features.ScalingKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the owner remembers between encrypting and decrypting, besides the secret key: {@code settings.json} beside it, in the folder
 * of its run.
 *
 * @param data folder with mnist/, or null for the built-in data
 * @param features where samples and features come from
 * @param samples as in the settings
 * @param seed null for secure randomness
 * @param secretKey name, length and checksum of the key's file
 * @param fingerprint of the training data
 * @param elapsedSeconds of the whole encrypting role
 */
record OwnerState(
        String runId,
        String recipe,
        String data,
        FeatureChoice features,
        String scaling,
        int samples,
        int iterations,
        double initialWeight,
        String preconditioner,
        String outsideInterval,
        Long seed,
        FileSeal secretKey,
        String fingerprint,
        int uploadedCiphertexts,
        long uploadedBytes,
        long evaluationKeyBytes,
        double keyGenerationSeconds,
        double encryptionSeconds,
        double elapsedSeconds,
        long peakMemoryBytes) {

    /** The owner's folder inside the output folder; the cloud never gets it. */
    static final String FOLDER = "owner";

    /** The secret key inside the owner's folder. */
    static final String SECRET_KEY = "secret-key.bin";

    /** This record inside the owner's folder. */
    static final String FILE = "settings.json";

    private static final String FIX = "run --role owner-encrypt again";

    /** Names of the files of a run. */
    static final String FILES = "secret-key\\.bin|settings\\.json";

    /** Where the owner keeps what belongs to a run. */
    static Path folder(Path out, String runId) {
        return out.resolve(FOLDER).resolve(RunFolders.name(runId, FIX));
    }

    /**
     * What the owner knows about the run of a job.
     *
     * @throws io.github.hecnn.examples.cli.UserError if it is not this owner's, or damaged
     */
    static OwnerState read(Path out, String runId) throws IOException {
        return SealedJson.read(folder(out, runId).resolve(FILE), OwnerState.class, FIX);
    }

    /** The secret key's file, once it is known to be that of the run. */
    Path secretKeyFile(Path out) throws IOException {
        return new SealedFiles(folder(out, runId), List.of(secretKey), FIX).get(SECRET_KEY);
    }

    /** The settings of the run, as the encrypting role had them, with this process's threads. */
    RunSettings settings(RunSettings here) {
        return new RunSettings(
                RecipeChoice.valueOf(recipe.toUpperCase(java.util.Locale.ROOT)),
                data == null ? null : Path.of(data),
                false,
                samples,
                iterations,
                features,
                ScalingKind.named(scaling),
                false,
                here.threads(),
                seed,
                here.out(),
                here.role(),
                initialWeight,
                Preconditioner.named(preconditioner),
                OutsideInterval.valueOf(outsideInterval));
    }
}
