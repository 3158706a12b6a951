package io.github.hecnn.benchmarks.cryptotl;

import io.github.hecnn.mlr.encoder.text.SentenceModel;
import io.github.hecnn.mlr.transfer.SourceEncoder;
import io.github.hecnn.mlr.transfer.TransferClient;
import io.github.hecnn.mlr.transfer.network.CryptoTlParameters;
import io.github.hecnn.mlr.transfer.network.CryptoTlParameters.Choice;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.text.GeneratedReviews;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Evaluates trained encoders of 384 and 768 numbers on encrypted embeddings of made-up reviews, one thread, with either choice of
 * {@link CryptoTlParameters}, a text a ciphertext and as many as fit, and prints the rows of {@code docs/measurements/cryptotl.json}.
 */
@Command(
        name = "ForwardPass",
        mixinStandardHelpOptions = true,
        description = "Seconds, keys, bytes and errors of CryptoTL's encoder on encrypted embeddings.")
public final class ForwardPass implements Callable<Integer> {
    private static final int TEXTS = 600;

    @Option(names = "--queries", defaultValue = "30", description = "ciphertexts of each setting, after 5 to warm up")
    private int queries;

    @Option(names = "--seed", defaultValue = "1", description = "of texts and training")
    private long seed;

    /**
     * Runs it.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new ForwardPass());
        line.setExecutionExceptionHandler((e, c, p) -> {
            System.err.println("error: " + e.getMessage());
            return 1;
        });
        int status = line.execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    @Override
    public Integer call() {
        List<String> rows = new ArrayList<>();
        for (SentenceModel sentences : List.of(SentenceModel.MINI_LM, SentenceModel.HASHED)) {
            Network network = sentences.use(e -> SourceEncoder.train(GeneratedReviews.hotels(TEXTS, seed), e, seed));
            double[][] inputs = sentences.use(
                    e -> e.encodeAll(GeneratedReviews.headphones(TEXTS, seed).texts()));
            for (Choice choice : Choice.values()) {
                for (int lanes : new int[] {1, TransferClient.mostLanes(choice, network.inputs())}) {
                    EncryptedPath path = new EncryptedPath(network, choice, lanes);
                    rows.add("    "
                            + new PassTimes(path, network, inputs)
                                    .measure(queries)
                                    .row(choice));
                    System.out.println(rows.get(rows.size() - 1));
                }
            }
        }
        System.out.println(String.join(",\n", rows));
        return 0;
    }
}
