package io.github.hecnn.benchmarks.cryptotl;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.mlr.encoder.text.SentenceEncoder;
import io.github.hecnn.mlr.encoder.text.SentenceModel;
import io.github.hecnn.mlr.transfer.TargetTask;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.train.BinaryMetrics;
import io.github.hecnn.mlr.transfer.network.train.CryptoTlShapes;
import io.github.hecnn.mlr.transfer.network.train.DpLogisticRegression;
import io.github.hecnn.mlr.transfer.network.train.GaussianAccountant;
import io.github.hecnn.mlr.transfer.network.train.TrainableNetwork;
import io.github.hecnn.mlr.transfer.text.TextDataset;
import io.github.hecnn.mlr.transfer.text.TextTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures, for every ordered pair of the five text tasks, what the source's encoder is worth to a target with few examples. Ways:
 * {@code transfer}, the head on outputs of the encoder, all in the clear; {@code raw}, the same head on the embedding; {@code own}, the
 * source's own head as it is, with no example of the target; {@code transfer 20} and {@code raw 20}, the same with fewer examples;
 * {@code joint}, all layers trained on both tasks; {@code encrypted} and {@code clear}, transfer with and without encryption on the same,
 * fewer, tests; {@code no noise} and {@code eps ...}, linear heads without and with differential privacy.
 */
@Command(
        name = "CryptoTlTable",
        mixinStandardHelpOptions = true,
        description = "Accuracy, F1 and kappa of CryptoTL for every ordered pair of text tasks.")
public final class CryptoTlTable implements Callable<Integer> {
    private static final String NO_NOISE = "no noise";
    private static final String EPSILON = "eps ";

    @Option(names = "--data", required = true, description = "folder with the text data sets (sms-spam.tsv, ...)")
    private Path data;

    @Option(
            names = "--samples",
            split = ",",
            defaultValue = "10,20,50,100",
            description = "training examples of the target task; the last number for everything but samples.md")
    private List<Integer> samples;

    @Option(names = "--tests", defaultValue = "1000", description = "most test examples of a target task")
    private int tests;

    @Option(names = "--seeds", split = ",", defaultValue = "1,2,3,4,5", description = "means are over these")
    private List<Long> seeds;

    @Option(
            names = "--tasks",
            split = ",",
            defaultValue = "sms,youtube,amazon,imdb,yelp",
            description = "tasks to pair with each other")
    private List<String> tasks;

    @Option(names = "--hashed", description = "hashed words in place of all-MiniLM-L6-v2")
    private boolean hashed;

    @Option(names = "--sentence-model", description = "an ONNX sentence encoder in place of all-MiniLM-L6-v2")
    private Path model;

    @Option(names = "--tokenizer", description = "its tokenizer.json")
    private Path tokenizer;

    @Option(names = "--joint", description = "also train all layers on both tasks")
    private boolean joint;

    @Option(
            names = "--encrypted-tests",
            defaultValue = "0",
            description = "also encrypt, with that many test examples; about a minute a pair for 200")
    private int encryptedTests;

    @Option(names = "--epsilons", split = ",", description = "also train private heads with these, such as 1,2,4,8")
    private List<Double> epsilons = List.of();

    @Option(names = "--delta", defaultValue = "1e-5", description = "delta of the private heads")
    private double delta;

    @Option(names = "--out", defaultValue = "target/cryptotl-table", description = "folder for the tables")
    private Path out;

    private final List<Measurement> measurements = new ArrayList<>();
    private EncryptedPath path;

