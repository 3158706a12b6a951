package io.github.hecnn.examples.cryptotl;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.mlr.network.CryptoTlParameters;
import io.github.hecnn.mlr.network.EncryptedNetwork;
import io.github.hecnn.mlr.network.Network;
import io.github.hecnn.mlr.network.NetworkFile;
import io.github.hecnn.mlr.network.NetworkPacking;
import io.github.hecnn.mlr.network.train.BinaryMetrics;
import io.github.hecnn.mlr.network.train.GaussianAccountant;
import io.github.hecnn.mlr.text.HashedSentenceEncoder;
import io.github.hecnn.mlr.text.SentenceEncoder;
import io.github.hecnn.mlr.text.TextDataset;
import io.github.hecnn.mlr.text.TextTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * CryptoTL from end to end: a server trains a private encoder on a source task; a client has a few texts of a target task, gets
 * them encoded without showing them, and trains its own head on the decrypted outputs. Roles talk through files in
 * {@code OUT/exchange}; the client's key is in {@code OUT/client}, the server's weights in {@code OUT/server}.
 */
@Command(
        name = "CryptoTlDemo",
        mixinStandardHelpOptions = true,
        description = "Transfer learning on encrypted inputs: the server keeps its encoder, the client its texts.")
public final class CryptoTlDemo implements Callable<Integer> {
    private static final int GENERATED = 600;
    private static final int DP_STEPS = 30;

    @Option(names = "--source", defaultValue = "amazon", description = "task of the server; with --data")
    private String source;

    @Option(names = "--target", defaultValue = "yelp", description = "task of the client; with --data")
    private String target;

    @Option(names = "--samples", defaultValue = "100", description = "training examples of the client")
    private int samples;

    @Option(names = "--tests", defaultValue = "200", description = "most test examples of the client")
    private int tests;

    @Option(names = "--lanes", defaultValue = "4", description = "inputs in a ciphertext: 1, 2 or 4")
    private int lanes;

    @Option(names = "--data", description = "folder with the text data sets; without it reviews are made up")
    private Path data;

    @Option(names = "--dp-epsilon", description = "also train a differentially private head with this epsilon")
    private Double dpEpsilon;

    @Option(names = "--seed", defaultValue = "1", description = "of every choice but keys and noise of encryption")
    private long seed;

    @Option(names = "--out", defaultValue = "target/cryptotl", description = "folder for files and reports")
    private Path out;

    /**
     * Runs it.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new CryptoTlDemo()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        TextDataset sourceTexts = data == null
                ? GeneratedReviews.hotels(GENERATED, seed)
                : TextTask.of(source).load(data);
        TextDataset targetTexts = data == null
                ? GeneratedReviews.headphones(GENERATED, seed)
                : TextTask.of(target).load(data);
        SentenceEncoder sentences = new HashedSentenceEncoder();
        Path server = Files.createDirectories(out.resolve("server"));
        Path client = Files.createDirectories(out.resolve("client"));
        Path exchange = Files.createDirectories(out.resolve("exchange"));

        System.out.println("server: training an encoder on " + sourceTexts);
        Network encoder = TransferExperiment.sourceEncoder(sourceTexts, sentences, seed);
        NetworkFile.write(server.resolve("encoder.bin"), encoder);

        CkksParameters parameters = CryptoTlParameters.standard();
        NetworkPacking packing = new NetworkPacking(
                parameters.slots(), encoder.inputs(), encoder.outputs(), lanes, CryptoTlParameters.INPUT_FACTOR);
        System.out.println("client: keys for " + parameters);
        // which rotations: the same for every network of these sizes, so the client may be told
        ClientRole clientRole = new ClientRole(
                client,
                exchange,
                parameters,
                packing,
                EncryptedNetwork.compile(encoder, packing).rotationSteps());
        TransferExperiment experiment = new TransferExperiment(targetTexts, sentences, samples, tests, seed);
        double[][] inputs = concatenated(experiment.train(), experiment.test());
        int queries = clientRole.ask(inputs);

        ServerRole serverRole = new ServerRole(server, exchange, lanes, CryptoTlParameters.INPUT_FACTOR);
        System.out.println("server: answering " + queries + " queries with " + serverRole.describe());
        List<Double> seconds = serverRole.answer(queries);

        double[][] outputs = clientRole.read(inputs.length);
        report(experiment, encoder, inputs, outputs, seconds, exchange, parameters);
        return 0;
    }

    private void report(
            TransferExperiment experiment,
            Network encoder,
            double[][] inputs,
            double[][] outputs,
            List<Double> seconds,
            Path exchange,
            CkksParameters parameters)
            throws IOException {
        int n = experiment.train().length;
        double[][] trained = Arrays.copyOf(outputs, n);
        double[][] tested = Arrays.copyOfRange(outputs, n, outputs.length);
        double[][] plain = encoder.applyAll(inputs);
        double[] sorted = seconds.stream().mapToDouble(d -> d).sorted().toArray();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("source", data == null ? "made-up hotels" : source);
        values.put("target", data == null ? "made-up headphones" : target);
        values.put("samples", n);
        values.put("tests", tested.length);
        values.put("lanes", lanes);
        values.put("seed", seed);
        values.put("parameters", parameters.toString());
        values.put("java", Runtime.version().toString());
        values.put("secondsPerCiphertext", sorted[sorted.length / 2]);
        values.put("secondsPerInput", sorted[sorted.length / 2] / lanes);
        values.put("largestError", distance(outputs, plain));
        values.put("bytesUpPerQuery", ServerRole.bytes(exchange, "query-0.bin"));
        values.put("bytesDownPerQuery", ServerRole.bytes(exchange, "answer-0.bin"));
        values.put("bytesEvaluationKeys", ServerRole.bytes(exchange, "evaluation-keys.bin"));
        metrics(values, "encrypted", experiment.head(trained, tested));
        metrics(values, "clear", experiment.transfer(encoder));
        metrics(values, "rawEmbedding", experiment.raw());
        if (dpEpsilon != null) {
            double delta = 1.0 / (10 * n);
            double noise = GaussianAccountant.noiseMultiplier(dpEpsilon, delta, DP_STEPS);
            values.put("dpEpsilon", dpEpsilon);
            values.put("dpDelta", delta);
            values.put("dpNoiseMultiplier", noise);
            metrics(values, "privateHead", experiment.privateHead(trained, tested, noise));
            metrics(values, "linearHeadWithoutNoise", experiment.privateHead(trained, tested, 0));
        }
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        json.writeValue(out.resolve("report.json").toFile(), values);
        StringBuilder html =
                new StringBuilder("<!DOCTYPE html><meta charset=utf-8><title>CryptoTL</title><h1>CryptoTL</h1><table>");
        values.forEach((k, v) -> {
            System.out.println(k + ": " + v);
            html.append("<tr><td>").append(k).append("<td>").append(v).append('\n');
        });
        Files.writeString(out.resolve("report.html"), html.append("</table>\n"));
    }

    private static void metrics(Map<String, Object> values, String name, BinaryMetrics m) {
        values.put(name, Map.of("accuracy", m.accuracy(), "f1", m.f1(), "kappa", m.kappa()));
    }

    private static double[][] concatenated(double[][] a, double[][] b) {
        double[][] out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }

    private static double distance(double[][] a, double[][] b) {
        double max = 0;
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < a[i].length; k++) {
                max = Math.max(max, Math.abs(a[i][k] - b[i][k]));
            }
        }
        return max;
    }
}
