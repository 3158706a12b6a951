package io.github.hecnn.core.rns;

import io.github.hecnn.core.internal.kernel.KernelProvider;
import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.modular.Modulus;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ring side of hybrid key switching (Han and Ki, "Better bootstrapping for approximate homomorphic encryption",
 * ia.cr/2019/688, section 3): a polynomial on a prefix of Q is cut into digits of {@code digitSize} limbs, every digit is
 * extended to the prefix plus the special primes P, multiplied with its part of a key, and the sum divided by P.
 *
 * <p>Digits are extended centred and exact ({@link BasisExtender}), so a digit is at most half its product and the division
 * by P rounds to the nearest integer. Immutable and thread-safe; scratch comes from the arithmetic's buffers.
 */
public final class HybridKeySwitch {
    private final RnsBasis full;
    private final RnsBasis special;
    private final int digitSize;
    private final RnsArithmetic arithmetic;
    private final RnsBasis[] prefixes;
    private final ConcurrentHashMap<Integer, Level> levels = new ConcurrentHashMap<>();
    private final RingKernels kernels = KernelProvider.kernels();

    /** Constants of one number of data limbs. */
    private static final class Level {
        final RnsBasis data;
        final int digits;
        final BasisExtender[] up; // digit -> all data limbs, then the special ones
        final SpecialPrimeDivision down;
        final SpecialPrimeDivision downAndRescale; // null for a single limb

        Level(RnsBasis data, RnsBasis special, int digitSize, RnsArithmetic arithmetic) {
            this.data = data;
            this.digits = (data.size() + digitSize - 1) / digitSize;
            this.up = new BasisExtender[digits];
            RnsBasis extended = data.concat(special);
            for (int d = 0; d < digits; d++) {
                up[d] = new BasisExtender(
                        data.range(d * digitSize, Math.min(data.size(), (d + 1) * digitSize)), extended);
            }
            down = SpecialPrimeDivision.by(special, data, arithmetic);
            downAndRescale = data.size() < 2 ? null : SpecialPrimeDivision.byLastAnd(special, data, arithmetic);
        }
    }

    /** A polynomial decomposed once, for any number of key products (hoisting). Close it to give its scratch back. */
    public static final class Digits implements AutoCloseable {
        private final Level level;
        private final double[][][] limbs; // [digit][target]; own limbs of a digit are the input's
        private final int digitSize;
        private final LimbBuffers buffers;

        private Digits(Level level, double[][][] limbs, int digitSize, LimbBuffers buffers) {
            this.level = level;
            this.limbs = limbs;
            this.digitSize = digitSize;
            this.buffers = buffers;
        }

        @Override
        public void close() {
            for (int d = 0; d < limbs.length; d++) {
                for (int t = 0; t < limbs[d].length; t++) {
                    if (t >= level.data.size() || t / digitSize != d) {
                        buffers.release(limbs[d][t]);
                    }
                    limbs[d][t] = null;
                }
            }
        }
    }

    /**
     * Prepares key switching.
     *
     * @param full the data primes Q of the top level
     * @param special the special primes P, whose product should not be smaller than the largest digit
     * @param digitSize limbs in a digit
     * @param arithmetic workers and buffers
     */
    public HybridKeySwitch(RnsBasis full, RnsBasis special, int digitSize, RnsArithmetic arithmetic) {
        this.full = full;
        this.special = special;
        this.digitSize = digitSize;
        this.arithmetic = arithmetic;
        this.prefixes = new RnsBasis[full.size() + 1];
        for (int i = 1; i <= full.size(); i++) {
            prefixes[i] = full.prefix(i);
        }
    }

    /**
     * Digits in use for a number of data limbs.
     *
     * @param dataLimbs number of data limbs
     * @return how many digits they make
     */
    public int digits(int dataLimbs) {
        return (dataLimbs + digitSize - 1) / digitSize;
    }

    private Level level(int dataLimbs) {
        return levels.computeIfAbsent(dataLimbs, n -> new Level(prefixes[n], special, digitSize, arithmetic));
    }

