package io.github.hecnn.core.internal.kernel;

import io.github.hecnn.core.internal.kernel.vector.sums.SpecialLoops;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.modular.NttPrimes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Runs every kernel method on fixed inputs, random ones and extreme ones, and keeps what comes out. */
public final class KernelCases {
    static final int N = 1024;
    static final int LOG_N = 10;
    static final Modulus BIG =
            Modulus.of(NttPrimes.descending(49, LOG_N, 1, Set.of()).get(0));
    static final Modulus SECOND =
            Modulus.of(NttPrimes.descending(49, LOG_N, 2, Set.of()).get(1));
    static final Modulus SMALL = Modulus.of(12289);

    private KernelCases() {}

    /** Residues of q: the first 64 all extreme, the others random; seed tells vectors apart. */
    static double[] residues(Modulus q, long seed, int n) {
        Random random = new Random(seed);
        double[] a = new double[n];
        double top = (q.asDouble() - 1) / 2;
        for (int j = 0; j < n; j++) {
            if (j < 64) {
                double[] extremes = {top, -top, top - 1, 1 - top, 0.0, 1, -1, top};
                a[j] = extremes[(int) Math.floorMod(j * (2 * seed + 1) + j / 8, 8L)];
            } else if (j < 96) {
                a[j] = seed % 2 == 0 ? top : -top;
            } else if (j < 128) {
                a[j] = top;
            } else {
                a[j] = q.balance(random.nextLong());
            }
        }
        return a;
    }

