package io.github.hecnn.mlr.report;

/** Weights as comma-separated text: one line a class, the bias first, every digit a double has. */
public final class WeightsCsv {
    private WeightsCsv() {}

    /**
     * {@return text of weights [classes][1 + features]}
     *
     * @param weights [classes][1 + features]
     */
    public static String text(double[][] weights) {
        StringBuilder out = new StringBuilder();
        for (double[] row : weights) {
            for (int k = 0; k < row.length; k++) {
                out.append(k == 0 ? "" : ",").append(row[k]);
            }
            out.append('\n');
        }
        return out.toString();
    }
}
