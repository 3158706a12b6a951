package io.github.hecnn.mlr.recipe.plain;

import java.util.Arrays;

/**
 * What trainings maximise: the logarithm of the squared likelihood error (SLE), which is this one's, and the log-likelihood of the softmax.
 *
 * <p>The SLE is evaluated in the form of the published program, the sum over samples i and classes j of ln |1 - y_ij - sigmoid(z_ij)| with
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
        return sum("SLE", x, labels, weights, (z, label) -> {
            double sum = 0;
            for (int j = 0; j < z.length; j++) {
                sum += logSigmoid(label == j ? z[j] : -z[j]);
            }
            return sum;
        });
    }

    /**
     * Evaluates the log-likelihood of the softmax in the clear: the sum over samples of ln (exp(z_label) / sum_j exp(z_j)).
     *
     * @param x design matrix [samples][features], ones in column 0
     * @param labels [samples], 0..classes-1
     * @param weights [classes][features]
     * @return at most 0
     * @throws IllegalArgumentException if shapes or labels do not fit together, or a score is no finite number
     */
    public static double logLikelihood(double[][] x, int[] labels, double[][] weights) {
        return sum("log-likelihood", x, labels, weights, (z, label) -> {
            double max = Arrays.stream(z).max().orElseThrow();
            return z[label]
                    - max
                    - Math.log(Arrays.stream(z).map(v -> Math.exp(v - max)).sum());
        });
    }

    private interface SampleLoss {
        double of(double[] scores, int label);
    }

    private static double sum(String what, double[][] x, int[] labels, double[][] weights, SampleLoss loss) {
        if (x.length != labels.length) {
            throw new IllegalArgumentException(what + ": expected one label per sample, found " + x.length
                    + " samples and " + labels.length + " labels; pass matching arrays");
        }
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            if (labels[i] < 0 || labels[i] >= weights.length) {
                throw new IllegalArgumentException(what + ": expected labels 0.." + (weights.length - 1) + ", found "
                        + labels[i] + " for sample " + i + "; map labels to that range");
            }
            double[] scores = new double[weights.length];
            for (int j = 0; j < weights.length; j++) {
                if (weights[j].length != x[i].length) {
                    throw new IllegalArgumentException(what + ": expected " + weights[j].length + " features, found "
                            + x[i].length + " in row " + i + "; use the features the model was trained on");
                }
                double z = PlainDesign.dot(x[i], weights[j]);
                if (!Double.isFinite(z)) {
                    throw new IllegalArgumentException(what + ": expected finite scores, found " + z + " in row " + i
                            + "; check features and weights for what is not finite or too large");
                }
                scores[j] = z;
            }
            sum += loss.of(scores, labels[i]);
        }
        return sum;
    }

    private static double logSigmoid(double z) {
        return Math.min(z, 0) - Math.log1p(Math.exp(-Math.abs(z)));
    }
}
