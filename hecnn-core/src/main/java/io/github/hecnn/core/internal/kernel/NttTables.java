package io.github.hecnn.core.internal.kernel;

import io.github.hecnn.core.modular.ModularMath;
import io.github.hecnn.core.modular.Modulus;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The constants of the negacyclic NTT for one ring degree N and one prime q = 1 mod 2N.
 *
 * <p>The transform splits X^m - c into (X^(m/2) - w)(X^(m/2) + w) from X^N + 1 down to linear factors. The splits form a binary
 * tree, numbered as a heap: node 1 is the root, node k has the children 2k and 2k + 1. Node k uses w = psi^bitrev(k), the bits
 * reversed in a word of log2(N).
 *
 * <p><b>Order of the result.</b> Leaf e of the tree, counted from the left, is the value at psi^(2*bitrev(e)+1). Within each 64
 * consecutive positions leaves are stored as an 8 x 8 matrix transposed: position i of the 64 holds leaf (i mod 8)*8 + i/8. This
 * is what the vector kernels find cheapest and is the same for every kernel and CPU: ciphertexts are written in it.
 *
 * <p>Immutable and thread-safe; the part that only one kind of kernel needs is made on first use.
 */
public final class NttTables {
    public static final int MIN_LOG_DEGREE = 10;
    public static final int MAX_LOG_DEGREE = 17;

    /** In units of q, for q that are lazy: the average of all splits at the most, see {@link Residues}. */
    private static final double GROWTH_OF_A_SPLIT = 0.53;

    /** log2 of N. */
    public final int logDegree;

    /** N. */
    public final int degree;

    /** The prime. */
    public final double q;

    /** 1.0/q rounded. */
    public final double qInv;

    /** Whether a forward transform of canonical residues stays within {@link Residues#LAZY_LIMIT} without any reduction. */
    public final boolean lazy;

    private final Modulus modulus;
    private final double[] powers; // psi^i, i below N

    private final double[] lastStep;

    /** By wing and direction, forward first; filled on first use, and shared by tables that differ in the inverse factor only. */
    private final AtomicReferenceArray<Twiddles> layouts;

    /**
     * Twiddles of one direction.
     *
     * @param w by node, for all splits into halves of {@code narrowest} or more coefficients; balanced
     * @param wOverQ their quotients by q, rounded
     * @param leaves the narrower splits in the layout of one kind of kernel
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier inside the kernels, compared by nobody
    public record Twiddles(double[] w, double[] wOverQ, double[][] leaves) {}

    /** Whose layout of twiddles it is: tables keep one for each wing and direction. */
    public enum Wing {
        PORTABLE,
        VECTOR
    }

    /** How a wing lays out its twiddles. */
    public interface Layout {
        /** The twiddles of one direction, made of {@link #byNode} and {@link #twiddle}. */
        Twiddles of(NttTables tables, boolean inverse);
    }

    private NttTables(int logDegree, Modulus modulus) {
        this.logDegree = logDegree;
        this.degree = 1 << logDegree;
        this.modulus = modulus;
        this.q = modulus.asDouble();
        this.qInv = modulus.inverse();
        this.lazy = q * (0.5 + GROWTH_OF_A_SPLIT * logDegree) <= Residues.LAZY_LIMIT;
        double psi = modulus.balance(ModularMath.primitiveRoot2N(modulus.value(), logDegree));
        powers = new double[degree];
        powers[0] = 1;
        for (int i = 1; i < degree; i++) {
            powers[i] = modulus.multiply(powers[i - 1], psi);
        }
        layouts = new AtomicReferenceArray<>(2 * Wing.values().length);
        lastStep = lastStep(1.0);
    }

    private NttTables(NttTables base, double inverseFactor) {
        this.logDegree = base.logDegree;
        this.degree = base.degree;
        this.modulus = base.modulus;
        this.q = base.q;
        this.qInv = base.qInv;
        this.lazy = base.lazy;
        this.powers = base.powers;
        this.layouts = base.layouts;
        this.lastStep = lastStep(inverseFactor);
    }

