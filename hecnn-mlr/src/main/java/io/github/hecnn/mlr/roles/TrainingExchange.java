package io.github.hecnn.mlr.roles;

import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.ExchangeProtocol;
import java.nio.file.Path;

/**
 * What lies where in the folder that owner and cloud share: {@code job.json}, and in the folder of its run parameters, keys and uploads
 * from the owner, encrypted weights and {@code cloud-report.json} from the cloud.
 */
public final class TrainingExchange {
    /** The scheme's parameters. */
    public static final String PARAMETERS = "parameters.bin";

    /** Relinearisation, rotation and conjugation keys. */
    public static final String EVALUATION_KEYS = "evaluation-keys.bin";

    /** The cloud's account. */
    public static final String CLOUD_REPORT = "cloud-report.json";

    static final String ASK_AGAIN = "have the data owner prepare the job again (DataOwner.prepare)";

    private static final ExchangeProtocol<JobFile, ResultFile> PROTOCOL = new ExchangeProtocol<>(
            JobFile.class,
            ResultFile.class,
            CLOUD_REPORT,
            "(parameters|evaluation-keys)\\.bin|(input|weights-iteration)-\\d+\\.ckks|cloud-report\\.json",
            ASK_AGAIN,
            "have the cloud train again (CloudTrainer.train)");

    private TrainingExchange() {}

    /**
     * {@return the folder that owner and cloud share}
     *
     * @param folder where it lies
     */
    public static ExchangeFolder<JobFile, ResultFile> in(Path folder) {
        return new ExchangeFolder<>(folder, PROTOCOL);
    }

    /**
     * {@return the same with other words for what to do}
     *
     * @param folder where it lies
     * @param askAgain said at the end of an error when something of the owner's is wrong
     * @param trainAgain the same for the cloud's
     */
    public static ExchangeFolder<JobFile, ResultFile> in(Path folder, String askAgain, String trainAgain) {
        return new ExchangeFolder<>(folder, PROTOCOL.withRemedies(askAgain, trainAgain));
    }

    /**
     * {@return the name of the k-th upload, from 1}
     *
     * @param k from 0
     */
    public static String input(int k) {
        return "input-" + k + ".ckks";
    }

    /**
     * {@return the name of the encrypted weights of an iteration, from 1}
     *
     * @param iteration from 1
     */
    public static String weights(int iteration) {
        return "weights-iteration-" + iteration + ".ckks";
    }
}
