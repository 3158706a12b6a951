package io.github.hecnn.mlr.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** How predictions compare with the truth. Immutable and thread-safe. */
public final class ClassificationReport {
    private final List<String> names;
    private final int[][] confusion;
    private final int samples;
    private final int correct;
    /** NaN if it is not known. */
    private final double auc;

    private ClassificationReport(List<String> names, int[][] confusion, double auc) {
        this.names = names;
        this.confusion = confusion;
        this.auc = auc;
        int all = 0;
        int right = 0;
        for (int a = 0; a < confusion.length; a++) {
            all += Arrays.stream(confusion[a]).sum();
            right += confusion[a][a];
        }
        samples = all;
        correct = right;
    }

    /**
     * Compares; classes are called 0..classes-1.
     *
     * @param actual [samples], 0..classes-1, at least one
     * @param predicted [samples], 0..classes-1
     * @param classes at least 2
     * @return the comparison
     * @throws IllegalArgumentException if there are no samples, numbers differ or a class is out of range
     */
    public static ClassificationReport of(int[] actual, int[] predicted, int classes) {
        return of(
                actual,
                predicted,
                IntStream.range(0, classes).mapToObj(Integer::toString).toList());
    }

    /**
     * Compares.
     *
     * @param actual [samples], 0..classes-1, at least one
     * @param predicted [samples], 0..classes-1
     * @param labelNames [classes], at least 2: what each class is called
     * @return the comparison
     * @throws IllegalArgumentException if there are no samples, numbers differ or a class is out of range
     */
    public static ClassificationReport of(int[] actual, int[] predicted, List<String> labelNames) {
        int classes = labelNames.size();
        if (classes < 2) {
            throw new IllegalArgumentException("classification report: expected at least 2 classes, found " + classes
                    + "; give the number of classes");
        }
        if (actual.length == 0 || actual.length != predicted.length) {
            throw new IllegalArgumentException(
                    "classification report: expected as many labels as predictions, at least one, found "
                            + actual.length + " and " + predicted.length + "; pass matching arrays");
        }
        int[][] confusion = new int[classes][classes];
        for (int i = 0; i < actual.length; i++) {
            confusion[checked(actual[i], "label", i, classes)][checked(predicted[i], "prediction", i, classes)]++;
        }
        return new ClassificationReport(List.copyOf(labelNames), confusion, Double.NaN);
    }

    /**
     * Compares; a sample is predicted as the class of its highest score, the lowest such class in a tie. With two classes the report has
     * an {@link #auc}, from the second score less the first.
     *
     * @param actual [samples], 0..classes-1, at least one
     * @param scores [samples][classes], finite
     * @param labelNames [classes], at least 2: what each class is called
     * @return the comparison
     * @throws IllegalArgumentException if there are no samples, numbers differ, a class is out of range or a score not finite
     */
    public static ClassificationReport ofScores(int[] actual, double[][] scores, List<String> labelNames) {
        int[] predicted = new int[scores.length];
        for (int i = 0; i < scores.length; i++) {
            if (scores[i].length != labelNames.size()
                    || !Arrays.stream(scores[i]).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException("classification report: expected " + labelNames.size()
                        + " finite scores, found " + Arrays.toString(scores[i]) + " for sample " + i
                        + "; give one for each class");
            }
            for (int j = 1; j < scores[i].length; j++) {
                predicted[i] = scores[i][j] > scores[i][predicted[i]] ? j : predicted[i];
            }
        }
        ClassificationReport report = of(actual, predicted, labelNames);
        return labelNames.size() != 2
                ? report
                : new ClassificationReport(
                        report.names,
                        report.confusion,
                        AreaUnderCurve.of(
                                actual,
                                Arrays.stream(scores)
                                        .mapToDouble(z -> z[1] - z[0])
                                        .toArray()));
    }

    private static int checked(int value, String what, int i, int classes) {
        if (value < 0 || value >= classes) {
            throw new IllegalArgumentException("classification report: expected classes 0.." + (classes - 1)
                    + ", found " + what + " " + value + " for sample " + i + "; map classes to that range");
        }
        return value;
    }

    /** {@return number of samples} */
    public int samples() {
        return samples;
    }

    /** {@return number of classes} */
    public int classes() {
        return confusion.length;
    }

    /** {@return what each class is called} */
    public List<String> labelNames() {
        return names;
    }

    /** {@return part of the samples predicted right, 0..1} */
    public double accuracy() {
        return (double) correct / samples;
    }

    /** {@return a copy of the confusion matrix, [actual][predicted]} */
    public int[][] confusion() {
        return Arrays.stream(confusion).map(int[]::clone).toArray(int[][]::new);
    }

