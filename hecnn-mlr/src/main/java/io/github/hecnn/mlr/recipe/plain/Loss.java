package io.github.hecnn.mlr.recipe.plain;

/**
 * The logarithm of the squared likelihood error (SLE), the objective that the training maximises.
 *
 * <p>It is evaluated in the form of the published program, the sum over samples i and classes j of ln |1 - y_ij - sigmoid(z_ij)| with
 * Z = X W^T: ln sigmoid(z) where the label is j and ln (1 - sigmoid(z)) elsewhere, so its gradient is (Y - P)^T X. The formula
 * printed in arXiv 2304.03807 has ln |y_ij - sigmoid(z_ij)|, whose gradient has the opposite sign and is not the one the
 * algorithm follows. The true sigmoid is used, not its polynomial, and no exponential overflows. Nearer to 0 is better.
 */
public final class Loss {
    private Loss() {}

    /**
     * Evaluates the SLE in the clear.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @param labels [samples], 0..classes-1
     * @param weights [classes][features]
     * @return at most 0
     * @throws IllegalArgumentException if shapes or labels do not fit together, or a score is no finite number
     */
    public static double sle(double[][] x, int[] labels, double[][] weights) {
        if (x.length != labels.length) {
            throw new IllegalArgumentException("SLE: expected one label per sample, found " + x.length + " samples and "
                    + labels.length + " labels; pass matching arrays");
        }
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            if (labels[i] < 0 || labels[i] >= weights.length) {
                throw new IllegalArgumentException("SLE: expected labels 0.." + (weights.length - 1) + ", found "
                        + labels[i] + " for sample " + i + "; map labels to that range");
            }
            for (int j = 0; j < weights.length; j++) {
                if (weights[j].length != x[i].length) {
                    throw new IllegalArgumentException("SLE: expected " + weights[j].length + " features, found "
                            + x[i].length + " in row " + i + "; use the features the model was trained on");
                }
                double z = PlainRun.dot(x[i], weights[j]);
                if (!Double.isFinite(z)) {
                    throw new IllegalArgumentException("SLE: expected finite scores, found " + z + " in row " + i
                            + "; check features and weights for what is not finite or too large");
                }
                sum += logSigmoid(labels[i] == j ? z : -z);
            }
        }
        return sum;
    }

    private static double logSigmoid(double z) {
        return Math.min(z, 0) - Math.log1p(Math.exp(-Math.abs(z)));
    }
}
