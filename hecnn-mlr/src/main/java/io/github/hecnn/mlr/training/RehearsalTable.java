package io.github.hecnn.mlr.training;

import io.github.hecnn.mlr.recipe.Schedule;
import java.util.List;
import java.util.Locale;

/**
 * What a rehearsal in the clear found out about ways to train: for each the accuracy on training samples it was not trained on, and what
 * the encrypted training would take. {@link io.github.hecnn.mlr.MlrTrainer#fit} takes the chosen one.
 *
 * <p>Chosen is among those that fit and stay inside the sigmoid polynomial's interval. From the cheapest on, in predicted seconds, a
 * costlier one is taken only if, of the samples that only one of the two gets right, it has more by over a standard error:
 * a - b above sqrt(a + b). Where no samples can be spared to try on, it is two iterations of the most careful steps.
 *
 * <p>Immutable and thread-safe.
 *
 * @param rows in the order they were tried: the most careful steps first
 * @param chosen one of the rows
 * @param heldOut training samples that were answered for; 0 if there were too few to try
 */
public record RehearsalTable(List<Row> rows, Row chosen, int heldOut) {
    /**
     * Checks and copies the components.
     *
     * @param rows in the order they were tried: the most careful steps first
     * @param chosen one of the rows
     * @param heldOut training samples that were answered for; 0 if there were too few to try
     * @throws IllegalArgumentException if the chosen row is none of them
     */
    public RehearsalTable {
        rows = List.copyOf(rows);
        if (!rows.contains(chosen)) {
            throw new IllegalArgumentException(
                    "rehearsal: expected the chosen row to be one of the rows, found another;" + " choose one of them");
        }
    }

    /**
     * One way to train.
     *
     * @param combination the way
     * @param accuracy part of the held-out samples predicted right, 0..1; NaN if there are none
     * @param largestScore the largest |z| the sigmoid polynomial meets in training
     * @param cost of the encrypted training, or null if it does not fit
     * @param excluded why it cannot be chosen; empty if it can
     */
    public record Row(Combination combination, double accuracy, double largestScore, Cost cost, String excluded) {}

    /**
     * What an encrypted training takes, from its plan.
     *
     * @param logRingDegree log2 N
     * @param levels levels of the chain
     * @param seconds predicted, on one thread
     * @param uploadBytes of the encrypted data
     * @param keyBytes of the evaluation keys in files
     * @param memoryBytes of heap
     */
    public record Cost(
            int logRingDegree, int levels, double seconds, long uploadBytes, long keyBytes, long memoryBytes) {}

    /** One line for each way, the chosen one marked. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "  %4s %-14s %-9s %5s %-14s %9s %8s %3s %6s %8s %10s %10s%n",
                "iter",
                "preconditioner",
                "schedule",
                "rate",
                "sigmoid",
                "accuracy",
                "|z|",
                "N",
                "levels",
                "seconds",
                "upload MB",
                "keys MB"));
        for (Row row : rows) {
            out.append(row.equals(chosen) ? "> " : "  ").append(line(row)).append(System.lineSeparator());
        }
        out.append(
                heldOut == 0
                        ? "too few samples to try on: accuracies are not known"
                        : "accuracy on " + heldOut + " training samples that were left out in turn");
        return out.append(System.lineSeparator()).toString();
    }

    private static String line(Row row) {
        Combination c = row.combination;
        String begin = String.format(
                Locale.ROOT,
                "%4d %-14s %-9s %5s %-14s %9s %8.1f",
                c.iterations(),
                c.preconditioner(),
                name(c.schedule()),
                number(c.learningRate()),
                c.sigmoid().degree() + " [" + number(c.sigmoid().lo()) + ", "
                        + number(c.sigmoid().hi()) + "]",
                Double.isNaN(row.accuracy) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * row.accuracy),
                row.largestScore);
        if (row.cost == null) {
            return begin + "  " + row.excluded;
        }
        return String.format(
                Locale.ROOT,
                "%s %3s %6d %8.1f %10.1f %10.1f%s",
                begin,
                "2^" + row.cost.logRingDegree,
                row.cost.levels,
                row.cost.seconds,
                row.cost.uploadBytes / 1e6,
                row.cost.keyBytes / 1e6,
                row.excluded.isEmpty() ? "" : "  " + row.excluded);
    }

    private static String name(Schedule schedule) {
        return schedule.momentum().name().toLowerCase(Locale.ROOT);
    }

    private static String number(double v) {
        return v == Math.rint(v) ? String.format(Locale.ROOT, "%.0f", v) : Double.toString(v);
    }
}
