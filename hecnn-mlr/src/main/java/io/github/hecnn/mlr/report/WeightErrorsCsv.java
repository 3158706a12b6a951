package io.github.hecnn.mlr.report;

import io.github.hecnn.mlr.rehearsal.WeightComparison;

/**
 * What is known of the error of each weight, as comma-separated text beside the weights: a header, then one line a weight in their order.
 * Errors are decrypted minus rehearsed; a column of zeros has the relative error NaN.
 */
final class WeightErrorsCsv {
    private WeightErrorsCsv() {}

    /** Text of a comparison with rehearsed weights [classes][1 + features]. */
    static String text(double[][] rehearsed, WeightComparison comparison) {
        StringBuilder out =
                new StringBuilder("class,feature,rehearsed,error,predicted_deviation,limit,relative_error_of_column\n");
        for (int c = 0; c < comparison.classes(); c++) {
            for (int u = 0; u < comparison.features(); u++) {
                WeightComparison.WeightError w = comparison.weight(c, u);
                out.append(c).append(',').append(u).append(',').append(rehearsed[c][u]);
                for (double v : new double[] {w.error(), w.deviation(), w.limit(), comparison.relativeError(u)}) {
                    out.append(',').append(v);
                }
                out.append('\n');
            }
        }
        return out.toString();
    }
}
