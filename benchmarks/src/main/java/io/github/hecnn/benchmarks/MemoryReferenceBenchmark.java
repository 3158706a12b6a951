package io.github.hecnn.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The second yardstick: sums of doubles without any reduction, over as many limbs as two ciphertexts of a set have. What moves
 * polynomials can be no faster than this on the machine it runs on, whatever its arithmetic.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MemoryReferenceBenchmark {
    /** Which parameter set's sizes. */
    @Param({"N14L9", "N15L19", "N16L25"})
    public String set;

    private double[][] a;
    private double[][] b;
    private double[][] recycled;

    /** Creates the benchmark's state. */
    public MemoryReferenceBenchmark() {}

    /** Makes the operands and checks both ways of adding them. */
    @Setup
    public void setUp() {
        int degree = 1 << Integer.parseInt(set.substring(1, 3));
        int limbs = 2 * Integer.parseInt(set.substring(4));
        Random random = new Random(1);
        a = new double[limbs][degree];
        b = new double[limbs][degree];
        recycled = new double[limbs][degree];
        for (int i = 0; i < limbs; i++) {
            for (int j = 0; j < degree; j++) {
                a[i][j] = random.nextInt();
                b[i][j] = random.nextInt();
            }
        }
        double[][] fresh = sum();
        sumRecycled();
        for (int i = 0; i < limbs; i++) {
            for (int j = 0; j < degree; j++) {
                if (fresh[i][j] != a[i][j] + b[i][j] || recycled[i][j] != fresh[i][j]) {
                    throw new IllegalStateException("the sum is wrong at " + i + ", " + j);
                }
            }
        }
    }

    /** The sum in new arrays, as immutable values have it. */
    @Benchmark
    public double[][] sum() {
        double[][] out = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            out[i] = new double[a[i].length];
            add(a[i], b[i], out[i]);
        }
        return out;
    }

    /** The sum in arrays that exist already, as libraries with a result argument have it. */
    @Benchmark
    public double[][] sumRecycled() {
        for (int i = 0; i < a.length; i++) {
            add(a[i], b[i], recycled[i]);
        }
        return recycled;
    }

    private static void add(double[] x, double[] y, double[] out) {
        for (int j = 0; j < out.length; j++) {
            out[j] = x[j] + y[j];
        }
    }
}
