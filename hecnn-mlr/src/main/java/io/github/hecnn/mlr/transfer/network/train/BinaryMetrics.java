package io.github.hecnn.mlr.transfer.network.train;

import java.util.Locale;

/**
 * Counts of a binary classification and what is usually made of them. A ratio with nothing below the line is 0.
 *
 * @param truePositives class 1 said to be 1
 * @param falsePositives class 0 said to be 1
 * @param trueNegatives class 0 said to be 0
 * @param falseNegatives class 1 said to be 0
 */
public record BinaryMetrics(int truePositives, int falsePositives, int trueNegatives, int falseNegatives) {
    /**
     * Checks the components.
     *
     * @param truePositives class 1 said to be 1
     * @param falsePositives class 0 said to be 1
     * @param trueNegatives class 0 said to be 0
     * @param falseNegatives class 1 said to be 0
     * @throws IllegalArgumentException if a count is negative
     */
    public BinaryMetrics {
        if (Math.min(Math.min(truePositives, falsePositives), Math.min(trueNegatives, falseNegatives)) < 0) {
            throw new IllegalArgumentException("binary metrics: expected counts of 0 or more, found " + truePositives
                    + ", " + falsePositives + ", " + trueNegatives + ", " + falseNegatives + "; count again");
        }
    }

    /**
     * Compares probabilities with labels; from 0.5 up counts as class 1.
     *
     * @param probabilities [samples] of class 1
     * @param labels [samples], 0 or 1
     * @return the counts
     * @throws IllegalArgumentException if the numbers of samples differ, a label is neither or a probability is not a number
     */
    public static BinaryMetrics of(double[] probabilities, int[] labels) {
        if (probabilities.length != labels.length) {
            throw new IllegalArgumentException("binary metrics: expected as many probabilities as labels, found "
                    + probabilities.length + " and " + labels.length + "; pass matching arrays");
        }
        int[] counts = new int[4];
        for (int i = 0; i < labels.length; i++) {
            if ((labels[i] != 0 && labels[i] != 1) || Double.isNaN(probabilities[i])) {
                throw new IllegalArgumentException("binary metrics: expected labels 0 and 1 and numbers, found "
                        + labels[i] + " and " + probabilities[i] + " for sample " + i + "; correct that sample");
            }
            counts[labels[i] * 2 + (probabilities[i] >= 0.5 ? 1 : 0)]++;
        }
        return new BinaryMetrics(counts[3], counts[1], counts[0], counts[2]);
    }

    /** {@return number of samples} */
    public int samples() {
        return truePositives + falsePositives + trueNegatives + falseNegatives;
    }

    /** {@return share of right answers} */
    public double accuracy() {
        return ratio(truePositives + trueNegatives, samples());
    }

    /** {@return share of right ones among answers of class 1} */
    public double precision() {
        return ratio(truePositives, truePositives + falsePositives);
    }

    /** {@return share of class 1 that was found} */
    public double recall() {
        return ratio(truePositives, truePositives + falseNegatives);
    }

    /** {@return harmonic mean of precision and recall} */
    public double f1() {
        return ratio(2.0 * truePositives, 2.0 * truePositives + falsePositives + falseNegatives);
    }

    /** {@return Cohen's kappa: how far the agreement exceeds that of independent answers with the same class shares; 0 if undefined} */
    public double kappa() {
        double n = samples();
        double chance = ((double) (truePositives + falsePositives) * (truePositives + falseNegatives)
                        + (double) (trueNegatives + falseNegatives) * (trueNegatives + falsePositives))
                / (n * n);
        return n == 0 ? 0 : ratio(accuracy() - chance, 1 - chance);
    }

    /**
     * Counts of both.
     *
     * @param other counts of other samples
     * @return the sums
     */
    public BinaryMetrics plus(BinaryMetrics other) {
        return new BinaryMetrics(
                truePositives + other.truePositives,
                falsePositives + other.falsePositives,
                trueNegatives + other.trueNegatives,
                falseNegatives + other.falseNegatives);
    }

    private static double ratio(double a, double b) {
        return b == 0 ? 0 : a / b;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "accuracy %.2f %%, F1 %.3f, kappa %.3f, precision %.3f, recall %.3f",
                100 * accuracy(),
                f1(),
                kappa(),
                precision(),
                recall());
    }
}
