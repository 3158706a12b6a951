package io.github.hecnn.mlr.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVRecord;

/** Numbers and labels from a CSV file: a first pass finds out what is in it, a second one reads. */
final class CsvParser {
    private final CsvSurvey survey;
    private final Set<Integer> ignored;
    private final CsvLabelColumn label;
    private final int[] features;
    private final boolean decimalCommas;

    private CsvParser(CsvSurvey survey, CsvOptions options, boolean labeled) {
        this.survey = survey;
        ignored = new HashSet<>();
        options.ignoredColumns().forEach(c -> ignored.add(survey.column(c, "CsvOptions.withIgnoredColumn")));
        CsvLabelColumn named = labeled ? CsvLabelColumn.named(survey, options, ignored) : null;
        int labels = named == null ? -1 : named.column();
        CsvNumbers.requireNoDecimalCommas(survey, options, labels);
        CsvNumbers.requireNumbers(survey, kept(labels), labeled && named == null);
        label = named == null && labeled ? CsvLabelColumn.found(survey, options, ignored) : named;
        features = kept(label == null ? -1 : label.column());
        if (features.length == 0) {
            throw survey.source().error("at least 1 column of features", "none", "add one, or ignore fewer columns");
        }
        CsvNumbers.requireNumbers(survey, features, false);
        decimalCommas = CsvNumbers.decimalCommas(survey, options, features);
    }

    private int[] kept(int without) {
        return IntStream.range(0, survey.columns().size())
                .filter(c -> c != without && !ignored.contains(c))
                .toArray();
    }

    /** Reads a data set. */
    static LabeledDataset dataset(Path file, CsvOptions options) {
        return new CsvParser(survey(file, options), options, true).dataset(options);
    }

    /** Reads training data, and test data with its label column, classes and features. */
    static TrainTestSplit split(Path training, Path test, CsvOptions options) {
        CsvSurvey trained = survey(training, options);
        CsvParser parser = new CsvParser(trained, options, true);
        LabeledDataset first = parser.dataset(options);
        CsvSurvey tested = survey(test, options);
        int column = parser.label.column();
        boolean named = trained.header() && tested.header();
        CsvOptions same = options.withLabelNames(first.labelNames())
                .withLabelColumn(named ? trained.reference(column) : Integer.toString(column + 1));
        LabeledDataset second = new CsvParser(tested, same, true).dataset(same);
        if (second.width() != first.width() || (named && !second.featureNames().equals(first.featureNames()))) {
            throw tested.source()
                    .error(
                            "the features of " + training + ", " + first.width() + " columns"
                                    + (named ? " " + shown(first) : ""),
                            second.width() + (named ? " " + shown(second) : ""),
                            "give both files the same columns in the same order");
        }
        return new TrainTestSplit(first, second);
    }

    private static String shown(LabeledDataset d) {
        return CsvCells.quoted(String.join(", ", d.featureNames()));
    }

    private static CsvSurvey survey(Path file, CsvOptions options) {
        return CsvSurvey.of(CsvSource.of(file, options.charset()), options, 2, "a label and features");
    }

    /** Reads a matrix: every cell a finite number, all rows of one length, at least one row. */
    static double[][] matrix(Path file, CsvOptions options) {
        CsvSource source = CsvSource.of(file, options.charset());
        return new CsvParser(CsvSurvey.of(source, options, 1, "numbers"), options, false).rows(null);
    }

    private LabeledDataset dataset(CsvOptions options) {
        CsvLabels labels = new CsvLabels(survey, label, options.labelNames());
        double[][] rows = rows(labels);
        List<String> names = labels.names();
        List<String> featureNames = survey.header()
                ? IntStream.of(features).mapToObj(survey.names()::get).toList()
                : List.of();
        return new LabeledDataset(rows, labels.classes(names), names, featureNames, description(names));
    }

    private double[][] rows(CsvLabels labels) {
        CsvPlainRows plain = survey.plain();
        if (plain.plain() && (labels == null || labels.addAll(plain.column(label.column())))) {
            return plain.take(features);
        }
        plain.drop();
        List<double[]> rows = new ArrayList<>();
        survey.forEachRow((cells, line) -> {
            rows.add(numbers(cells, line));
            if (labels != null) {
                labels.add(cells.get(label.column()).strip(), line);
            }
            return true;
        });
        return rows.toArray(new double[0][]);
    }

    private double[] numbers(CSVRecord cells, long line) {
        double[] row = new double[features.length];
        for (int k = 0; k < row.length; k++) {
            String cell = cells.get(features[k]).strip();
            row[k] = CsvCells.number(cell, decimalCommas);
            if (!Double.isFinite(row[k])) {
                throw survey.source()
                        .error(line, features[k] + 1, "a finite number", CsvCells.quoted(cell), "correct the cell");
            }
        }
        return row;
    }

    private String description(List<String> names) {
        StringBuilder text = new StringBuilder();
        text.append(
                survey.source().charset().equals(StandardCharsets.UTF_8)
                        ? ""
                        : survey.source().charset() + ", ");
        text.append(survey.dialect().words()).append(" between columns, ");
        text.append(decimalCommas ? "decimal commas, " : "");
        text.append(survey.header() ? "a header, " : "no header, ");
        text.append("labels in ").append(survey.words(label.column()));
        text.append(" (").append(label.why()).append(")");
        boolean mapped =
                !IntStream.range(0, names.size()).allMatch(j -> names.get(j).equals(Integer.toString(j)));
        text.append(mapped ? ", mapped to classes from 0" : "");
        for (int c : features) {
            CsvColumn column = survey.columns().get(c);
            if (column.counting() || column.differentIntegers()) {
                text.append("; ").append(survey.words(c));
                text.append(column.counting() ? " numbers the rows" : " has another integer in each row, as ids have,");
                text.append(" and is taken for a feature");
            }
        }
        ignored.stream()
                .sorted()
                .forEach(c -> text.append("; ").append(survey.words(c)).append(" left out"));
        return text.toString();
    }
}
