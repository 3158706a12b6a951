package io.github.hecnn.examples.cryptotl.shared;

import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.examples.cli.UserError;
import io.github.hecnn.mlr.exchange.RunFolders;
import io.github.hecnn.mlr.exchange.SealedFiles;
import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.transfer.network.CryptoTlParameters;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The folder that both sides see: {@code job.json}, and in the folder of its run, {@code run-...}: {@code parameters.bin}, {@code public-key.bin}, {@code evaluation-keys.bin},
 * {@code query-1.ckks} ... from the client, {@code answer-1.ckks} ... and {@code server-account.json} from the server.
 *
 * @param path where it is
 */
public record TransferFolder(Path path) {
    /** The folder's name inside the output folder. */
    public static final String NAME = "exchange";

    /** The job. */
    public static final String JOB = "job.json";

    /** The scheme's parameters. */
    public static final String PARAMETERS = "parameters.bin";

    /** For the server's fresh encryptions. */
    public static final String PUBLIC_KEY = "public-key.bin";

    /** Relinearisation and rotation keys. */
    public static final String EVALUATION_KEYS = "evaluation-keys.bin";

    /** The server's account. */
    public static final String ACCOUNT = "server-account.json";

    /** Said when something of the client's is wrong. */
    public static final String AGAIN_ASK = "run --role client-keys again";

    /** Said when something of the server's is wrong. */
    public static final String AGAIN_ANSWER = "run --role server-evaluate again";

    /** The name of the k-th query, from 1. */
    public static String query(int k) {
        return "query-" + k + ".ckks";
    }

    /** The name of the k-th answer, from 1. */
    public static String answer(int k) {
        return "answer-" + k + ".ckks";
    }

    /** Names of all files of a run. */
    public static final String FILES =
            "(parameters|public-key|evaluation-keys)\\.bin|(query|answer)-\\d+\\.ckks|server-account\\.json";

    /** The job's file. */
    public Path jobFile() {
        return path.resolve(JOB);
    }

    /** A file of a run, as a name in the folder. */
    public static String name(String runId, String name) {
        return RunFolders.name(runId, AGAIN_ASK) + "/" + name;
    }

    /** A file of a run. */
    public Path file(TransferJob job, String name) {
        return folder(job).resolve(name);
    }

    private Path folder(TransferJob job) {
        return path.resolve(RunFolders.name(job.runId(), AGAIN_ASK));
    }

    /** The job. */
    public TransferJob job() throws IOException {
        return SealedJson.read(jobFile(), TransferJob.class, AGAIN_ASK);
    }

    /** The server's account. */
    public ServerAccount account(TransferJob job) throws IOException {
        return SealedJson.read(file(job, ACCOUNT), ServerAccount.class, AGAIN_ANSWER);
    }

    /** The client's files, to be checked against the job. */
    public SealedFiles clientsFiles(TransferJob job) {
        return new SealedFiles(folder(job), job.files(), AGAIN_ASK);
    }

    /** The server's files, to be checked against its account. */
    public SealedFiles serversFiles(TransferJob job, ServerAccount account) {
        return new SealedFiles(folder(job), account.files(), AGAIN_ANSWER);
    }

    /**
     * Parameters from a file, which must be those of CryptoTL.
     *
     * @throws UserError if they are others
     */
    public static CkksParameters parameters(Path file) throws IOException {
        CkksParameters found = CkksSerializer.readParameters(file, SecurityLevel.CLASSICAL_128);
        CkksParameters expected = CryptoTlParameters.standard();
        if (!found.equals(expected)) {
            throw new UserError("read " + file + ": expected " + expected + ", found " + found + "; " + AGAIN_ASK);
        }
        return found;
    }
}
