package io.github.hecnn.examples.mnist;

import io.github.hecnn.mlr.data.CsvOptions;
import io.github.hecnn.mlr.samples.CsvFiles;
import io.github.hecnn.mlr.samples.SampleChoice;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options about data of one's own and about the choice of samples. */
final class DataArguments {
    private static final Map<String, String> SEPARATORS =
            Map.of("comma", ",", "semicolon", ";", "tab", "\t", "pipe", "|", "space", " ");
    private static final Map<String, String> MARKS = Map.of("point", ".", ".", ".", "comma", ",", ",", ",");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

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

    @Option(
            names = "--label-column",
            paramLabel = "NAME|NUMBER",
            description =
                    "Column of labels, by its name in the header or its number from 1 (default: the one called label,"
                            + " class, target or y; otherwise the only one of text; otherwise the first or last, if only one has"
                            + " few integers; the report says which).")
    private String labelColumn;

    @Option(
            names = "--ignore-columns",
            paramLabel = "NAME|NUMBER",
            split = ",",
            description = "Columns that are no features, such as ids.")
    private List<String> ignoredColumns = List.of();

    @Option(
            names = "--separator",
            paramLabel = "comma|semicolon|tab|pipe|space|CHARACTER",
            description = "Between columns (default: found out).")
    private String separator;

    @Option(
            names = "--header",
            paramLabel = "yes|no",
            description = "Whether the first line names the columns (default: found out).")
    private String header;

    @Option(names = "--decimal-mark", paramLabel = "point|comma", description = "In numbers (default: found out).")
    private String decimalMark;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "Of the text, such as ISO-8859-1 (default: UTF-8 or UTF-16, found out).")
    private String encoding;

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
     */
    FeatureChoice complete(FeatureChoice chosen, Integer samples) {
        int count = samples != null
                ? samples
                : allRows() ? SampleChoice.ALL : chosen.choice().count();
        if (chosen.csv() == null) {
            require(
                    testCsv == null
                            && testFraction == null
                            && labelColumn == null
                            && ignoredColumns.isEmpty()
                            && separator == null
                            && header == null
                            && decimalMark == null
                            && encoding == null,
                    "--test-csv, --test-fraction, --label-column, --ignore-columns, --separator, --header, --decimal-mark,"
                            + " --encoding: expected --csv beside them, found none");
            return new FeatureChoice(chosen.data(), chosen.histogram(), null, new SampleChoice(count, shuffleSeed));
        }
        require(
                testCsv == null || Files.isRegularFile(testCsv),
                "--test-csv: expected a file, found none at " + testCsv);
        require(
                testFraction == null || (testFraction > 0 && testFraction < 1),
                "--test-fraction: expected more than 0 and less than 1, found " + testFraction);
        require(
                testFraction == null || testCsv == null,
                "--test-fraction: expected no --test-csv beside it, found " + testCsv);
        require(
                testFraction == null || samples == null,
                "--test-fraction: expected no --samples beside it, found one; the rest of the rows trains");
        Long seed = shuffleSeed == null && testFraction != null ? Long.valueOf(1) : shuffleSeed;
        return new FeatureChoice(
                chosen.data(),
                null,
                new CsvFiles(chosen.csv().file(), testCsv, testFraction, options()),
                new SampleChoice(count, seed));
    }

    private CsvOptions options() {
        try {
            return new CsvOptions(
                    character(separator()),
                    yesOrNo(),
                    character(word("--decimal-mark", "point|comma", MARKS, decimalMark)),
                    charset(),
                    true,
                    labelColumn,
                    ignoredColumns,
                    List.of());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static Character character(String word) {
        return word == null ? null : Character.valueOf(word.charAt(0));
    }

    private String separator() {
        if (separator != null && separator.length() == 1) {
            return separator;
        }
        return word(
                "--separator",
                "comma|semicolon|tab|pipe|space or one character",
                SEPARATORS,
                "\\t".equals(separator) ? "tab" : separator);
    }

    private Boolean yesOrNo() {
        String word = word("--header", "yes|no", Map.of("yes", "yes", "no", "no"), header);
        return word == null ? null : Boolean.valueOf(word.equals("yes"));
    }

    private Charset charset() {
        try {
            return encoding == null ? null : Charset.forName(encoding);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--encoding: expected a character set such as UTF-8 or ISO-8859-1, found '" + encoding + "'",
                    e);
        }
    }

    private String word(String option, String expected, Map<String, String> words, String given) {
        if (given == null) {
            return null;
        }
        String found = words.get(given.toLowerCase(Locale.ROOT));
        require(found != null, option + ": expected " + expected + ", found '" + given + "'");
        return found;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new CommandLine.ParameterException(spec.commandLine(), otherwise);
        }
    }
}
