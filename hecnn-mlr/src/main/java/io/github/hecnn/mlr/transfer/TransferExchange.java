package io.github.hecnn.mlr.transfer;

import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.ExchangeProtocol;
import io.github.hecnn.mlr.transfer.network.CryptoTlParameters;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What lies where. In the folder that both sides see: {@code job.json}, and in the folder of its run parameters, keys and queries from the client,
 * answers and {@code server-account.json} from the server. What the client alone has is in a folder of its own, what the server alone
 * has in another.
 */
public final class TransferExchange {
    /** The scheme's parameters. */
    public static final String PARAMETERS = "parameters.bin";

    /** For the server's fresh encryptions. */
    public static final String PUBLIC_KEY = "public-key.bin";

    /** Relinearisation, rotation and conjugation keys. */
    public static final String EVALUATION_KEYS = "evaluation-keys.bin";

    /** The server's account. */
    public static final String ACCOUNT = "server-account.json";

    static final String ASK_AGAIN = "have the client ask again (TransferClient.ask)";

    private static final ExchangeProtocol<TransferJob, ServerAccount> PROTOCOL = new ExchangeProtocol<>(
            TransferJob.class,
            ServerAccount.class,
            ACCOUNT,
            "(parameters|public-key|evaluation-keys)\\.bin|(query|answer)-\\d+\\.ckks|server-account\\.json",
            ASK_AGAIN,
            "have the server answer again (TransferServer.answer)");

    private TransferExchange() {}

    /**
     * {@return the folder that both sides see}
     *
     * @param folder where it lies
     */
    public static ExchangeFolder<TransferJob, ServerAccount> in(Path folder) {
        return new ExchangeFolder<>(folder, PROTOCOL);
    }

    /**
     * {@return the same with other words for what to do}
     *
     * @param folder where it lies
     * @param askAgain said at the end of an error when something of the client's is wrong
     * @param answerAgain the same for the server's
     */
    public static ExchangeFolder<TransferJob, ServerAccount> in(Path folder, String askAgain, String answerAgain) {
        return new ExchangeFolder<>(folder, PROTOCOL.withRemedies(askAgain, answerAgain));
    }

    /**
     * {@return the name of the k-th query, from 1}
     *
     * @param k from 0
     */
    public static String query(int k) {
        return "query-" + k + ".ckks";
    }

    /**
     * {@return the name of the k-th answer, from 1}
     *
     * @param k from 0
     */
    public static String answer(int k) {
        return "answer-" + k + ".ckks";
    }

    /** Parameters from a file, which must be those of the choice. */
    static CkksParameters parameters(Path file, CryptoTlParameters.Choice choice, String fix) throws IOException {
        CkksParameters found = CkksSerializer.readParameters(file, SecurityLevel.CLASSICAL_128);
        CkksParameters expected = choice.parameters();
        if (!found.equals(expected)) {
            throw new DataFormatException("read " + file + ": expected " + expected + ", found " + found + "; " + fix);
        }
        return found;
    }
}