    private int keyLimb(int target, int dataLimbs) {
        return target < dataLimbs ? target : full.size() + target - dataLimbs;
    }

    /** Coefficient-domain terms of every digit, ready to be extended. */
    private double[][][] terms(Level level, RnsPolynomial x) {
        int n = level.data.size();
        LimbBuffers buffers = arithmetic.buffers();
        double[][][] terms = new double[level.digits][][];
        for (int d = 0; d < level.digits; d++) {
            terms[d] = buffers.borrow(level.up[d].from().size());
        }
        arithmetic.workers().forEach(n, i -> {
            int k = i % digitSize;
            level.up[i / digitSize].prepareTerm(k, x.limb(i), terms[i / digitSize][k]);
        });
        return terms;
    }

    private void check(RnsPolynomial x) {
        x.requireDomain(Domain.NTT, "key switch");
        if (!full.startsWith(x.basis())) {
            throw new IllegalArgumentException(
                    "key switch: expected a polynomial on a prefix of " + full + ", found " + x.basis());
        }
    }

    /**
     * Decomposes a polynomial for several products.
     *
     * @param x on a prefix of Q, NTT domain; not changed, and must not change while the digits are in use
     * @return its extended digits
     */
    public Digits decompose(RnsPolynomial x) {
        check(x);
        Level level = level(x.size());
        int n = x.size();
        int targets = n + special.size();
        LimbBuffers buffers = arithmetic.buffers();
        double[][][] terms = terms(level, x);
        double[][][] limbs = new double[level.digits][targets][];
        int groups = arithmetic.targetGroups(targets);
        arithmetic.workers().forEach(level.digits * groups, task -> {
            int d = task / groups;
            int from = task % groups * targets / groups;
            int to = (task % groups + 1) * targets / groups;
            extendGroup(level, d, terms[d], x, from, to, limbs[d]);
            for (int t = from; t < to; t++) {
                transform(level, d, t, limbs[d][t]);
            }
        });
        for (double[][] t : terms) {
            buffers.release(t);
        }
        return new Digits(level, limbs, digitSize, buffers);
    }

    private boolean own(Level level, int digit, int target) {
        return target < level.data.size() && target / digitSize == digit;
    }

    /** One digit for a group of targets: coefficient domain in new buffers, or the input's own limbs. */
    private void extendGroup(
            Level level, int digit, double[][] terms, RnsPolynomial x, int from, int to, double[][] out) {
        int[] which = new int[to - from];
        double[][] results = new double[to - from][];
        int count = 0;
        for (int t = from; t < to; t++) {
            if (own(level, digit, t)) {
                out[t] = x.limb(t);
            } else {
                out[t] = arithmetic.buffers().borrow();
                which[count] = t;
                results[count++] = out[t];
            }
        }
        if (count > 0) {
            level.up[digit].extend(terms, Arrays.copyOf(which, count), results);
        }
    }

    private void transform(Level level, int digit, int target, double[] limb) {
        if (!own(level, digit, target)) {
            level.up[digit].to().ntt(target).forwardInPlace(limb);
        }
    }

    /**
     * One product of decomposed digits with a key, divided by P.
     *
     * @param digits decomposed input
     * @param keyB first half of the key: [digit] polynomials on Q and P, NTT domain
     * @param keyA second half
     * @param addTo0 added to the first result, or null
     * @param addTo1 added to the second result, or null
     * @param automorphism applied to both results after the additions, or null
     * @return two polynomials on the input's basis, NTT domain
     */
    public RnsPolynomial[] product(
            Digits digits,
            List<RnsPolynomial> keyB,
            List<RnsPolynomial> keyA,
            RnsPolynomial addTo0,
            RnsPolynomial addTo1,
            Automorphism automorphism) {
        Level level = digits.level;
        int n = level.data.size();
        int targets = n + special.size();
        double[][] acc0 = arithmetic.buffers().borrow(targets);
        double[][] acc1 = arithmetic.buffers().borrow(targets);
        arithmetic.workers().forEach(targets, t -> {
            double[][] d = new double[level.digits][];
            for (int k = 0; k < d.length; k++) {
                d[k] = digits.limbs[k][t];
            }
            keyProduct(level, t, d, keyB, keyA, acc0[t], acc1[t]);
        });
        return level.down.divide(acc0, acc1, addTo0, addTo1, automorphism);
    }

