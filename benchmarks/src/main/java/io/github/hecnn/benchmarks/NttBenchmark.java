package io.github.hecnn.benchmarks;

import io.github.hecnn.core.modular.ModularMath;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.modular.NttPrimes;
import io.github.hecnn.core.ntt.NegacyclicNtt;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.core.sampling.UniformSampler;
import java.util.Arrays;
import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Negacyclic NTT of one 49-bit limb. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class NttBenchmark {
    /** log2 of the ring degree. */
    @Param({"13", "14", "15", "16"})
    public int logN;

    private NegacyclicNtt ntt;
    private double[] limb;

    /** Creates the benchmark's state. */
    public NttBenchmark() {}

    /** Checks some values of the forward transform against its definition, and that the inverse undoes all of it. */
    @Setup
    public void setUp() {
        Modulus q =
                Modulus.of(NttPrimes.descending(49, logN, 1, new HashSet<>()).get(0));
        ntt = NegacyclicNtt.of(logN, q);
        limb = new double[1 << logN];
        UniformSampler.fill(RandomSource.seeded(1), q.value(), limb);
        double[] x = limb.clone();
        ntt.forwardInPlace(x);
        long psi = ModularMath.primitiveRoot2N(q.value(), logN);
        for (int position : new int[] {0, 1, x.length / 2, x.length - 1}) {
            long point = ModularMath.pow(psi, NegacyclicNtt.exponentAt(logN, position), q.value());
            long expected = 0;
            for (int i = x.length - 1; i >= 0; i--) {
                expected = (ModularMath.multiply(expected, point, q.value()) + q.toUnsigned(limb[i])) % q.value();
            }
            if (q.toUnsigned(x[position]) != expected) {
                throw new IllegalStateException("the forward NTT is wrong at " + position + ": expected " + expected
                        + ", found " + q.toUnsigned(x[position]));
            }
        }
        ntt.inverseInPlace(x);
        if (!Arrays.equals(x, limb)) {
            throw new IllegalStateException("the inverse NTT does not undo the forward one");
        }
    }

    /**
     * Coefficients to values.
     *
     * @return the limb
     */
    @Benchmark
    public double[] forward() {
        ntt.forwardInPlace(limb);
        return limb;
    }

    /**
     * Values to coefficients.
     *
     * @return the limb
     */
    @Benchmark
    public double[] inverse() {
        ntt.inverseInPlace(limb);
        return limb;
    }
}