    private double[] lastStep(double inverseFactor) {
        double common = modulus.multiply(inverseFactor, modulus.invert(modulus.balance(degree)));
        double[] constants = {common, twiddle(1, true), 0, 0, 0};
        for (int node = 1; node < 4; node++) {
            constants[node + 1] = modulus.multiply(twiddle(node, true), common);
        }
        double[] step = new double[10];
        for (int i = 0; i < constants.length; i++) {
            step[2 * i] = constants[i];
            step[2 * i + 1] = constants[i] / q;
        }
        return step;
    }

    /**
     * Tables whose inverse transform multiplies by a factor besides, at no cost; all else is shared with these.
     *
     * @param factor canonical residue
     */
    public NttTables withInverseFactor(double factor) {
        return new NttTables(this, factor);
    }

    /**
     * The tables for N = 2^logDegree and q.
     *
     * @throws IllegalArgumentException if logDegree is not from 10 to 17 or q is not 1 mod 2N
     */
    public static NttTables of(int logDegree, Modulus modulus) {
        if (logDegree < MIN_LOG_DEGREE || logDegree > MAX_LOG_DEGREE) {
            throw new IllegalArgumentException("NTT: expected a ring degree N of 2^" + MIN_LOG_DEGREE + " to 2^"
                    + MAX_LOG_DEGREE + ", found 2^" + logDegree + "; pass log2 of N, within that range");
        }
        long order = 2L << logDegree;
        if (modulus.value() % order != 1) {
            throw new IllegalArgumentException("NTT: expected a prime that is 1 mod 2N = " + order + ", found "
                    + modulus + "; take one from NttPrimes");
        }
        return new NttTables(logDegree, modulus);
    }

    public int degree() {
        return degree;
    }

    /** Whether the results of a lazy base extension may go straight into a lazy forward transform. */
    public boolean takesLazySums() {
        return q * (Residues.LAZY_SUM + GROWTH_OF_A_SPLIT * logDegree) <= Residues.LAZY_LIMIT;
    }

    public Modulus modulus() {
        return modulus;
    }

    /** The exponent k, odd, below 2N, such that position holds the value at psi^k. */
    public static int exponentAt(int logDegree, int position) {
        int leaf = (position & ~63) | ((position & 7) << 3) | ((position >> 3) & 7);
        return 2 * (Integer.reverse(leaf) >>> (32 - logDegree)) + 1;
    }

    /** The position of the value at psi^exponent. */
    public static int positionOf(int logDegree, int exponent) {
        int leaf = Integer.reverse(exponent >> 1) >>> (32 - logDegree);
        return (leaf & ~63) | ((leaf & 7) << 3) | ((leaf >> 3) & 7); // the transposition is its own inverse
    }

    /**
     * Constants of the last step of the inverse, each followed by its quotient by q: f/N, then w of the root, then w of the nodes 1,
     * 2 and 3 times f/N, where f is the inverse factor. Not copied.
     */
    public double[] lastStep() {
        return lastStep;
    }

    /** The twiddles of a wing: those of layout, made on first use and shared by all tables of this prime. */
    public Twiddles twiddles(Wing wing, boolean inverse, Layout layout) {
        int slot = (wing == Wing.VECTOR ? 2 : 0) + (inverse ? 1 : 0);
        Twiddles t = layouts.get(slot);
        if (t == null) {
            t = layout.of(this, inverse);
            layouts.set(slot, t);
        }
        return t;
    }

    /** The w of a node, or its inverse; balanced. */
    public double twiddle(int node, boolean inverse) {
        int exponent = Integer.reverse(node) >>> (32 - logDegree);
        if (!inverse || exponent == 0) {
            return powers[exponent];
        }
        return 0.0 - powers[degree - exponent]; // psi^-e = -psi^(N-e)
    }

    /** The twiddles of all nodes of narrowest or more coefficients, with leaves for the others. */
    public Twiddles byNode(int narrowest, boolean inverse, double[][] leaves) {
        int nodes = degree / narrowest;
        double[] w = new double[nodes];
        double[] wOverQ = new double[nodes];
        for (int node = 1; node < nodes; node++) {
            w[node] = twiddle(node, inverse);
            wOverQ[node] = w[node] / q;
        }
        return new Twiddles(w, wOverQ, leaves);
    }
}
