package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.QuadraticGradient;
import io.github.hecnn.mlr.features.ScalingKind;

/**
 * The owner's preparation of features: they are centred, get a leading 1, and column k is multiplied by sqrt(b_k), b the mean diagonal of the
 * quadratic gradient (arXiv 2304.03807). The owner keeps these numbers, not the data, to bring weights back. Immutable and thread-safe.
 */
public final class LongFeatures {
    private final FeatureScaler centring;
    private final double[] factors;

    private LongFeatures(FeatureScaler centring, double[] factors) {
        this.centring = centring;
        this.factors = factors;
    }

    /**
     * Learns means and factors. Labels are not looked at.
     *
     * @param features [samples][features] without the leading 1, of the training samples only
     * @return what prepares these and other samples
     * @throws IllegalArgumentException if there are none, or they are ragged or not finite
     */
    public static LongFeatures fit(double[][] features) {
        FeatureScaler centring = FeatureScaler.fit(ScalingKind.CENTER, features, null);
        double[] b = QuadraticGradient.meanDiagonal(FeatureScaler.withOnes(centring.transform(features)));
        for (int k = 0; k < b.length; k++) {
            b[k] = Math.sqrt(b[k]);
        }
        return new LongFeatures(centring, b);
    }

    /** Columns with the leading 1. */
    public int size() {
        return factors.length;
    }

    /**
     * Prepares samples.
     *
     * @param features [samples][features] without the leading 1
     * @return [samples][{@link #size}]
     * @throws IllegalArgumentException if their number is another
     */
    public double[][] transform(double[][] features) {
        double[][] x = FeatureScaler.withOnes(centring.transform(features));
        for (double[] row : x) {
            for (int k = 0; k < row.length; k++) {
                row[k] *= factors[k];
            }
        }
        return x;
    }

    /**
     * Weights for centred features with a leading 1 from the weights that training found for prepared ones.
     *
     * @param weights [classes][{@link #size}]; not changed
     * @return [classes][{@link #size}]
     */
    public double[][] weightsOfCentred(double[][] weights) {
        double[][] out = new double[weights.length][];
        for (int c = 0; c < out.length; c++) {
            out[c] = weights[c].clone();
            for (int k = 0; k < factors.length; k++) {
                out[c][k] *= factors[k];
            }
        }
        return out;
    }

    /** The value of column 0 in every prepared sample. */
    double one() {
        return factors[0];
    }
}
