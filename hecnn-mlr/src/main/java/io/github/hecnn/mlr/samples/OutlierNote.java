package io.github.hecnn.mlr.samples;

import io.github.hecnn.mlr.data.LabeledDataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Words about columns in which a few values are so far out that scaling by the deviation makes all others the same, as a typing error does. Nothing
 * fails then, and the column says nothing.
 */
final class OutlierNote {
    /** Times the range of the middle nine tenths. */
    private static final double FAR = 1e6;

    private static final int ROWS = 1000;
    private static final int NAMED = 5;

    private OutlierNote() {}

    /** One note about all such columns, or none. */
    static List<String> of(LabeledDataset data) {
        List<String> columns = new ArrayList<>();
        int found = 0;
        for (int k = 0; k < data.width(); k++) {
            double far = farthest(data.features(), k);
            if (!Double.isNaN(far) && ++found <= NAMED) {
                String name = data.featureNames().isEmpty()
                        ? "feature " + (k + 1)
                        : "'" + data.featureNames().get(k) + "'";
                columns.add(String.format(Locale.ROOT, "%s (%.3g)", name, far));
            }
        }
        return found == 0
                ? List.of()
                : List.of(
                        "Values that are more than a million times as far out as nine tenths of their column: "
                                + String.join(", ", columns)
                                + (found > NAMED ? " and " + (found - NAMED) + " more" : "")
                                + ". Beside them all others look the same to the training: correct them, or leave the columns out.");
    }

    /** The value that is too far out; NaN if there is none, or most values are the same. */
    private static double farthest(double[][] rows, int k) {
        double lo = Double.POSITIVE_INFINITY;
        double hi = Double.NEGATIVE_INFINITY;
        for (double[] row : rows) {
            lo = Math.min(lo, row[k]);
            hi = Math.max(hi, row[k]);
        }
        double[] some = new double[Math.min(ROWS, rows.length)];
        Arrays.setAll(some, i -> rows[(int) ((long) i * rows.length / some.length)][k]);
        Arrays.sort(some);
        double low = some[some.length / 20];
        double high = some[some.length - 1 - some.length / 20];
        double range = high - low;
        if (range == 0) {
            return Double.NaN;
        }
        double up = hi / range - high / range; // divided first: the difference may overflow
        double down = low / range - lo / range;
        return Math.max(up, down) <= FAR ? Double.NaN : up > down ? hi : lo;
    }
}
