package io.github.hecnn.mlr.data;

/** The check of a design matrix, said the same way everywhere. */
public final class DesignMatrix {
    private DesignMatrix() {}

    /**
     * Refuses what is not rectangular [samples][features], finite, with ones in column 0.
     *
     * @param operation what is being done, for the text
     * @param x [samples][features], ones in column 0
     * @param features with the leading 1
     * @throws IllegalArgumentException naming the first row or number that is not so
     */
    public static void check(String operation, double[][] x, int features) {
        if (features < 1) {
            throw new IllegalArgumentException(operation
                    + ": expected at least the leading column of ones, found no columns; see FeatureScaler.withOnes");
        }
        for (int i = 0; i < x.length; i++) {
            if (x[i].length != features) {
                throw new IllegalArgumentException(
                        operation + ": expected rows of " + features + " columns (the leading 1 counted), found "
                                + x[i].length + " in row " + i + "; see FeatureScaler.withOnes");
            }
            if (x[i][0] != 1) {
                throw new IllegalArgumentException(operation + ": expected a leading column of ones, found " + x[i][0]
                        + " in row " + i + "; see FeatureScaler.withOnes");
            }
            for (int k = 1; k < features; k++) {
                if (!Double.isFinite(x[i][k])) {
                    throw new IllegalArgumentException(operation + ": expected finite features, found " + x[i][k]
                            + " in row " + i + ", column " + k + "; remove or impute it");
                }
            }
        }
    }
}
