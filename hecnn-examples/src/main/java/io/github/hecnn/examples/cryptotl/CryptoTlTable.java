package io.github.hecnn.examples.cryptotl;

import io.github.hecnn.mlr.network.Network;
import io.github.hecnn.mlr.network.train.BinaryMetrics;
import io.github.hecnn.mlr.text.HashedSentenceEncoder;
import io.github.hecnn.mlr.text.SentenceEncoder;
import io.github.hecnn.mlr.text.TextDataset;
import io.github.hecnn.mlr.text.TextTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures, for every ordered pair of the five text tasks, what the source's encoder is worth to a target with few examples, and writes
 * {@code table.md}. The encoders are evaluated in the clear: {@code CryptoTlDemo} does a pair encrypted.
 */
@Command(
        name = "CryptoTlTable",
        mixinStandardHelpOptions = true,
        description = "Accuracy, F1 and kappa of CryptoTL for every ordered pair of text tasks.")
public final class CryptoTlTable implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "folder with the text data sets (sms-spam.tsv, ...)")
    private Path data;

    @Option(names = "--samples", defaultValue = "100", description = "training examples of the target task")
    private int samples;

    @Option(names = "--tests", defaultValue = "1000", description = "most test examples of a target task")
    private int tests;

    @Option(names = "--seed", defaultValue = "1", description = "of every choice")
    private long seed;

    @Option(
            names = "--tasks",
            split = ",",
            defaultValue = "sms,youtube,amazon,imdb,yelp",
            description = "tasks to pair with each other")
    private List<String> tasks;

    @Option(names = "--out", defaultValue = "target/cryptotl-table", description = "folder for table.md")
    private Path out;

    /**
     * Runs it.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new CryptoTlTable()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        SentenceEncoder encoder = new HashedSentenceEncoder();
        Map<TextTask, TextDataset> sets = new EnumMap<>(TextTask.class);
        Map<TextTask, TransferExperiment> targets = new EnumMap<>(TextTask.class);
        Map<TextTask, BinaryMetrics> raw = new EnumMap<>(TextTask.class);
        for (String id : tasks) {
            TextTask t = TextTask.of(id);
            sets.put(t, t.load(data));
            targets.put(t, new TransferExperiment(sets.get(t), encoder, samples, tests, seed));
            raw.put(t, targets.get(t).raw());
        }
        List<String> lines = new ArrayList<>();
        lines.add(
                "| source | target | transfer: accuracy / F1 / kappa | raw embedding | everything in the clear | helps |");
        lines.add("|---|---|---|---|---|---|");
        lines.forEach(System.out::println);
        for (TextTask source : sets.keySet()) {
            Network network = TransferExperiment.sourceEncoder(sets.get(source), encoder, seed);
            for (TextTask target : sets.keySet()) {
                if (target != source) {
                    TransferExperiment e = targets.get(target);
                    BinaryMetrics transfer = e.transfer(network);
                    BinaryMetrics all = e.everything(network, sets.get(source), encoder);
                    lines.add(row(source, target, transfer, raw.get(target), all));
                    System.out.println(lines.get(lines.size() - 1));
                }
            }
        }
        Files.createDirectories(out);
        try (PrintWriter w =
                new PrintWriter(Files.newBufferedWriter(out.resolve("table.md"), StandardCharsets.UTF_8))) {
            lines.forEach(w::println);
        }
        return 0;
    }

    private static String row(
            TextTask source, TextTask target, BinaryMetrics transfer, BinaryMetrics raw, BinaryMetrics all) {
        double gain = 100 * (transfer.accuracy() - raw.accuracy());
        return "| " + source.id() + " | " + target.id() + " | " + cell(transfer) + " | " + cell(raw) + " | " + cell(all)
                + String.format(Locale.ROOT, " | %s (%+.1f) |", gain > 0 ? "yes" : "no", gain);
    }

    private static String cell(BinaryMetrics m) {
        return String.format(Locale.ROOT, "%.1f / %.3f / %.3f", 100 * m.accuracy(), m.f1(), m.kappa());
    }
}
