package io.github.hecnn.benchmarks;

import io.github.hecnn.core.modular.ModularMath;
import io.github.hecnn.core.modular.NttPrimes;
import java.math.BigInteger;
import java.util.HashSet;
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
 * The yardstick of every run: a plain scalar 64-bit negacyclic NTT (Cooley-Tukey with Shoup's multiplication and Harvey's lazy
 * reduction), as scalar libraries do it. Other results are quoted as ratios to it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ScalarReferenceBenchmark {
    /** log2 of the ring degree. */
    @Param({"13", "14", "15", "16"})
    public int logN;

    private long q;
    private long[] root;
    private long[] rootShoup;
    private long[] limb;

    /** Creates the benchmark's state. */
    public ScalarReferenceBenchmark() {}

    /** Makes the tables and checks some values of the transform, the first and the last too, against its definition. */
    @Setup
    public void setUp() {
        int n = 1 << logN;
        q = NttPrimes.descending(49, logN, 1, new HashSet<>()).get(0);
        long psi = ModularMath.primitiveRoot2N(q, logN);
        root = new long[n];
        rootShoup = new long[n];
        long power = 1;
        for (int i = 0; i < n; i++) {
            int r = Integer.reverse(i) >>> (32 - logN);
            root[r] = power;
            rootShoup[r] = BigInteger.valueOf(power)
                    .shiftLeft(64)
                    .divide(BigInteger.valueOf(q))
                    .longValue();
            power = ModularMath.multiply(power, psi, q);
        }
        limb = new long[n];
        Random random = new Random(1);
        for (int i = 0; i < n; i++) {
            limb[i] = Math.floorMod(random.nextLong(), q);
        }
        long[] coefficients = limb.clone();
        forward();
        for (int position : new int[] {0, 1, n / 2, n - 1}) {
            int exponent = 2 * (Integer.reverse(position) >>> (32 - logN)) + 1;
            long expected = value(coefficients, ModularMath.pow(psi, exponent, q));
            if (limb[position] != expected) {
                throw new IllegalStateException("the scalar NTT is wrong at " + position + ": expected " + expected
                        + ", found " + limb[position]);
            }
        }
    }

    private long value(long[] coefficients, long point) {
        long value = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            value = (ModularMath.multiply(value, point, q) + coefficients[i]) % q;
        }
        return value;
    }

    /**
     * Coefficients to values.
     *
     * @return the limb
     */
    @Benchmark
    public long[] forward() {
        long[] a = limb;
        long twice = 2 * q;
        int t = a.length;
        for (int m = 1; m < a.length; m <<= 1) {
            t >>= 1;
            for (int i = 0; i < m; i++) {
                long w = root[m + i];
                long shoup = rootShoup[m + i];
                for (int j = 2 * i * t; j < 2 * i * t + t; j++) {
                    long u = a[j] >= twice ? a[j] - twice : a[j];
                    long v = a[j + t];
                    long x = v * w - (Math.multiplyHigh(v, shoup) + ((shoup >> 63) & v)) * q;
                    a[j] = u + x;
                    a[j + t] = u - x + twice;
                }
            }
        }
        for (int j = 0; j < a.length; j++) {
            long r = a[j] >= twice ? a[j] - twice : a[j];
            a[j] = r >= q ? r - q : r;
        }
        return a;
    }
}
