package io.github.hecnn.mlr.transfer.network.train;

import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.transfer.network.Network;
import java.util.Arrays;

/**
 * A linear head trained with differential privacy: full-batch gradient descent on the logistic loss, every example's gradient clipped
 * to norm C, Gaussian noise of deviation noiseMultiplier * C on each step's sum (Abadi and others, arXiv 1607.00133, without sampling
 * of batches). {@link GaussianAccountant} tells epsilon and delta.
 *
 * <p>Why not the usual head: noise goes on every weight, and half a million of them drown a hundred examples; on a linear head the
 * noise of all weights together moves a score by one Gaussian. What is protected is one training example, text and label, against
 * whoever sees the trained head or its answers. The number of examples, the settings and the encoder count as public.
 *
 * <p>Immutable and thread-safe. Noise comes from a seeded source for repeatable measurements; a head to be published needs a secret
 * seed.
 */
public final class DpLogisticRegression {
    private final double[] weights;
    private final double bias;

    private DpLogisticRegression(double[] weights, double bias) {
        this.weights = weights;
        this.bias = bias;
    }

    /**
     * How to train.
     *
     * @param steps gradient steps, at least 1
     * @param learningRate positive
     * @param clip C, the largest norm of an example's gradient, positive
     * @param noiseMultiplier deviation of the noise over C; 0 for no noise and no privacy
     * @param seed of the noise
     */
    public record Settings(int steps, double learningRate, double clip, double noiseMultiplier, long seed) {
        /**
         * Checks the components.
         *
         * @param steps gradient steps, at least 1
         * @param learningRate positive
         * @param clip C, the largest norm of an example's gradient, positive
         * @param noiseMultiplier deviation of the noise over C; 0 for no noise and no privacy
         * @param seed of the noise
         * @throws IllegalArgumentException if a setting is out of range
         */
        public Settings {
            if (steps < 1 || !(learningRate > 0) || !(clip > 0) || !(noiseMultiplier >= 0)) {
                throw new IllegalArgumentException(
                        "private training: expected at least 1 step, a positive rate and clip and no"
                                + " negative noise, found " + steps + ", " + learningRate + ", " + clip + " and "
                                + noiseMultiplier
                                + "; correct them");
            }
        }

        /**
         * {@return 30 steps of rate 4 on features scaled to norm 1, clipped at 1}
         *
         * @param noiseMultiplier deviation of the noise over the clipping bound
         * @param seed of everything random
         */
        public static Settings standard(double noiseMultiplier, long seed) {
            return new Settings(30, 4, 1, noiseMultiplier, seed);
        }

        /**
         * {@return epsilon of the whole training at a delta; infinite without noise}
         *
         * @param delta probability that the guarantee fails, above 0
         */
        public double epsilon(double delta) {
            return GaussianAccountant.epsilon(noiseMultiplier, steps, delta);
        }
    }

    /**
     * Trains. Every feature vector is scaled to norm 1 first, on its own, which costs no privacy.
     *
     * @param x [samples][features], finite, such as {@link Network} gives
     * @param labels [samples], 0 or 1
     * @param settings how
     * @return the head
     * @throws IllegalArgumentException if shapes differ, there are no samples or a label is neither 0 nor 1
     */
    public static DpLogisticRegression train(double[][] x, int[] labels, Settings settings) {
        if (x.length == 0 || x.length != labels.length) {
            throw new IllegalArgumentException(
                    "private training: expected as many labels as samples, at least one, found " + labels.length
                            + " and " + x.length + "; pass matching arrays");
        }
        for (int i = 0; i < labels.length; i++) {
            if ((labels[i] != 0 && labels[i] != 1) || x[i].length != x[0].length) {
                throw new IllegalArgumentException(
                        "private training: expected labels 0 and 1 and " + x[0].length + " features, found " + labels[i]
                                + " and " + x[i].length + " for sample " + i + "; correct it");
            }
        }
        int width = x[0].length;
        GaussianNoise noise =
                new GaussianNoise(RandomSource.seeded(settings.seed()).fork("noise"));
        double[] w = new double[width + 1];
        for (int step = 0; step < settings.steps(); step++) {
            double[] sum = new double[width + 1];
            for (int i = 0; i < x.length; i++) {
                double[] v = unit(x[i]);
                double slope = CrossEntropy.sigmoid(score(w, v)) - labels[i];
                // the gradient is slope * (v, 1), of norm |slope| * |(v, 1)|
                double norm = Math.abs(slope) * Math.sqrt(dot(v, v) + 1);
                double factor = slope * Math.min(1, settings.clip() / Math.max(norm, 1e-300));
                for (int k = 0; k < width; k++) {
                    sum[k] += factor * v[k];
                }
                sum[width] += factor;
            }
            for (int k = 0; k <= width; k++) {
                double noisy = sum[k] + settings.noiseMultiplier() * settings.clip() * noise.next();
                w[k] -= settings.learningRate() * noisy / x.length;
            }
        }
        double[] weights = Arrays.copyOf(w, width);
        return new DpLogisticRegression(weights, w[width]);
    }

    private static double[] unit(double[] v) {
        double norm = Math.sqrt(dot(v, v));
        double[] out = v.clone();
        for (int k = 0; k < out.length && norm > 0; k++) {
            out[k] /= norm;
        }
        return out;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < b.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static double score(double[] w, double[] v) {
        return dot(w, v) + w[v.length];
    }

    /**
     * Probabilities of class 1.
     *
     * @param x [samples][features]
     * @return [samples]
     * @throws IllegalArgumentException if a sample has another number of features
     */
    public double[] predict(double[][] x) {
        double[] out = new double[x.length];
        for (int i = 0; i < out.length; i++) {
            if (x[i].length != weights.length) {
                throw new IllegalArgumentException("private head: expected " + weights.length + " features, found "
                        + x[i].length + " for sample " + i + "; pass what it was trained on");
            }
            out[i] = CrossEntropy.sigmoid(dot(weights, unit(x[i])) + bias);
        }
        return out;
    }
}
