package io.github.hecnn.examples.exchange;

import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.exchange.RunFolders;
import io.github.hecnn.mlr.exchange.SealedFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The folder that owner and cloud share: {@code job.json}, and in the folder of its run, {@code run-...}, parameters, keys and uploads
 * from the owner, encrypted weights and {@code cloud-report.json} from the cloud. A new run's files lie beside those of the old one
 * until its job replaces the old job.
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

    /** Names of all files of a run. */
    public static final String FILES =
            "(parameters|evaluation-keys)\\.bin|(input|weights-iteration)-\\d+\\.ckks|cloud-report\\.json";

    /** The job's file. */
    public Path jobFile() {
        return path.resolve(JOB);
    }

    /** A file of a run, as a name in the folder. */
    public static String name(String runId, String name) {
        return RunFolders.name(runId, AGAIN_ENCRYPT) + "/" + name;
    }

    /** A file of a run. */
    public Path file(JobDescription job, String name) {
        return folder(job).resolve(name);
    }

    private Path folder(JobDescription job) {
        return path.resolve(RunFolders.name(job.runId(), AGAIN_ENCRYPT));
    }

    /** The job. */
    public JobDescription job() throws IOException {
        return SealedJson.read(jobFile(), JobDescription.class, AGAIN_ENCRYPT);
    }

    /** The cloud's account. */
    public CloudReport cloudReport(JobDescription job) throws IOException {
        return SealedJson.read(file(job, CLOUD_REPORT), CloudReport.class, AGAIN_TRAIN);
    }

    /** The owner's files, to be checked against the job. */
    public SealedFiles ownersFiles(JobDescription job) {
        return new SealedFiles(folder(job), job.files(), AGAIN_ENCRYPT);
    }

    /** The cloud's files, to be checked against its account. */
    public SealedFiles cloudsFiles(JobDescription job, CloudReport report) {
        return new SealedFiles(folder(job), report.files(), AGAIN_TRAIN);
    }
}