    private void keyProduct(
            Level level,
            int t,
            double[][] digits,
            List<RnsPolynomial> keyB,
            List<RnsPolynomial> keyA,
            double[] out0,
            double[] out1) {
        int limb = keyLimb(t, level.data.size());
        double[][] b = new double[digits.length][];
        double[][] a = new double[digits.length][];
        for (int k = 0; k < digits.length; k++) {
            b[k] = keyB.get(k).limb(limb);
            a[k] = keyA.get(k).limb(limb);
        }
        Modulus q = level.up[0].to().modulus(t);
        kernels.innerProductPair(digits, b, a, digits.length, out0, out1, q.asDouble(), q.inverse());
    }

    /**
     * Decomposes, multiplies and divides in one pass over the target limbs, so that extended digits never leave the cache.
     * Arguments and result as for {@link #product}.
     *
     * @param x on a prefix of Q, NTT domain; not changed
     * @param keyB first half of the key: [digit] polynomials on Q and P, NTT domain
     * @param keyA second half
     * @param addTo0 added to the first result, or null
     * @param addTo1 added to the second result, or null
     * @param automorphism applied to both results after the additions, or null
     * @return two polynomials on x's basis, NTT domain
     */
    public RnsPolynomial[] switchKey(
            RnsPolynomial x,
            List<RnsPolynomial> keyB,
            List<RnsPolynomial> keyA,
            RnsPolynomial addTo0,
            RnsPolynomial addTo1,
            Automorphism automorphism) {
        check(x);
        double[][][] acc = accumulate(x, keyB, keyA);
        return level(x.size()).down.divide(acc[0], acc[1], addTo0, addTo1, automorphism);
    }

    /**
     * {@link #switchKey} and the division of both results by the last prime, with one rounding: cheaper than a rescale afterwards by about as
     * many transforms as a rescale has.
     *
     * @param x on a prefix of Q of at least two primes, NTT domain; not changed
     * @param keyB first half of the key: [digit] polynomials on Q and P, NTT domain
     * @param keyA second half
     * @param addTo0 added to the first result before the division by the last prime, or null
     * @param addTo1 added to the second result likewise, or null
     * @return two polynomials on x's basis without its last prime, NTT domain
     * @throws IllegalArgumentException if x has only one limb
     */
    public RnsPolynomial[] switchKeyAndRescale(
            RnsPolynomial x,
            List<RnsPolynomial> keyB,
            List<RnsPolynomial> keyA,
            RnsPolynomial addTo0,
            RnsPolynomial addTo1) {
        check(x);
        if (x.size() < 2) {
            throw new IllegalArgumentException(
                    "switchKeyAndRescale: expected at least two limbs, found " + x.size() + "; use switchKey");
        }
        double[][][] acc = accumulate(x, keyB, keyA);
        return level(x.size()).downAndRescale.divide(acc[0], acc[1], addTo0, addTo1, null);
    }

    /** [2][targets] sums of the extended digits' products with a key, in borrowed limbs. */
    private double[][][] accumulate(RnsPolynomial x, List<RnsPolynomial> keyB, List<RnsPolynomial> keyA) {
        Level level = level(x.size());
        int n = x.size();
        int targets = n + special.size();
        LimbBuffers buffers = arithmetic.buffers();
        double[][][] terms = terms(level, x);
        double[][] acc0 = buffers.borrow(targets);
        double[][] acc1 = buffers.borrow(targets);
        int groups = arithmetic.targetGroups(targets);
        arithmetic.workers().forEach(groups, group -> {
            int from = group * targets / groups;
            int to = (group + 1) * targets / groups;
            double[][][] d = new double[level.digits][targets][];
            for (int k = 0; k < level.digits; k++) {
                extendGroup(level, k, terms[k], x, from, to, d[k]);
            }
            for (int t = from; t < to; t++) {
                double[][] column = new double[level.digits][];
                for (int k = 0; k < level.digits; k++) {
                    column[k] = d[k][t];
                    transform(level, k, t, column[k]);
                }
                keyProduct(level, t, column, keyB, keyA, acc0[t], acc1[t]);
                for (int k = 0; k < level.digits; k++) {
                    if (!own(level, k, t)) {
                        buffers.release(column[k]);
                    }
                }
            }
        });
        for (double[][] t : terms) {
            buffers.release(t);
        }
        return new double[][][] {acc0, acc1};
    }

