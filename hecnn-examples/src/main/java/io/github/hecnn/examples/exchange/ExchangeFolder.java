package io.github.hecnn.examples.exchange;

import io.github.hecnn.examples.files.SealedJson;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The folder shared by owner and cloud: {@code job.json}, {@code parameters.bin}, {@code evaluation-keys.bin},
 * {@code input-1.ckks} ... from the owner, {@code weights-iteration-1.ckks} ... and {@code cloud-report.json} from the cloud.
 *
 * @param path where it is
 */
public record ExchangeFolder(Path path) {
    /** The folder's name inside the output folder. */
    public static final String NAME = "exchange";

    /** The job description. */
    public static final String JOB = "job.json";

    /** The scheme's parameters. */
    public static final String PARAMETERS = "parameters.bin";

    /** Relinearisation, rotation and conjugation keys. */
    public static final String EVALUATION_KEYS = "evaluation-keys.bin";

    /** The cloud's account. */
    public static final String CLOUD_REPORT = "cloud-report.json";

    /** Said when something of the owner's is wrong. */
    public static final String AGAIN_ENCRYPT = "run --role owner-encrypt again";

    /** Said when something of the cloud's is wrong. */
    public static final String AGAIN_TRAIN = "run --role cloud-train again";

    /** The name of the k-th upload, from 1. */
    public static String input(int k) {
        return "input-" + k + ".ckks";
    }

    /** The name of the encrypted weights of an iteration, from 1. */
    public static String weights(int iteration) {
        return "weights-iteration-" + iteration + ".ckks";
    }

    /** A file in the folder. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /** The job. */
    public JobDescription job() throws IOException {
        return SealedJson.read(file(JOB), JobDescription.class, AGAIN_ENCRYPT);
    }

    /** The cloud's account. */
    public CloudReport cloudReport() throws IOException {
        return SealedJson.read(file(CLOUD_REPORT), CloudReport.class, AGAIN_TRAIN);
    }

    /** The owner's files, to be checked against the job. */
    public VerifiedFiles ownersFiles(JobDescription job) {
        return new VerifiedFiles(path, job.files(), AGAIN_ENCRYPT);
    }

    /** The cloud's files, to be checked against its account. */
    public VerifiedFiles cloudsFiles(CloudReport report) {
        return new VerifiedFiles(path, report.files(), AGAIN_TRAIN);
    }
}