    /**
     * Part of the samples of a class that were predicted so.
     *
     * @param c 0..classes-1
     * @return 0..1, or NaN if there are no samples of that class
     * @throws IllegalArgumentException if there is no such class
     */
    public double recall(int c) {
        requireClass(c);
        return ratio(confusion[c][c], actual(c));
    }

    /**
     * Part of the samples predicted as a class that are of that class.
     *
     * @param c 0..classes-1
     * @return 0..1, or NaN if nothing was predicted so
     * @throws IllegalArgumentException if there is no such class
     */
    public double precision(int c) {
        requireClass(c);
        return ratio(confusion[c][c], predicted(c));
    }

    /**
     * The harmonic mean of recall and precision of a class: 2 TP / (2 TP + FP + FN).
     *
     * @param c 0..classes-1
     * @return 0..1, or NaN if there are no samples of that class and nothing was predicted so
     * @throws IllegalArgumentException if there is no such class
     */
    public double f1(int c) {
        requireClass(c);
        return ratio(2L * confusion[c][c], (long) actual(c) + predicted(c));
    }

    /** {@return the mean of {@link #f1} over all classes that have samples or predictions, 0..1} */
    public double macroF1() {
        return IntStream.range(0, classes())
                .mapToDouble(this::f1)
                .filter(f -> !Double.isNaN(f))
                .average()
                .orElseThrow();
    }

    /** {@return the mean of {@link #f1} over all samples, each with that of its class, 0..1} */
    public double weightedF1() {
        double sum = 0;
        for (int c = 0; c < classes(); c++) {
            sum += actual(c) == 0 ? 0 : actual(c) * f1(c);
        }
        return sum / samples;
    }

    /**
     * Cohen's kappa: how far the accuracy is above that of predictions that are independent of the truth but as frequent, over how far it
     * could be.
     *
     * @return at most 1, or NaN if all samples are of one class and predicted so
     */
    public double kappa() {
        double chance = 0;
        for (int c = 0; c < classes(); c++) {
            chance += (double) actual(c) * predicted(c);
        }
        double all = (double) samples * samples;
        return all == chance ? Double.NaN : ((double) correct * samples - chance) / (all - chance);
    }

    /**
     * The area under the receiver operating characteristic with two classes: how probably a sample of class 1 scores above one of class 0,
     * ties counted as one half; over all pairs, exactly.
     *
     * @return 0..1; empty unless the report was made from scores of two classes and there are samples of both
     */
    public OptionalDouble auc() {
        return Double.isNaN(auc) ? OptionalDouble.empty() : OptionalDouble.of(auc);
    }

    private void requireClass(int c) {
        if (c < 0 || c >= classes()) {
            throw new IllegalArgumentException("classification report: expected a class 0.." + (classes() - 1)
                    + ", found " + c + "; ask for a class of the model");
        }
    }

    private int actual(int c) {
        return Arrays.stream(confusion[c]).sum();
    }

    private int predicted(int c) {
        return Arrays.stream(confusion).mapToInt(row -> row[c]).sum();
    }

    private static double ratio(long part, long of) {
        return of == 0 ? Double.NaN : (double) part / of;
    }

    /** Accuracy and the other measures of the whole, then one line per actual class: its counts by predicted class, recall and precision; "-" where there is none. */
    @Override
    public String toString() {
        int longest = names.stream().mapToInt(String::length).max().orElse(1);
        int cell = Math.max(Math.max(5, longest + 1), Integer.toString(samples).length() + 1);
        int first = Math.max(6, longest);
        StringBuilder s = new StringBuilder();
        s.append(String.format(Locale.ROOT, "accuracy %.2f %% (%d of %d)%n", 100 * accuracy(), correct, samples));
        s.append(String.format(
                Locale.ROOT, "kappa %.3f, macro F1 %.3f, weighted F1 %.3f", kappa(), macroF1(), weightedF1()));
        auc().ifPresent(area -> s.append(String.format(Locale.ROOT, ", AUC %.4f", area)));
        s.append(System.lineSeparator());
        s.append(String.format(Locale.ROOT, "%-" + first + "s", "actual"));
        for (int p = 0; p < classes(); p++) {
            s.append(String.format(Locale.ROOT, "%" + cell + "s", names.get(p)));
        }
        s.append(String.format(Locale.ROOT, "%10s%11s%n", "recall", "precision"));
        for (int a = 0; a < classes(); a++) {
            s.append(String.format(Locale.ROOT, "%" + first + "s", names.get(a)));
            for (int p = 0; p < classes(); p++) {
                s.append(String.format(Locale.ROOT, "%" + cell + "d", confusion[a][p]));
            }
            s.append(String.format(Locale.ROOT, "%10s%11s%n", percent(recall(a)), percent(precision(a))));
        }
        return s.toString();
    }

    private static String percent(double part) {
        return Double.isNaN(part) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * part);
    }
}