    /**
     * Sums of plaintext products of automorphisms of one ciphertext (c0, c1), all from one decomposition and with one division
     * by P for every sum (double hoisting, ia.cr/2020/1203, section 4): sum[o] = sum over i of plain[o][i] * phi_i(c0, c1),
     * switched back to the secret.
     *
     * @param c0 first component, NTT domain
     * @param digits decomposed second component
     * @param c1 second component itself, for the identity
     * @param maps [i] automorphisms; null for the identity
     * @param keyB [i] first halves of their keys; null for the identity
     * @param keyA [i] second halves
     * @param plain [sum][i] plaintexts on c0's basis followed by P, NTT domain; null where a sum leaves a term out
     * @return [sum][2] polynomials on c0's basis, NTT domain
     */
    public RnsPolynomial[][] sumsOfPlainProducts(
            RnsPolynomial c0,
            Digits digits,
            RnsPolynomial c1,
            Automorphism[] maps,
            List<List<RnsPolynomial>> keyB,
            List<List<RnsPolynomial>> keyA,
            RnsPolynomial[][] plain) {
        Level level = digits.level;
        int n = level.data.size();
        int targets = n + special.size();
        LimbBuffers buffers = arithmetic.buffers();
        double[][][][] acc = new double[plain.length][2][][];
        for (double[][][] a : acc) {
            a[0] = buffers.borrow(targets);
            a[1] = buffers.borrow(targets);
        }
        arithmetic.workers().forEach(targets, t -> {
            for (double[][][] a : acc) {
                Arrays.fill(a[0][t], 0.0);
                Arrays.fill(a[1][t], 0.0);
            }
            double[][] d = new double[level.digits][];
            for (int k = 0; k < d.length; k++) {
                d[k] = digits.limbs[k][t];
            }
            double[][] s = buffers.borrow(4);
            Modulus q = level.up[0].to().modulus(t);
            double p = t < n ? q.balance(special.product()) : 0.0;
            for (int i = 0; i < maps.length; i++) {
                if (maps[i] == null) {
                    if (t >= n) {
                        continue; // P times anything vanishes modulo P
                    }
                    kernels.multiplyScalar(c0.limb(t), p, q.overQ(p), s[2], q.asDouble(), q.inverse());
                    kernels.multiplyScalar(c1.limb(t), p, q.overQ(p), s[3], q.asDouble(), q.inverse());
                } else {
                    keyProduct(level, t, d, keyB.get(i), keyA.get(i), s[0], s[1]);
                    if (t < n) {
                        kernels.multiplyScalarAdd(c0.limb(t), p, q.overQ(p), s[0], q.asDouble(), q.inverse());
                    }
                    maps[i].permuteNtt(s[0], s[2]);
                    maps[i].permuteNtt(s[1], s[3]);
                }
                for (int o = 0; o < plain.length; o++) {
                    if (plain[o][i] != null) {
                        double[] m = plain[o][i].limb(t);
                        kernels.multiplyAdd(s[2], m, acc[o][0][t], q.asDouble(), q.inverse());
                        kernels.multiplyAdd(s[3], m, acc[o][1][t], q.asDouble(), q.inverse());
                    }
                }
            }
            buffers.release(s);
        });
        RnsPolynomial[][] out = new RnsPolynomial[plain.length][];
        for (int o = 0; o < out.length; o++) {
            out[o] = level.down.divide(acc[o][0], acc[o][1], null, null, null);
        }
        return out;
    }
}
