package io.github.hecnn.cli.bench;

import java.util.Arrays;

/** Times an operation until enough time has passed: first to warm up, then to measure. */
final class Stopwatch {
    private static final int LEAST_RUNS = 5;
    private static final double NANO = 1e-9;

    private final double seconds;

    /**
     * With a budget.
     *
     * @param seconds for each operation: half of it to warm up
     */
    Stopwatch(double seconds) {
        this.seconds = seconds;
    }

    /** Median seconds of a run, and how many there were. */
    record Timed(double medianSeconds, int runs) {}

    Timed time(Runnable operation) {
        repeat(operation);
        double[] times = repeat(operation);
        Arrays.sort(times);
        return new Timed(times[times.length / 2], times.length);
    }

    private double[] repeat(Runnable operation) {
        double[] times = new double[16];
        int n = 0;
        for (double sum = 0; n < LEAST_RUNS || sum < seconds / 2; n++) {
            if (n == times.length) {
                times = Arrays.copyOf(times, 2 * n);
            }
            long start = System.nanoTime();
            operation.run();
            times[n] = (System.nanoTime() - start) * NANO;
            sum += times[n];
        }
        return Arrays.copyOf(times, n);
    }
}
