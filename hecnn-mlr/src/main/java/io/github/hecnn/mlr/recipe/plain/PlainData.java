package io.github.hecnn.mlr.recipe.plain;

import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.features.QuadraticGradient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Samples for several trainings in the clear, which share what depends on the samples alone: the diagonals of the quadratic gradient.
 * Thread-safe as long as nobody changes the samples.
 */
public final class PlainData {
    private final double[][] x;
    private final Map<Preconditioner, double[]> diagonals = new ConcurrentHashMap<>();

    /**
     * Takes a design matrix over.
     *
     * @param x design matrix [samples][features], ones in column 0; not copied
     */
    public PlainData(double[][] x) {
        this.x = x;
    }

    double[][] x() {
        return x;
    }

    /** See {@link QuadraticGradient#diagonal(double[][], Preconditioner)}; computed once. */
    double[] diagonal(Preconditioner preconditioner) {
        return diagonals.computeIfAbsent(preconditioner, p -> QuadraticGradient.diagonal(x, p));
    }
}
