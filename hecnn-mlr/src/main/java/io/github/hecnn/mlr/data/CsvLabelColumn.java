package io.github.hecnn.mlr.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which column has the labels and how that is known.
 *
 * @param column from 0
 * @param why in words
 */
record CsvLabelColumn(int column, String why) {
    private static final Set<String> USUAL_NAMES = Set.of("label", "labels", "class", "classes", "target", "y");
    private static final String FIX = "name it with CsvOptions.withLabelColumn";

    /** The column that options or a header name, or null if they name none. */
    static CsvLabelColumn named(CsvSurvey survey, CsvOptions options, Set<Integer> ignored) {
        if (options.labelColumn() != null) {
            int c = survey.column(options.labelColumn(), "CsvOptions.withLabelColumn");
            if (ignored.contains(c)) {
                throw survey.source()
                        .error("a label column that is not ignored", survey.words(c), "take it out of one list");
            }
            return new CsvLabelColumn(c, "as asked for");
        }
        List<Integer> usual = IntStream.range(0, survey.names().size())
                .filter(c -> !ignored.contains(c)
                        && USUAL_NAMES.contains(survey.names().get(c).toLowerCase(Locale.ROOT)))
                .boxed()
                .toList();
        if (usual.size() > 1) {
            throw ambiguous(survey, usual);
        }
        return usual.isEmpty() ? null : new CsvLabelColumn(usual.get(0), "by its name");
    }

    /** The only column of text, or else the first or last column, if only one of them has few integers. */
    static CsvLabelColumn found(CsvSurvey survey, CsvOptions options, Set<Integer> ignored) {
        List<Integer> kept = IntStream.range(0, survey.columns().size())
                .filter(c -> !ignored.contains(c))
                .boxed()
                .toList();
        List<Integer> texts =
                kept.stream().filter(c -> survey.columns().get(c).text()).toList();
        if (texts.size() > 1) {
            throw ambiguous(survey, texts);
        }
        if (texts.size() == 1) {
            return new CsvLabelColumn(texts.get(0), "the only one of text");
        }
        Set<String> known = new HashSet<>(options.labelNames());
        int first = kept.get(0);
        int last = kept.get(kept.size() - 1);
        List<Integer> candidates = new ArrayList<>();
        for (int c : first == last ? List.of(first) : List.of(first, last)) {
            if (candidate(survey, c, known)) {
                candidates.add(c);
            }
        }
        if (candidates.size() > 1) {
            throw ambiguous(survey, candidates);
        }
        if (candidates.isEmpty()) {
            throw survey.source()
                    .error(
                            "a column of labels, of text or few integers, first or last",
                            described(survey, first) + ", " + described(survey, last),
                            FIX);
        }
        int c = candidates.get(0);
        return new CsvLabelColumn(c, c == first ? "few integers, the last has not" : "few integers, the first has not");
    }

    private static boolean candidate(CsvSurvey survey, int c, Set<String> known) {
        CsvColumn column = survey.columns().get(c);
        if (!known.isEmpty()) {
            return column.within(known);
        }
        return column.fewIntegers() >= 2 && !CsvColumn.likeIds(column.fewIntegers(), survey.rows());
    }

    private static DataFormatException ambiguous(CsvSurvey survey, List<Integer> candidates) {
        return survey.source()
                .error(
                        "one column that could be the labels",
                        candidates.stream().map(c -> described(survey, c)).collect(Collectors.joining(" and ")),
                        FIX + " (" + candidates.stream().map(survey::reference).collect(Collectors.joining(" or "))
                                + ")");
    }

    private static String described(CsvSurvey survey, int c) {
        CsvColumn column = survey.columns().get(c);
        int few = column.fewIntegers();
        String what = column.text()
                ? "text"
                : few > 0
                        ? few + " different integer" + (few == 1 ? "" : "s") + " in " + survey.rows() + " rows"
                        : "fractions or more than " + CsvColumn.FEW + " integers";
        return survey.words(c) + " (" + what + ")";
    }
}
