package io.github.hecnn.mlr.samples;

import io.github.hecnn.core.files.Sha256;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.data.TrainTestSplit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Features and labels of a CSV file, divided into training and test. Each call stands by itself, on any thread. */
public final class CsvSamples {
    private final CsvFiles csv;
    private final SampleChoice choice;
    private final List<String> notes = new ArrayList<>();

    private CsvSamples(CsvFiles csv, SampleChoice choice) {
        this.csv = csv;
        this.choice = choice;
    }

    /**
     * Reads and divides. Without a test file and a fraction to test on, the rows that the choice leaves are the test data.
     *
     * @param csv what to read
     * @param choice which rows train; its count does not matter where a fraction is to be tested on
     * @return training and test samples
     * @throws io.github.hecnn.mlr.data.DataFormatException if a file is not as expected
     * @throws java.io.UncheckedIOException if a file cannot be read
     * @throws IllegalArgumentException if the choice leaves nothing to train or to test on, or not every class that is tested is trained
     */
    public static Samples load(CsvFiles csv, SampleChoice choice) {
        return new CsvSamples(csv, choice).load();
    }

    private Samples load() {
        TrainTestSplit split = csv.testFile() == null ? divided() : twoFiles();
        notes.add(
                0,
                "How " + csv.file().getFileName() + " was read: "
                        + split.training().description() + ".");
        notes.addAll(OutlierNote.of(split.training()));
        noteTwin(csv.file());
        if (csv.testFile() != null) {
            noteTwin(csv.testFile());
        }
        return new Samples(
                "features of " + csv.file().getFileName(),
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
        LabeledDataset all = DatasetReader.csv(csv.file(), csv.options());
        int train = choice.count() == SampleChoice.ALL ? all.samples() : choice.count();
        if (csv.testFraction() != null) {
            train = (int) Math.round(all.samples() * (1 - csv.testFraction()));
            if (train < 2 || train >= all.samples()) {
                throw new IllegalArgumentException(
                        "CsvFiles.testFraction: expected at least 2 of the " + all.samples() + " rows of "
                                + csv.file() + " to train on and 1 to test on, found " + train + " and "
                                + (all.samples() - train) + "; take another fraction");
            }
        } else if (all.samples() <= train) {
            throw new IllegalArgumentException(
                    "SampleChoice.count: expected fewer than the " + all.samples() + " rows of " + csv.file()
                            + ", so that some are left to test on, found " + train
                            + "; take fewer, or give CsvFiles.testFraction or CsvFiles.testFile");
        }
        if (choice.seed() == null) {
            notes.add("Features come from the file as they are; its rows " + train + ".." + (all.samples() - 1)
                    + " are held out and are the test data.");
            return TrainTestSplit.inOrder(all, train);
        }
        notes.add(chosen(train, all.samples()) + "; the other rows are the test data.");
        return TrainTestSplit.stratified(all, train, choice.seed());
    }

    private TrainTestSplit twoFiles() {
        TrainTestSplit both = DatasetReader.csv(csv.file(), csv.testFile(), csv.options());
        LabeledDataset all = both.training();
        int train = choice.count() == SampleChoice.ALL ? all.samples() : choice.count();
        if (train > all.samples()) {
            throw new IllegalArgumentException("SampleChoice.count: expected at most the " + all.samples() + " rows of "
                    + csv.file() + ", found " + train + "; take fewer");
        }
        notes.add("How " + csv.testFile().getFileName() + ", the test data, was read: "
                + both.test().description() + ".");
        if (train == all.samples()) {
            return both;
        }
        if (choice.seed() == null) {
            return new TrainTestSplit(all.slice(0, train), both.test());
        }
        notes.add(chosen(train, all.samples()) + ".");
        return new TrainTestSplit(
                TrainTestSplit.stratified(all, train, choice.seed()).training(), both.test());
    }

    private String chosen(int train, int all) {
        return String.format(
                Locale.ROOT, "%d of %d rows train, chosen by class with seed %d", train, all, choice.seed());
    }

    /** A file with and one without .gz may hold different things: says which was read. */
    private void noteTwin(Path file) {
        String name = file.getFileName().toString();
        Path twin = file.resolveSibling(name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name + ".gz");
        if (Files.isRegularFile(twin)) {
            notes.add(name + " was read; " + twin.getFileName() + " beside it was not.");
        }
    }

    /** SHA-256 of features, labels and names of classes. */
    static String fingerprint(LabeledDataset rows) {
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
