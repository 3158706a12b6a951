package io.github.hecnn.examples.mnist;

import io.github.hecnn.examples.cli.UserError;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.data.TrainTestSplit;
import io.github.hecnn.mlr.exchange.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Features and labels of a CSV file, divided into training and test. */
final class CsvSamples {
    private final CsvChoice csv;
    private final Long seed;
    private final int samples;
    private final List<String> notes = new ArrayList<>();

    private CsvSamples(RunSettings settings) {
        csv = settings.features().csv();
        seed = settings.features().shuffleSeed();
        samples = settings.samples();
    }

    static Samples load(RunSettings settings) {
        return new CsvSamples(settings).load();
    }

    private Samples load() {
        TrainTestSplit split = csv.testFile() == null ? divided() : twoFiles();
        notes.add(
                0,
                "How " + csv.path().getFileName() + " was read: "
                        + split.training().description() + ".");
        noteTwin(csv.path());
        if (csv.testFile() != null) {
            noteTwin(Path.of(csv.testFile()));
        }
        return new Samples(
                "features of " + csv.path().getFileName(),
                false,
                split.training(),
                split.test(),
                split,
                null,
                null,
                fingerprint(split.training()),
                notes);
    }

    private TrainTestSplit divided() {
        LabeledDataset all = DatasetReader.csv(csv.path(), csv.options());
        int train = samples;
        if (csv.testFraction() != null) {
            train = (int) Math.round(all.samples() * (1 - csv.testFraction()));
            if (train < 2 || train >= all.samples()) {
                throw new UserError("--test-fraction: expected at least 2 of the " + all.samples() + " rows of "
                        + csv.file() + " to train on and 1 to test on, found " + train + " and "
                        + (all.samples() - train) + "; take another fraction");
            }
        } else if (all.samples() <= train) {
            throw new UserError("--samples: expected fewer than the " + all.samples() + " rows of " + csv.file()
                    + ", so that some are left to test on, found " + train
                    + "; take fewer, or give --test-fraction or --test-csv");
        }
        if (seed == null) {
            notes.add("Features come from the file as they are; its rows " + train + ".." + (all.samples() - 1)
                    + " are held out and are the test data.");
            return TrainTestSplit.inOrder(all, train);
        }
        notes.add(chosen(train, all.samples()) + "; the other rows are the test data.");
        return TrainTestSplit.stratified(all, train, seed);
    }

    private TrainTestSplit twoFiles() {
        TrainTestSplit both = DatasetReader.csv(csv.path(), Path.of(csv.testFile()), csv.options());
        LabeledDataset all = both.training();
        int train = samples == RunSettings.ALL_SAMPLES ? all.samples() : samples;
        if (train > all.samples()) {
            throw new UserError("--samples: expected at most the " + all.samples() + " rows of " + csv.file()
                    + ", found " + train + "; take fewer");
        }
        notes.add("How " + Path.of(csv.testFile()).getFileName() + ", the test data, was read: "
                + both.test().description() + ".");
        if (train == all.samples()) {
            return both;
        }
        if (seed == null) {
            return new TrainTestSplit(all.slice(0, train), both.test());
        }
        notes.add(chosen(train, all.samples()) + ".");
        return new TrainTestSplit(TrainTestSplit.stratified(all, train, seed).training(), both.test());
    }

    private String chosen(int train, int all) {
        return String.format(Locale.ROOT, "%d of %d rows train, chosen by class with seed %d", train, all, seed);
    }

    /** A file with and one without .gz may hold different things: says which was read. */
    private void noteTwin(Path file) {
        String name = file.getFileName().toString();
        Path twin = file.resolveSibling(name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name + ".gz");
        if (Files.isRegularFile(twin)) {
            notes.add(name + " was read; " + twin.getFileName() + " beside it was not.");
        }
    }

    private static String fingerprint(LabeledDataset rows) {
        StringBuilder text = new StringBuilder(rows.labelNames().toString()).append('\n');
        for (int i = 0; i < rows.samples(); i++) {
            text.append(rows.labels()[i]);
            for (double value : rows.features()[i]) {
                text.append(',').append(value);
            }
            text.append('\n');
        }
        return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
