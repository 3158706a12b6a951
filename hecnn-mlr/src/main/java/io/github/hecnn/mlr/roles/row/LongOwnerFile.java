package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.OwnFolder;
import io.github.hecnn.mlr.exchange.RunFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What the owner remembers until the result comes, besides the secret key: {@code settings.json} beside it, in the folder of its run.
 *
 * @param job as it was given to the cloud
 * @param columnFactors what features were multiplied by, after centring and with the leading 1
 * @param weightNorms root of the sum of squares of all weights after each iteration, from the rehearsal in the clear
 * @param weightNorm {@link io.github.hecnn.mlr.serving.QueryProfile#weightNorm} of the rehearsal
 * @param scores of each iteration, from the rehearsal
 * @param keySeconds making and writing keys
 * @param encryptionSeconds encoding, encrypting and writing data
 * @param uploadedBytes of the encrypted data
 * @param keyBytes of the keys for the cloud
 * @param elapsedSeconds of the whole role
 * @param peakMemoryBytes the most memory its process has held
 * @param note whatever the caller wants to find again; empty if nothing
 * @param files the secret key and the untrained model
 */
public record LongOwnerFile(
        LongJobFile job,
        List<Double> columnFactors,
        List<Double> weightNorms,
        double weightNorm,
        List<ScoreRange> scores,
        double keySeconds,
        double encryptionSeconds,
        long uploadedBytes,
        long keyBytes,
        double elapsedSeconds,
        long peakMemoryBytes,
        String note,
        List<FileSeal> files)
        implements RunFile {
    static final String UNTRAINED = "untrained-model.bin";

    /** What a validator has answered. */
    static final String ANSWERS = "answers.json";

    private static final String NAMES = "(secret-key|untrained-model)\\.bin|answers\\.json";

    /**
     * Copies the lists; as it comes from a file, nothing may be missing.
     *
     * @param job as it was given to the cloud
     * @param columnFactors what features were multiplied by, after centring and with the leading 1
     * @param weightNorms root of the sum of squares of all weights after each iteration, from the rehearsal in the clear
     * @param weightNorm {@link io.github.hecnn.mlr.serving.QueryProfile#weightNorm} of the rehearsal
     * @param scores of each iteration, from the rehearsal
     * @param keySeconds making and writing keys
     * @param encryptionSeconds encoding, encrypting and writing data
     * @param uploadedBytes of the encrypted data
     * @param keyBytes of the keys for the cloud
     * @param elapsedSeconds of the whole role
     * @param peakMemoryBytes the most memory its process has held
     * @param note whatever the caller wants to find again; empty if nothing
     * @param files the secret key and the untrained model
     */
    public LongOwnerFile {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(note, "note");
        columnFactors = List.copyOf(columnFactors);
        weightNorms = List.copyOf(weightNorms);
        scores = List.copyOf(scores);
        files = List.copyOf(files);
    }

    /** The owner's own folder. */
    static OwnFolder<LongOwnerFile> in(Path folder) {
        return new OwnFolder<>(folder, LongOwnerFile.class, NAMES, LongFiles.ASK_AGAIN);
    }

    @Override
    public String runId() {
        return job.runId();
    }
}
