package io.github.hecnn.benchmarks.cryptotl;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.mlr.encoder.text.SentenceModel;
import io.github.hecnn.mlr.transfer.text.TextDataset;
import io.github.hecnn.mlr.transfer.text.TextTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures, for every ordered pair of the five text tasks, what the source's encoder is worth to a target with few examples, and writes the
 * tables of {@code docs/cryptotl-tables.md}; {@link Ways} has what is compared.
 */
@Command(
        name = "CryptoTlTable",
        mixinStandardHelpOptions = true,
        description = "Accuracy, F1 and kappa of CryptoTL for every ordered pair of text tasks.")
public final class CryptoTlTable implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "folder with the text data sets (sms-spam.tsv, ...)")
    private Path data;

    @Option(
            names = "--samples",
            split = ",",
            defaultValue = "10,20,50,100",
            description = "training examples of the target task; the last number for what is encrypted")
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
            defaultValue = "300",
            description = "test examples to encrypt, with the first seed; 0 for none (default: ${DEFAULT-VALUE})")
    private int encryptedTests;

    @Option(names = "--fast", description = "encrypt with the smaller parameters, which are not circuit private")
    private boolean fast;

    @Option(
            names = "--private-samples",
            split = ",",
            defaultValue = "100,300,1000",
            description = "training examples of private heads, where 500 texts are left (default: ${DEFAULT-VALUE})")
    private List<Integer> privateSamples;

    @Option(
            names = "--epsilons",
            split = ",",
            defaultValue = "8,4,2,1",
            description = "of the private heads (default: ${DEFAULT-VALUE})")
    private List<Double> epsilons;

    @Option(names = "--delta", defaultValue = "1e-5", description = "delta of the private heads")
    private double delta;

    @Option(names = "--out", defaultValue = "target/cryptotl-table", description = "folder for the tables")
    private Path out;

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
        Ways ways = new Ways(samples, joint, encryptedTests, fast, privateSamples, epsilons, delta);
        Map<TextTask, TextDataset> sets = new EnumMap<>(TextTask.class);
        tasks.forEach(id -> sets.put(TextTask.of(id), TextTask.of(id).load(data)));
        System.out.println(Measurement.HEAD);
        List<Measurement> all = sentences().use(encoder -> {
            PairMeasurements pairs = new PairMeasurements(ways, sets, new RememberedSentences(encoder), tests);
            seeds.forEach(seed -> pairs.measure(seed, seed.equals(seeds.get(0))));
            return pairs.all();
        });
        TransferTables tables = new TransferTables(all, ways);
        List<String> csv = new ArrayList<>(List.of(Measurement.HEAD));
        all.forEach(m -> csv.add(m.line()));
        try (FileSet files = FileSet.in(out)) {
            files.write("measurements.csv", Access.USUAL, text(csv));
            files.write("tables.md", Access.USUAL, text(tables.document()));
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

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
