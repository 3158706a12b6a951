package io.github.hecnn.core.rns;

import io.github.hecnn.core.internal.kernel.LimbDivision;
import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.internal.kernel.choice.KernelProvider;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.rns.KeyHalves.After;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ring side of hybrid key switching (Han and Ki, "Better bootstrapping for approximate homomorphic encryption",
 * ia.cr/2019/688, section 3): a polynomial on a prefix of Q is cut into digits of {@code digitSize} limbs, every digit is
 * extended to the prefix plus the special primes P, multiplied with its part of a key, and the sum divided by P.
 *
 * <p>Digits are extended centred and exact ({@link BasisExtender}), so a digit is at most half its product and the division
 * by P rounds to the nearest integer. Immutable and thread-safe; scratch comes from the arithmetic's buffers.
 *
 * <p><b>Error.</b> Each result is a sum of digits times key, divided by P, with an error of at most 1/2 a coefficient from the rounding. A key with
 * errors of at most E a coefficient adds at most N*E/P times the sum of the digits' bounds, half of its product each: with n digits of products no
 * larger than P, n*N*E/2. That is the worst case, and much more than what is seen.
 */
public final class HybridKeySwitch {
    private final RnsBasis full;
    private final RnsBasis special;
    private final int digitSize;
    private final RnsArithmetic arithmetic;
    private final RnsBasis[] prefixes;
    private final ConcurrentHashMap<Integer, KeySwitchLevel> levels;
    private final RingKernels kernels = KernelProvider.kernels();

    /** A polynomial decomposed once, for any number of key products (hoisting). Close it to give its scratch back. */
    public static final class Digits implements AutoCloseable {
        private final KeySwitchLevel level;
        private final double[][][] limbs; // [digit][target]; own limbs of a digit are the input's

        private volatile boolean closed;

        private Digits(KeySwitchLevel level, double[][][] limbs) {
            this.level = level;
            this.limbs = limbs;
        }

        private void requireOpen(String operation) {
            if (closed) {
                throw new IllegalStateException(operation
                        + ": expected open digits, found closed ones; use them before close, or decompose again");
            }
        }

        private double[][] column(int target) {
            double[][] column = new double[limbs.length][];
            for (int k = 0; k < column.length; k++) {
                column[k] = limbs[k][target];
            }
            return column;
        }

        /** The columns as they are stored; none is given back, as they serve further products. */
        private DigitColumns columns() {
            return (from, to) -> new DigitColumns.Group() {
                @Override
                public double[][] column(int target) {
                    return Digits.this.column(target);
                }

                @Override
                public void release(int target) {}
            };
        }

