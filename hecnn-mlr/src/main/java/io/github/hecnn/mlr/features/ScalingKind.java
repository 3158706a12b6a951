package io.github.hecnn.mlr.features;

import java.util.Arrays;
import java.util.Locale;

/** What is done to features, with statistics of the training features only, before training. */
public enum ScalingKind {
    /** Nothing. */
    NONE(0),
    /** Less the mean. */
    CENTER(0),
    /**
     * Less the mean, over the column's own deviation: the unit of a feature does not matter. Columns that are constant in training are
     * left out, as zeros; {@code FeatureScaler.constantFeatures} names them.
     */
    STANDARDIZE(0),
    /**
     * Less the mean, over the deviation plus 0.1 times the mean deviation of all columns, so that columns that hardly vary stay small. Only
     * for features of one unit, such as the cells of a histogram: in other units the result is another.
     */
    STANDARDIZE_POOLED(0.1),
    /** A fixed Fourier and cosine transform of the grid, the same for everybody; then standardised, pooled. */
    DCT(0.1),
    /**
     * Less the mean, turned to the eigenvectors of the training features' covariance and divided by the root of the eigenvalue plus
     * 0.3 times the mean eigenvalue. At most 255 features and at most one less than the samples are left. With this the first
     * iteration of training is close to a ridge regression, and later ones add little: the owner of the data could nearly train alone.
     * Covariances have units, so this is for features of one unit; {@link #WHITEN_STANDARDIZED} is for the rest.
     */
    WHITEN(0.3),
    /** {@link #STANDARDIZE}, then {@link #WHITEN}: the units of features do not matter. */
    WHITEN_STANDARDIZED(0.3);

    private final double lambda;

    ScalingKind(double lambda) {
        this.lambda = lambda;
    }

    /** {@return the ridge, relative to the mean deviation or eigenvalue} */
    public double lambda() {
        return lambda;
    }

    /** {@return whether the features must lie on a known grid} */
    public boolean needsGrid() {
        return this == DCT;
    }

    /** The name in options and reports, in lower case, with hyphens. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * {@return the opposite of {@link #toString}}
     *
     * @param name such as {@code standardize-pooled}
     * @throws IllegalArgumentException if there is no such kind
     */
    public static ScalingKind named(String name) {
        for (ScalingKind kind : values()) {
            if (kind.toString().equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("scaling: expected one of " + Arrays.toString(values()) + ", found '" + name
                + "'; choose one of these");
    }
}