    static double[][] rows(Modulus q, long seed, int count, int n) {
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = residues(q, seed + i, n);
        }
        return rows;
    }

    public static Map<String, double[]> run(RingKernels k) {
        Map<String, double[]> results = new LinkedHashMap<>();
        for (Modulus q : new Modulus[] {BIG, SMALL, Modulus.of(3)}) {
            elementwise(k, q, results);
            for (int share : SHARES) {
                SpecialLoops.forceShare(share);
                sums(k, q, share, results);
            }
            SpecialLoops.unforce();
        }
        for (int log = NttTables.MIN_LOG_DEGREE; log <= NttTables.MAX_LOG_DEGREE; log++) {
            for (int bits : new int[] {49, 30}) {
                Modulus q =
                        Modulus.of(NttPrimes.descending(bits, log, 1, Set.of()).get(0));
                NttTables t = NttTables.of(log, q);
                double[] a = residues(q, 5, 1 << log);
                double[] b = a.clone();
                k.forwardNtt(t, a);
                k.inverseNtt(t, b);
                results.put("forwardNtt " + log + " " + q, a);
                results.put("inverseNtt " + log + " " + q, b);
                double[] steepest = new ReferenceNtt(log, q).steepest((1 << log) / 3);
                k.forwardNtt(t, steepest);
                results.put("forwardNtt at the steepest growth " + log + " " + q, steepest);
            }
        }
        return results;
    }

    private static void elementwise(RingKernels k, Modulus modulus, Map<String, double[]> results) {
        double q = modulus.asDouble();
        double[] a = residues(modulus, 1, N);
        double[] b = residues(modulus, 2, N);
        double[] c = residues(modulus, 3, N);
        double[] d = residues(modulus, 4, N);
        double w = (q - 1) / 2;
        double[] out = new double[N];
        k.add(a, b, out, modulus);
        results.put("add " + modulus, out.clone());
        k.subtract(a, b, out, modulus);
        results.put("subtract " + modulus, out.clone());
        k.negate(a, out);
        results.put("negate " + modulus, out.clone());
        k.addScalar(a, w, out, modulus);
        results.put("addScalar " + modulus, out.clone());
        k.multiply(a, b, out, modulus);
        results.put("multiply " + modulus, out.clone());
        System.arraycopy(c, 0, out, 0, N);
        k.multiplyAdd(a, b, out, modulus);
        results.put("multiplyAdd " + modulus, out.clone());
        k.multiplyScalar(a, modulus.factor(w), out, modulus);
        results.put("multiplyScalar " + modulus, out.clone());
        System.arraycopy(c, 0, out, 0, N);
        k.multiplyScalarAdd(a, modulus.factor(w), out, modulus);
        results.put("multiplyScalarAdd " + modulus, out.clone());
        k.subtractMultiplyScalar(a, residues(BIG, 2, N), modulus.factor(w), out, modulus);
        results.put("subtractMultiplyScalar " + modulus, out.clone());
        k.reduce(scaled(residues(BIG, 2, N), 4), out, modulus);
        results.put("reduce " + modulus, out.clone());
        int[] index = new int[N];
        Arrays.setAll(index, i -> (i * 5 + 3) % N);
        k.permute(a, index, out);
        results.put("permute " + modulus, out.clone());
        double[] d0 = residues(modulus, 7, N);
        double[] d1 = residues(modulus, 8, N);
        double[] d2 = residues(modulus, 10, N);
        k.tensorAdd(a, b, c, d, d0, d1, d2, modulus);
        results.put("tensorAdd0 " + modulus, d0.clone());
        results.put("tensorAdd1 " + modulus, d1.clone());
        results.put("tensorAdd2 " + modulus, d2.clone());
        k.tensor(a, b, c, d, d0, d1, d2, modulus);
        results.put("tensor0 " + modulus, d0);
        results.put("tensor1 " + modulus, d1);
        results.put("tensor2 " + modulus, d2);
    }

    /** How much of a block special loops take: nothing, the first vector or two, all. */
    static final int[] SHARES = {0, 8, N};

    static final int[] COUNTS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 17, 18, 64};

    private static void sums(RingKernels k, Modulus modulus, int share, Map<String, double[]> results) {
        for (int count : COUNTS) {
            String of = count + " " + modulus + " " + share;
            double[] out0 = new double[N];
            double[] out1 = new double[N];
            k.innerProductPair(
                    rows(modulus, 2, count, N),
                    rows(modulus, 3, count, N),
                    rows(modulus, 4, count, N),
                    count,
                    out0,
                    out1,
                    modulus);
            results.put("innerProduct0 " + of, out0.clone());
            results.put("innerProduct1 " + of, out1.clone());
            double[][] b = rows(modulus, 5, 2, N);
            LimbDivision division =
                    new LimbDivision(b, modulus.factor(2), rows(modulus, 7, 2, N), modulus.factor(3), null);
            double[][] k0 = rows(modulus, 3, count, N);
            k.dividedInnerProductPair(rows(modulus, 2, count, N), k0, k0, count, division, out0, out1, modulus);
            results.put("dividedInnerProduct0 " + of, out0);
            results.put("dividedInnerProduct1 " + of, out1);
            double[][] terms = rows(BIG, 6, count, N);
            double[] weights = residues(modulus, 2, 64);
            double[] weights2 = residues(SECOND, 5, 64);
            extend(k, modulus, count, of, terms, weights, weights2, results);
        }
    }

    /** Base extension to three targets: an even number of them and one more. */
    private static void extend(
            RingKernels k,
            Modulus modulus,
            int count,
            String of,
            double[][] terms,
            double[] weights,
            double[] weights2,
            Map<String, double[]> results) {
        if (count == RingKernels.MAX_TERMS) {
            return; // the last place is for e
        }
        BaseTarget a = new BaseTarget(weights, modulus);
        BaseTarget b = new BaseTarget(weights2, SECOND);
        double[][] out = new double[3][N];
        k.extendBase(terms, count, reciprocals(count), new BaseTarget[] {a, b, a}, out);
        results.put("extendBase0 " + of, out[0]);
        results.put("extendBase1 " + of, out[1]);
        results.put("extendBase2 " + of, out[2]);
    }

    static double[] reciprocals(int count) {
        double[] out = new double[count];
        Arrays.setAll(out, i -> (1 + i % 3) / (3 * BIG.asDouble()));
        return out;
    }

    static double[] scaled(double[] a, double factor) {
        double[] out = new double[a.length];
        Arrays.setAll(out, i -> a[i] * factor);
        return out;
    }
}
