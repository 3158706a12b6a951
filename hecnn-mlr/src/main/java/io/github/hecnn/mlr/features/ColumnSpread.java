package io.github.hecnn.mlr.features;

/** Means and deviations of columns, whatever their units: nothing overflows or vanishes on the way to a result that a double holds. */
final class ColumnSpread {
    /** A deviation below this part of the largest magnitude is rounding: the column counts as constant. */
    private static final double CONSTANT = 1e-13;

    private ColumnSpread() {}

    static double[] means(double[][] rows) {
        double[] mean = new double[rows[0].length];
        for (double[] row : rows) {
            for (int k = 0; k < mean.length; k++) {
                mean[k] += row[k];
            }
        }
        for (int k = 0; k < mean.length; k++) {
            mean[k] = Double.isFinite(mean[k]) ? mean[k] / rows.length : carefulMean(rows, k);
        }
        return mean;
    }

    private static double carefulMean(double[][] rows, int k) {
        double mean = 0;
        for (double[] row : rows) {
            mean += row[k] / rows.length;
        }
        return mean;
    }

    /** The root mean square distance from the mean of each column; exactly 0 for one that is constant. */
    static double[] deviations(double[][] rows, double[] mean) {
        double[] largest = new double[mean.length];
        double[] farthest = new double[mean.length];
        for (double[] row : rows) {
            for (int k = 0; k < mean.length; k++) {
                largest[k] = Math.max(largest[k], Math.abs(row[k]));
                farthest[k] = Math.max(farthest[k], Math.abs(row[k] - mean[k]));
            }
        }
        double[] squares = new double[mean.length];
        for (double[] row : rows) {
            for (int k = 0; k < mean.length; k++) {
                double d = farthest[k] == 0 ? 0 : (row[k] - mean[k]) / farthest[k];
                squares[k] += d * d;
            }
        }
        for (int k = 0; k < mean.length; k++) {
            double deviation = farthest[k] * Math.sqrt(squares[k] / rows.length);
            squares[k] = deviation <= CONSTANT * largest[k] ? 0 : deviation;
        }
        return squares;
    }
}
