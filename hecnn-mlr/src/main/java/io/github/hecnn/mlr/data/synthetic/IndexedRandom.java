package io.github.hecnn.mlr.data.synthetic;

/**
 * The SplitMix64 generator, started from a seed and the index of an image, so that image i never depends on the others.
 *
 * <p>Only integer arithmetic, exact scaling and additions in a fixed order are used: the same numbers on every JVM and CPU.
 * Not thread-safe; every image makes its own.
 */
final class IndexedRandom {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double SQRT_3 = 1.7320508075688772;

    private long state;

    IndexedRandom(long seed, long index) {
        state = mix(seed ^ mix(index * GOLDEN + 0x632BE59BD9B4E019L));
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** The next value, uniform in [0, 1). */
    double next() {
        state += GOLDEN;
        return (mix(state) >>> 11) * 0x1p-53;
    }

    /** Uniform in [low, high). */
    double between(double low, double high) {
        return low + (high - low) * next();
    }

    /** An integer in [0, bound); the bias is below 2^-40 for the small bounds used here. */
    int below(int bound) {
        return (int) (next() * bound);
    }

    /**
     * A bell-shaped value with mean 0 and deviation 1 that never leaves -3.5..3.5: the scaled sum of four uniform values.
     * The missing tails are wanted: a control point must not leave the digit.
     */
    double bell() {
        double sum = next();
        sum += next();
        sum += next();
        sum += next();
        return SQRT_3 * (sum - 2.0);
    }
}
