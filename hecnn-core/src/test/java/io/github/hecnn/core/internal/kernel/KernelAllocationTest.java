package io.github.hecnn.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.core.internal.kernel.vector.VectorKernels;
import io.github.hecnn.core.internal.kernel.vector.sums.SpecialLoops;
import io.github.hecnn.core.modular.Factor;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.modular.NttPrimes;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Compiled kernels allocate nothing, whatever ran before them. A vector that became an object shows here: a JIT that inlines too much makes
 * some of a loop's vectors objects, for ever, and the loop three times slower.
 */
class KernelAllocationTest {
    private static final int LOG_N = 11;
    private static final int N = 1 << LOG_N;
    private static final int CALLS = 500;
    /** Bytes a call may allocate: short arrays of references. One vector of a loop that became an object is at least 2048 / 8 objects. */
    private static final long SMALL_CHANGE = 2048;

    private static final int ROUNDS =
            40; // until every loop is compiled in its final form, and inlined where it would be

    @Test
    void compiledVectorLoopsAllocateNothing() {
        RingKernels k = new VectorKernels();
        com.sun.management.ThreadMXBean bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Map<String, Runnable> loops = loops(k);
        Map<String, Long> bytes = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            bytes.clear();
            loops.forEach((name, loop) -> {
                long before = bean.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < CALLS; i++) {
                    loop.run();
                }
                long perCall = (bean.getCurrentThreadAllocatedBytes() - before) / CALLS;
                if (perCall > SMALL_CHANGE) {
                    bytes.put(name, perCall);
                }
            });
        }
        assertThat(bytes).as("bytes allocated per call").isEmpty();
    }

    private static Map<String, Runnable> loops(RingKernels k) {
        Modulus modulus =
                Modulus.of(NttPrimes.descending(49, LOG_N, 1, Set.of()).get(0));
        NttTables t = NttTables.of(LOG_N, modulus);
        double[][] x = KernelCases.rows(modulus, 1, 10, N);
        double[][] digits = KernelCases.rows(modulus, 8, 3, N);
        double[][] out = new double[4][N];
        double[] reciprocals = new double[10];
        BaseTarget[] targets = new BaseTarget[3];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = new BaseTarget(KernelCases.residues(modulus, i, 11), modulus);
        }
        targets[1] = targets[1].lazy();
        double[][] extended = new double[targets.length][N];
        double w = 12345;
        Map<String, Runnable> loops = new LinkedHashMap<>();
        loops.put("forwardNtt", () -> k.forwardNtt(t, digits[0]));
        Modulus small = Modulus.of(NttPrimes.descending(40, LOG_N, 1, Set.of()).get(0));
        NttTables lazy = NttTables.of(LOG_N, small);
        double[] y = KernelCases.residues(small, 3, N);
        loops.put("forwardNtt, small prime", () -> k.forwardNtt(lazy, y));
        loops.put("forwardNttLazy", () -> {
            System.arraycopy(y, 0, out[2], 0, N);
            k.forwardNttLazy(lazy, out[2]);
        });
        loops.put("inverseNtt", () -> k.inverseNtt(t, x[0], out[3]));
        loops.put("add", () -> k.add(x[0], x[1], out[0], modulus));
        loops.put("subtract", () -> k.subtract(x[0], x[1], out[0], modulus));
        loops.put("negate", () -> k.negate(x[0], out[0]));
        loops.put("addScalar", () -> k.addScalar(x[0], w, out[0], modulus));
        loops.put("multiply", () -> k.multiply(x[0], x[1], out[0], modulus));
        loops.put("multiplyAdd", () -> k.multiplyAdd(x[0], x[1], out[0], modulus));
        Factor f = modulus.factor(w);
        Factor one = modulus.factor(1);
        loops.put("multiplyScalar", () -> k.multiplyScalar(x[0], f, out[0], modulus));
        loops.put("multiplyScalarAdd", () -> k.multiplyScalarAdd(x[0], f, out[0], modulus));
        loops.put("subtractMultiplyScalar", () -> k.subtractMultiplyScalar(x[0], x[1], f, out[0], modulus));
        loops.put("tensor", () -> k.tensor(x[0], x[1], x[2], x[3], out[0], out[1], out[2], modulus));
        loops.put("tensorAdd", () -> k.tensorAdd(x[0], x[1], x[2], x[3], out[0], out[1], out[2], modulus));
        loops.put("reduce", () -> k.reduce(x[0], out[0], modulus));
        for (int count : new int[] {1, 2, 3, 4, 5}) { // loops of their own up to four
            both(loops, "innerProductPair " + count, () -> k.innerProductPair(x, x, x, count, out[0], out[1], modulus));
        }
        LimbDivision plain = new LimbDivision(digits, f, new double[2][], one, null);
        LimbDivision scaled = new LimbDivision(digits, f, new double[][] {x[5], x[6]}, f, null);
        int[] index = IntStream.range(0, N).map(i -> i ^ 5).toArray();
        LimbDivision permuted = new LimbDivision(digits, f, new double[][] {x[5], null}, one, index);
        for (LimbDivision d : new LimbDivision[] {plain, scaled, permuted}) {
            loops.put(
                    "dividedInnerProductPair " + loops.size(),
                    () -> k.dividedInnerProductPair(digits, x, x, 3, d, out[0], out[1], modulus));
        }
        for (int count = 2; count <= 10; count++) { // a loop of its own for each number up to nine
            int terms = count;
            both(loops, "extendBase " + count, () -> k.extendBase(x, terms, reciprocals, targets, extended));
        }
        return loops;
    }

    /** With the general loop, and with the special one. */
    private static void both(Map<String, Runnable> loops, String name, Runnable loop) {
        loops.put(name, () -> {
            SpecialLoops.forceShare(0);
            loop.run();
            SpecialLoops.forceShare(N);
            loop.run();
            SpecialLoops.unforce();
        });
    }
}
