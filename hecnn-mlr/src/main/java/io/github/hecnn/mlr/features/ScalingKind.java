package io.github.hecnn.mlr.features;

import java.util.Locale;

/** What is done to features, with statistics of the training features only, before training. */
public enum ScalingKind {
    /** Nothing. */
    NONE(0),
    /** Less the mean. */
    CENTER(0),
    /** Less the mean, over the deviation plus 0.1 times the mean deviation. */
    STANDARDIZE(0.1),
    /** A fixed Fourier and cosine transform of the grid, the same for everybody; then standardised. */
    DCT(0.1),
    /**
     * Less the mean, turned to the eigenvectors of the training features' covariance and divided by the root of the eigenvalue plus
     * 0.3 times the mean eigenvalue. At most 255 features and at most one less than the samples are left. With this the first
     * iteration of training is close to a ridge regression, and later ones add little: the owner of the data could nearly train alone.
     */
    WHITEN(0.3);

    private final double lambda;

    ScalingKind(double lambda) {
        this.lambda = lambda;
    }

    /** The ridge, relative to the mean deviation or eigenvalue. */
    public double lambda() {
        return lambda;
    }

    /** Whether the features must lie on a known grid. */
    public boolean needsGrid() {
        return this == DCT;
    }

    /** The name in options and reports, in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
