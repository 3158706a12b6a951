package io.github.hecnn.cli.train;

import io.github.hecnn.cli.options.CommonArguments;
import io.github.hecnn.cli.options.CsvArguments;
import io.github.hecnn.mlr.samples.CsvFiles;
import io.github.hecnn.mlr.samples.SampleChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options about data of one's own and about the choice of samples. */
final class DataArguments {
    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Features of your own, the same as --features FILE.csv under any name: a column of labels,"
                    + " numbers in all others. The first --samples rows train, the rest test.")
    private Path csv;

    @Option(
            names = "--test-csv",
            paramLabel = "FILE",
            description = "Test on this file; then all rows of the other one train, or the first --samples.")
    private Path testCsv;

    @Option(
            names = "--test-fraction",
            paramLabel = "F",
            description = "Test on this part of the rows, chosen at random by class, and train on the rest, for example"
                    + " 0.25. Seed 1 unless --shuffle-seed names another.")
    private Double testFraction;

    @Option(
            names = "--shuffle-seed",
            paramLabel = "N",
            description =
                    "Choose the training samples at random, each class by its share, repeatably (default: take the"
                            + " first ones).")
    private Long shuffleSeed;

    Path csv() {
        return csv;
    }

    /** Whether the number of training samples follows from the files. */
    private boolean allRows() {
        return testCsv != null || testFraction != null;
    }

    /**
     * The choice of features with what is said about them.
     *
     * @param samples that were asked for; null if none were
     * @param form how CSV files are written
     */
    FeatureChoice complete(FeatureChoice chosen, Integer samples, CsvArguments form, CommonArguments common) {
        int count = samples != null
                ? samples
                : allRows() ? SampleChoice.ALL : chosen.choice().count();
        if (chosen.csv() == null) {
            common.require(
                    testCsv == null && testFraction == null && form.isEmpty(),
                    "--test-csv, --test-fraction, --label-column, --ignore-columns, --separator, --header, --decimal-mark,"
                            + " --encoding: expected --csv beside them, found none");
            return new FeatureChoice(chosen.data(), chosen.histogram(), null, new SampleChoice(count, shuffleSeed));
        }
        common.require(
                testCsv == null || Files.isRegularFile(testCsv),
                "--test-csv: expected a file, found none at " + testCsv);
        common.require(
                testFraction == null || (testFraction > 0 && testFraction < 1),
                "--test-fraction: expected more than 0 and less than 1, found " + testFraction);
        common.require(
                testFraction == null || testCsv == null,
                "--test-fraction: expected no --test-csv beside it, found " + testCsv);
        common.require(
                testFraction == null || samples == null,
                "--test-fraction: expected no --samples beside it, found one; the rest of the rows trains");
        Long seed = shuffleSeed == null && testFraction != null ? Long.valueOf(1) : shuffleSeed;
        return new FeatureChoice(
                chosen.data(),
                null,
                new CsvFiles(chosen.csv().file(), testCsv, testFraction, form.options()),
                new SampleChoice(count, seed));
    }
}
