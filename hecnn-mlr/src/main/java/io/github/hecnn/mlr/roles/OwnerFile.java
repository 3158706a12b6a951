package io.github.hecnn.mlr.roles;

import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.OwnFolder;
import io.github.hecnn.mlr.exchange.RunFile;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.roles.secret.OwnerSecret;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What the owner remembers until the result comes, besides the secret key: {@code settings.json} beside it, in the folder of its run.
 *
 * @param job as it was given to the cloud
 * @param preconditioner of the quadratic gradient
 * @param outsideInterval what to do when a score leaves the interval of the polynomial
 * @param securityBits what the parameters have at least
 * @param columnFactors what features were multiplied by, after scaling and with the leading 1
 * @param weightNorms root of the sum of squares of all weights after each iteration, from the rehearsal in the clear
 * @param keyGenerationSeconds making keys
 * @param encryptionSeconds encoding and encrypting
 * @param uploadedBytes of all uploads
 * @param evaluationKeyBytes of their file
 * @param elapsedSeconds of the whole role
 * @param peakMemoryBytes the most memory its process has held
 * @param note whatever the caller wants to find again, perhaps as JSON; empty if nothing
 * @param files the secret key and the untrained model
 */
public record OwnerFile(
        JobFile job,
        String preconditioner,
        String outsideInterval,
        int securityBits,
        List<Double> columnFactors,
        List<Double> weightNorms,
        double keyGenerationSeconds,
        double encryptionSeconds,
        long uploadedBytes,
        long evaluationKeyBytes,
        double elapsedSeconds,
        long peakMemoryBytes,
        String note,
        List<FileSeal> files)
        implements RunFile {
    /** The secret key, in the owner's folder. */
    public static final String SECRET_KEY = OwnerSecret.FILE;

    /** Scaling and names, in the owner's folder: a model with the weights that the training begins with. */
    public static final String UNTRAINED = "untrained-model.bin";

    /**
     * {@return the owner's own folder: the secret key, how it scaled its features, and what it needs to open the result}
     *
     * @param folder the owner's
     */
    public static OwnFolder<OwnerFile> in(Path folder) {
        return in(folder, TrainingExchange.ASK_AGAIN);
    }

    /**
     * {@return the same with other words for what to do}
     *
     * @param folder where it is
     * @param askAgain said at the end of an error
     */
    public static OwnFolder<OwnerFile> in(Path folder, String askAgain) {
        return new OwnFolder<>(folder, OwnerFile.class, "(secret-key|untrained-model)\\.bin", askAgain);
    }

    /**
     * Copies the lists; as it comes from a file, nothing may be missing.
     *
     * @param job as it was given to the cloud
     * @param preconditioner of the quadratic gradient
     * @param outsideInterval what to do when a score leaves the interval of the polynomial
     * @param securityBits what the parameters have at least
     * @param columnFactors what features were multiplied by, after scaling and with the leading 1
     * @param weightNorms root of the sum of squares of all weights after each iteration, from the rehearsal in the clear
     * @param keyGenerationSeconds making keys
     * @param encryptionSeconds encoding and encrypting
     * @param uploadedBytes of all uploads
     * @param evaluationKeyBytes of their file
     * @param elapsedSeconds of the whole role
     * @param peakMemoryBytes the most memory its process has held
     * @param note whatever the caller wants to find again, perhaps as JSON; empty if nothing
     * @param files the secret key and the untrained model
     */
    public OwnerFile {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(preconditioner, "preconditioner");
        Objects.requireNonNull(outsideInterval, "outsideInterval");
        Objects.requireNonNull(note, "note");
        columnFactors = List.copyOf(columnFactors);
        weightNorms = List.copyOf(weightNorms);
        files = List.copyOf(files);
    }

    @Override
    public String runId() {
        return job.runId();
    }

    /** The owner's settings on top of what the job tells. */
    MlrConfig complete(MlrConfig config, MlrModel untrained) {
        MlrConfig.Builder builder = config.toBuilder()
                .preconditioner(Preconditioner.named(preconditioner))
                .outsideInterval(OutsideInterval.valueOf(outsideInterval));
        return (config.hasStartWeights()
                        ? builder.startWeights(untrained.linear().weights())
                        : builder)
                .build();
    }

    /** The same with the times of preparing. */
    OwnerFile took(double keySeconds, double encrypting, double all) {
        return new OwnerFile(
                job,
                preconditioner,
                outsideInterval,
                securityBits,
                columnFactors,
                weightNorms,
                keySeconds,
                encrypting,
                uploadedBytes,
                evaluationKeyBytes,
                all,
                peakMemoryBytes,
                note,
                files);
    }

    /** The same with what is known once all is written. */
    OwnerFile written(
            JobFile described,
            List<FileSeal> seals,
            long uploads,
            long keys,
            double seconds,
            long memory,
            String text) {
        return new OwnerFile(
                described,
                preconditioner,
                outsideInterval,
                securityBits,
                columnFactors,
                weightNorms,
                keyGenerationSeconds,
                encryptionSeconds,
                uploads,
                keys,
                seconds,
                memory,
                text,
                seals);
    }

    /** Refuses a job that is not what this owner wrote. */
    void requireJob(Path file, JobFile found, String fix) {
        if (!found.equals(job)) {
            throw new DataFormatException("read " + file + ": expected the job of run " + runId()
                    + " as its owner wrote it, found another one; " + fix);
        }
    }
}
