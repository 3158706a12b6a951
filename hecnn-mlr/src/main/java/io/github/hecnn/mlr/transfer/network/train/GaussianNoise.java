package io.github.hecnn.mlr.transfer.network.train;

import io.github.hecnn.core.sampling.RandomSource;

/** Standard normal numbers by Box and Muller's method. Not thread-safe. */
final class GaussianNoise {
    private final RandomSource random;

    GaussianNoise(RandomSource random) {
        this.random = random;
    }

    double next() {
        double u = 1 - random.nextDouble(); // never 0
        return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