        @Override
        public void close() {
            closed = true;
            for (int d = 0; d < limbs.length; d++) {
                for (int t = 0; t < limbs[d].length; t++) {
                    level.up.release(d, t, limbs[d][t]);
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
        this.levels = new ConcurrentHashMap<>();
        this.prefixes = new RnsBasis[full.size() + 1];
        for (int i = 1; i <= full.size(); i++) {
            prefixes[i] = full.prefix(i);
        }
    }

    private HybridKeySwitch(HybridKeySwitch other, RnsArithmetic arithmetic) {
        this.full = other.full;
        this.special = other.special;
        this.digitSize = other.digitSize;
        this.levels = other.levels;
        this.prefixes = other.prefixes;
        this.arithmetic = arithmetic;
    }

    /**
     * The same key switching with results in recycled limbs, see {@link RnsArithmetic#recycling}.
     *
     * @return key switching on the same workers, buffers and tables
     */
    public HybridKeySwitch recycling() {
        return new HybridKeySwitch(this, arithmetic.recycling());
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

    private KeySwitchLevel level(int dataLimbs) {
        return levels.computeIfAbsent(
                dataLimbs, n -> new KeySwitchLevel(prefixes[n], special, full.size(), digitSize, arithmetic));
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
     * @throws IllegalArgumentException if x is not on a prefix of Q, or not in the NTT domain
     */
    public Digits decompose(RnsPolynomial x) {
        check(x);
        KeySwitchLevel level = level(x.size());
        return new Digits(level, level.up.all(x));
    }

    /**
     * One product of decomposed digits with a key, divided by P.
     *
     * @param digits decomposed input
     * @param key the key
     * @param after what becomes of the results
     * @return two polynomials on the input's basis, NTT domain; for the error see above
     * @throws IllegalStateException if the digits are closed
     */
    public RnsPolynomial[] product(Digits digits, KeyHalves key, After after) {
        digits.requireOpen("product");
        KeySwitchLevel level = digits.level;
        return divided(level, digits.columns(), key, level.down, after);
    }

    /** The digits' products with a key, divided: first for the primes that are dropped, then for those that are kept. */
    private RnsPolynomial[] divided(
            KeySwitchLevel level, DigitColumns digits, KeyHalves key, SpecialPrimeDivision division, After after) {
        int kept = division.data().size();
        LimbBuffers buffers = arithmetic.buffers();
        double[][][] terms = {buffers.borrow(division.droppedPrimes()), buffers.borrow(division.droppedPrimes())};
        TargetGroups.forEach(arithmetic.workers(), kept, kept + division.droppedPrimes(), (from, to) -> {
            DigitColumns.Group group = digits.group(from, to);
            for (int t = from; t < to; t++) {
                double[][] limbs = {terms[0][t - kept], terms[1][t - kept]};
                level.keyProduct(t, group.column(t), key, limbs[0], limbs[1]);
                group.release(t);
                division.prepare(t - kept, limbs, after);
            }
        });
        double[][][] out = new double[2][kept][];
        TargetGroups.forEach(arithmetic.workers(), 0, kept, (from, to) -> {
            DigitColumns.Group group = digits.group(from, to);
            double[][][] extended = division.extend(terms, from, to);
            for (int t = from; t < to; t++) {
                double[][] column = group.column(t);
                LimbDivision limb = division.limb(t, extended[0][t - from], extended[1][t - from], after);
                Modulus q = level.data.modulus(t);
                // Allocated late: the JVM writes zeros first, and they should be in the cache still when they are
                // replaced.
                out[0][t] = arithmetic.results().limb(0, t);
                out[1][t] = arithmetic.results().limb(1, t);
                kernels.dividedInnerProductPair(
                        column,
                        level.keyLimbs(t, key.b()),
                        level.keyLimbs(t, key.a()),
                        level.up.digits(),
                        limb,
                        out[0][t],
                        out[1][t],
                        q);
                group.release(t);
                buffers.release(extended[0][t - from]);
                buffers.release(extended[1][t - from]);
            }
        });
        buffers.release(terms[0]);
        buffers.release(terms[1]);
        return arithmetic.results().wrap(division.data(), Domain.NTT, out);
    }

    /**
     * Decomposes, multiplies and divides in one pass over the target limbs, so that extended digits never leave the cache.
     * Arguments and result as for {@link #product}.
     *
     * @param x on a prefix of Q, NTT domain; not changed
     * @param key the key
     * @param after what becomes of the results
     * @return two polynomials on x's basis, NTT domain; for the error see above
     * @throws IllegalArgumentException if x is not on a prefix of Q, or not in the NTT domain
     */
    public RnsPolynomial[] switchKey(RnsPolynomial x, KeyHalves key, After after) {
        check(x);
        KeySwitchLevel level = level(x.size());
        return switched(level, x, key, level.down, after);
    }

    /**
     * {@link #switchKey} and the division of both results by the last prime, with one rounding: cheaper than a rescale afterwards by about as
     * many transforms as a rescale has.
     *
     * @param x on a prefix of Q of at least two primes, NTT domain; not changed
     * @param key the key
     * @param after what is added to the results before the division by the last prime
     * @return two polynomials on x's basis without its last prime, NTT domain; the error of the key product is divided by that prime, too
     * @throws IllegalArgumentException if x has only one limb, is not on a prefix of Q, or not in the NTT domain
     */
    public RnsPolynomial[] switchKeyAndRescale(RnsPolynomial x, KeyHalves key, After after) {
        check(x);
        if (x.size() < 2) {
            throw new IllegalArgumentException(
                    "switchKeyAndRescale: expected at least two limbs, found " + x.size() + "; use switchKey");
        }
        KeySwitchLevel level = level(x.size());
        return switched(level, x, key, level.downAndRescale, after);
    }

    private RnsPolynomial[] switched(
            KeySwitchLevel level, RnsPolynomial x, KeyHalves key, SpecialPrimeDivision division, After after) {
        double[][][] terms = level.up.terms(x);
        RnsPolynomial[] out = divided(level, level.up.columns(terms, x), key, division, after);
        for (double[][] t : terms) {
            arithmetic.buffers().release(t);
        }
        return out;
    }

    /**
     * Sums of plaintext products of automorphisms of one ciphertext (c0, c1), all from one decomposition and with one division
     * by P for every sum (double hoisting, ia.cr/2020/1203, section 4): sum[o] = sum over i of plain[o][i] * phi_i(c0, c1),
     * switched back to the secret.
     *
     * @param c0 first component, NTT domain
     * @param digits decomposed second component
     * @param c1 second component itself, for the identity
     * @param steps [i] automorphisms and their keys
     * @param plain [sum][i] plaintexts on c0's basis followed by P; null where a sum leaves a term out
     * @return [sum][2] polynomials on c0's basis, NTT domain; one rounding a sum, and each term's key error times its plaintext
     * @throws IllegalStateException if the digits are closed
     * @throws IllegalArgumentException if a plaintext is on another basis, or there is not one place for each step
     */
    public RnsPolynomial[][] sumsOfPlainProducts(
            RnsPolynomial c0,
            Digits digits,
            RnsPolynomial c1,
            KeyedAutomorphism[] steps,
            PeriodicPolynomial[][] plain) {
        double[][][][] acc = plainSums("sumsOfPlainProducts", c0, digits, c1, steps, plain);
        RnsPolynomial[][] out = new RnsPolynomial[plain.length][];
        for (int o = 0; o < out.length; o++) {
            out[o] = digits.level.down.divide(acc[o], arithmetic.results());
        }
        return out;
    }

    /**
     * A linear transform by baby steps and giant steps with all sums kept modulo Q and P: the sums of {@link #sumsOfPlainProducts}, then
     * Horner's rule over them. The running sum begins with the last one; it goes through giants[o] when sum o is in it, and then sum o - 1
     * joins. A giant step divides only the second half of the running sum by P, to decompose it; everything else is divided once, at the end.
     *
     * @param c0 first component, NTT domain
     * @param digits decomposed second component
     * @param c1 second component itself, for the identity
     * @param steps [i] baby steps
     * @param plain [sum][i] plaintexts on c0's basis followed by P; null where a sum leaves a term out
     * @param giants [sum] what the running sum goes through; null or the identity for nothing
     * @param rescale whether to divide by the last prime as well, with one rounding for both
     * @return two polynomials on c0's basis, without its last prime if that is divided by, NTT domain
     * @throws IllegalStateException if the digits are closed
     * @throws IllegalArgumentException if a plaintext is on another basis, there is not one place for each step or one giant for each sum,
     *     or there is only one limb and it should be divided by
     */
    public RnsPolynomial[] hornerOfPlainProducts(
            RnsPolynomial c0,
            Digits digits,
            RnsPolynomial c1,
            KeyedAutomorphism[] steps,
            PeriodicPolynomial[][] plain,
            KeyedAutomorphism[] giants,
            boolean rescale) {
        String operation = "hornerOfPlainProducts";
        if (giants.length != plain.length || plain.length == 0) {
            throw new IllegalArgumentException(
                    operation + ": expected at least one sum and a giant step for each, found " + plain.length
                            + " sums and " + giants.length + " giant steps");
        }
        KeySwitchLevel level = digits.level;
        if (rescale && level.downAndRescale == null) {
            throw new IllegalArgumentException(operation + ": expected at least two limbs to rescale, found one");
        }
        double[][][][] acc = plainSums(operation, c0, digits, c1, steps, plain);
        double[][][] sum = new PlainSums(level, special, arithmetic).horner(acc, giants);
        return (rescale ? level.downAndRescale : level.down).divide(sum, arithmetic.results());
    }

    private double[][][][] plainSums(
            String operation,
            RnsPolynomial c0,
            Digits digits,
            RnsPolynomial c1,
            KeyedAutomorphism[] steps,
            PeriodicPolynomial[][] plain) {
        digits.requireOpen(operation);
        KeySwitchLevel level = digits.level;
        RnsBasis basis = level.up.extended();
        for (PeriodicPolynomial[] sum : plain) {
            if (sum.length != steps.length) {
                throw new IllegalArgumentException(operation + ": expected a plaintext or null for each of "
                        + steps.length + " steps, found " + sum.length);
            }
            for (PeriodicPolynomial m : sum) {
                if (m != null && !m.basis().equals(basis)) {
                    throw new IllegalArgumentException(
                            operation + ": expected plaintexts on " + basis + ", found " + m.basis());
                }
            }
        }
        return new PlainSums(level, special, arithmetic).of(c0, c1, digits::column, steps, plain);
    }
}
