package io.github.hecnn.mlr.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Labels of a CSV file as they come, and the classes they become. */
final class CsvLabels {
    private final CsvSurvey survey;
    private final CsvLabelColumn label;
    private final List<String> known;
    private final boolean integers;
    private final List<String> cells = new ArrayList<>();
    private final Map<String, String> same = new HashMap<>();

    /** Labels are integers if every label is a number, and texts otherwise. */
    CsvLabels(CsvSurvey survey, CsvLabelColumn label, List<String> known) {
        this.survey = survey;
        this.label = label;
        this.known = known;
        this.integers = survey.columns().get(label.column()).numeric();
    }

    void add(String cell, long line) {
        CsvCells.Kind kind = CsvCells.kind(cell);
        if (kind == CsvCells.Kind.MISSING && !known.contains(cell)) {
            throw error(line, "a label", CsvCells.shown(cell), "remove the row, or write its label");
        }
        String name = cell;
        if (integers && !known.contains(cell)) {
            double value = CsvCells.number(cell, kind);
            if (!CsvCells.integer(value)) {
                throw error(
                        line,
                        "a label, an integer or text",
                        CsvCells.shown(cell),
                        "if it is no number to be predicted, write integers or names; or name another column with"
                                + " CsvOptions.withLabelColumn");
            }
            name = CsvCells.integerName(value);
        }
        if (!known.isEmpty() && !known.contains(name)) {
            throw error(
                    line,
                    "a label of " + listed(known),
                    CsvCells.shown(name),
                    "add that class to the training data, or remove the row");
        }
        cells.add(same.computeIfAbsent(name, n -> n));
    }

    /** Takes the integers of all rows, if no cell has to be looked at for them; says whether it did. */
    boolean addAll(double[] column) {
        if (!survey.columns().get(label.column()).integers() || !known.stream().allMatch(CsvLabels::integerName)) {
            return false;
        }
        for (double value : column) {
            cells.add(same.computeIfAbsent(CsvCells.integerName(value), n -> n));
        }
        if (!known.isEmpty() && !known.containsAll(same.keySet())) {
            cells.clear();
            same.clear();
            return false;
        }
        return true;
    }

    private static boolean integerName(String name) {
        CsvCells.Kind kind = CsvCells.kind(name);
        return kind == CsvCells.Kind.INTEGER && name.equals(CsvCells.integerName(CsvCells.number(name, kind)));
    }

    private DataFormatException error(long line, String expected, String found, String fix) {
        return survey.source().error(line, label.column() + 1, expected, found, fix);
    }

    private static String listed(List<String> names) {
        boolean numbers =
                names.get(0).equals("0") && names.get(names.size() - 1).equals("" + (names.size() - 1));
        return numbers
                ? "0.." + (names.size() - 1)
                : names.size() <= 12 ? names.toString() : names.subList(0, 12) + "...";
    }

    /** The names of the classes: those that were given, or integers by size and texts by alphabet. */
    List<String> names() {
        if (!known.isEmpty()) {
            return known;
        }
        int classes = same.size();
        if (classes == 1) {
            throw survey.source()
                    .error(
                            "at least 2 classes in the labels, " + survey.words(label.column()) + " (" + label.why()
                                    + ")",
                            cells.size() + " times " + CsvCells.quoted(cells.get(0)),
                            "add rows of another class, or name another column with CsvOptions.withLabelColumn");
        }
        if (CsvColumn.likeIds(classes, cells.size()) || classes > CsvOptions.MAX_CLASSES) {
            throw survey.source()
                    .error(
                            "several rows of each class in the labels, " + survey.words(label.column()) + " ("
                                    + label.why() + "), and at most " + CsvOptions.MAX_CLASSES + " classes",
                            classes + " different ones in " + cells.size() + " rows",
                            "if those are ids, name another column with CsvOptions.withLabelColumn and leave this one"
                                    + " out with CsvOptions.withIgnoredColumn");
        }
        requireUnlike();
        if (!integers) {
            return List.copyOf(new TreeSet<>(same.keySet()));
        }
        TreeSet<Long> sorted = new TreeSet<>();
        same.keySet().forEach(name -> sorted.add(Long.valueOf(name)));
        return sorted.stream().map(Object::toString).toList();
    }

    /** Refuses two classes whose names differ by nothing that a reader would see or mean. */
    private void requireUnlike() {
        Map<String, String> seen = new HashMap<>();
        for (String name : new TreeSet<>(same.keySet())) {
            String alike = seen.put(CsvCells.likeness(name), name);
            if (alike != null) {
                throw survey.source()
                        .error(
                                "labels that differ by more than case, blanks or invisible characters, "
                                        + survey.words(label.column()) + " (" + label.why() + ")",
                                CsvCells.quoted(alike) + " and " + CsvCells.quoted(name),
                                "write them alike, or name all classes with CsvOptions.withLabelNames if they differ");
            }
        }
    }

    /** The class of each row. */
    int[] classes(List<String> names) {
        Map<String, Integer> of = new HashMap<>();
        names.forEach(name -> of.put(name, of.size()));
        return cells.stream().mapToInt(of::get).toArray();
    }
}