    /**
     * Runs it.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new CryptoTlTable());
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
    public Integer call() throws IOException {
        System.out.println(Measurement.HEAD);
        sentences().use(encoder -> {
            SentenceEncoder remembered = new RememberedSentences(encoder);
            seeds.forEach(seed -> measure(seed, remembered));
            return null;
        });
        TransferTables tables = new TransferTables(measurements);
        List<String> csv = new ArrayList<>(List.of(Measurement.HEAD));
        measurements.forEach(m -> csv.add(m.line()));
        try (FileSet files = FileSet.in(out)) {
            files.write("measurements.csv", Access.USUAL, text(csv));
            files.write("samples.md", Access.USUAL, text(tables.bySamples(samples)));
            files.write("transfer.md", Access.USUAL, text(tables.transfer(joint)));
            if (encryptedTests > 0) {
                files.write("encrypted.md", Access.USUAL, text(tables.encrypted()));
            }
            if (!epsilons.isEmpty()) {
                List<String> ways = new ArrayList<>(List.of(NO_NOISE));
                epsilons.forEach(e -> ways.add(EPSILON + e));
                files.write("privacy.md", Access.USUAL, text(tables.privacy(ways)));
            }
            files.commit();
        }
        return 0;
    }

    private SentenceModel sentences() {
        if (model != null || tokenizer != null) {
            return SentenceModel.of(model, tokenizer);
        }
        return hashed ? SentenceModel.HASHED : SentenceModel.MINI_LM;
    }

    private void measure(long seed, SentenceEncoder sentences) {
        Map<TextTask, TextDataset> sets = new EnumMap<>(TextTask.class);
        Map<TextTask, List<TargetTask>> targets = new EnumMap<>(TextTask.class);
        Map<TextTask, List<BinaryMetrics>> raw = new EnumMap<>(TextTask.class);
        for (String id : tasks) {
            TextTask t = TextTask.of(id);
            TextDataset texts = t.load(data);
            sets.put(t, texts);
            targets.put(
                    t,
                    samples.stream()
                            .map(n -> new TargetTask(texts, sentences, n, tests, seed))
                            .toList());
            raw.put(
                    t,
                    targets.get(t).stream()
                            .map(e -> e.head(e.inputs()).metrics())
                            .toList());
        }
        int last = samples.size() - 1;
        for (TextTask source : sets.keySet()) {
            TrainableNetwork trained = TransferExperiment.source(sets.get(source), sentences, seed);
            Network network = trained.export(CryptoTlShapes.ENCODER_LAYERS);
            for (TextTask target : sets.keySet()) {
                if (target != source) {
                    Pair pair = new Pair(seed, source, target);
                    for (int i = 0; i < last; i++) {
                        TargetTask e = targets.get(target).get(i);
                        pair.add("raw " + samples.get(i), raw.get(target).get(i));
                        pair.add(
                                "transfer " + samples.get(i),
                                e.head(network.applyAll(e.inputs())).metrics());
                    }
                    TargetTask e = targets.get(target).get(last);
                    pair.add("raw", raw.get(target).get(last));
                    pair.add("own", e.metrics(trained.predict(e.test())));
                    measure(pair, e, network);
                    if (joint) {
                        pair.add("joint", TransferExperiment.joint(e, network, sets.get(source), sentences, seed));
                    }
                }
            }
        }
    }

    private void measure(Pair pair, TargetTask e, Network network) {
        double[][] outputs = network.applyAll(e.inputs());
        pair.add("transfer", e.head(outputs).metrics());
        if (encryptedTests > 0) {
            path = path == null ? new EncryptedPath(network) : path;
            int texts = e.train().length + Math.min(encryptedTests, e.test().length);
            pair.add("clear", e.head(Arrays.copyOf(outputs, texts)).metrics());
            double[][] decrypted = path.outputs(network, Arrays.copyOf(e.inputs(), texts));
            pair.add("encrypted", e.head(decrypted).metrics());
        }
        if (!epsilons.isEmpty()) {
            pair.add(NO_NOISE, e.privateHead(outputs, 0, 0));
        }
        for (double epsilon : epsilons) {
            int steps = DpLogisticRegression.Settings.standard(1, 1).steps();
            double noise = GaussianAccountant.noiseMultiplier(epsilon, delta, steps);
            pair.add(EPSILON + epsilon, e.privateHead(outputs, noise, pair.seed));
        }
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    /** Where measurements of a pair go. */
    private final class Pair {
        private final long seed;
        private final TextTask source;
        private final TextTask target;

        Pair(long seed, TextTask source, TextTask target) {
            this.seed = seed;
            this.source = source;
            this.target = target;
        }

        void add(String way, BinaryMetrics metrics) {
            measurements.add(new Measurement(seed, source.id(), target.id(), way, metrics));
            System.out.println(measurements.get(measurements.size() - 1).line());
        }
    }
}
