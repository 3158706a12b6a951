package io.github.hecnn.core.internal.kernel;

import io.github.hecnn.core.modular.ModularMath;
import io.github.hecnn.core.modular.Modulus;

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

    /**
     * Doubles of the per-lane tables for each 64 coefficients: 3 rows of 8 twiddles for the splits into 4 and 2, and 4 rows for the last.
     * They are two arrays, as kernels with 4 lanes read them in two passes. Their quotients by q are left to the kernel: a multiplication is cheaper than a table as
     * large as the polynomial itself, which would have to come through the caches.
     */
    static final int LANES_OF_4 = 24;

    static final int LANES_OF_2 = 32;

    /** In units of q, for q that are lazy: the average of all splits at the most, see {@link Residues}. */
    private static final double GROWTH_OF_A_SPLIT = 0.53;

    final int logDegree;
    final int degree;
    final double q;
    final double qInv;

    /** Whether a forward transform of canonical residues stays within {@link RingKernels#LAZY_LIMIT} without any reduction. */
    final boolean lazy;

    private final Modulus modulus;
    private final double[] powers; // psi^i, i below N
    private final NttTables base; // whose twiddles these tables share; this if they are the first

    /**
     * Constants of the last step of the inverse, each followed by its quotient by q: f/N, then w of the root, then w of the nodes 1,
     * 2 and 3 times f/N, where f is the inverse factor.
     */
    private final double[] lastStep;

    private volatile Twiddles forwardLanes;
    private volatile Twiddles inverseLanes;
    private volatile Twiddles forwardColumns;
    private volatile Twiddles inverseColumns;

    /**
     * Twiddles of one direction.
     *
     * @param w by node, for all splits into halves of {@code narrowest} or more coefficients; balanced
     * @param wOverQ their quotients by q, rounded
     * @param leaves the narrower splits in the layout of one kind of kernel
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier inside this package, compared by nobody
    record Twiddles(double[] w, double[] wOverQ, double[][] leaves) {}

    private NttTables(int logDegree, Modulus modulus) {
        this.logDegree = logDegree;
        this.degree = 1 << logDegree;
        this.modulus = modulus;
        this.q = modulus.asDouble();
        this.qInv = modulus.inverse();
        this.lazy = q * (0.5 + GROWTH_OF_A_SPLIT * logDegree) <= RingKernels.LAZY_LIMIT;
        double psi = modulus.balance(ModularMath.primitiveRoot2N(modulus.value(), logDegree));
        powers = new double[degree];
        powers[0] = 1;
        for (int i = 1; i < degree; i++) {
            powers[i] = modulus.multiply(powers[i - 1], psi);
        }
        base = this;
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
        this.base = base;
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
        return new NttTables(base, factor);
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
        return q * (RingKernels.LAZY_SUM + GROWTH_OF_A_SPLIT * logDegree) <= RingKernels.LAZY_LIMIT;
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

    double[] lastStep() {
        return lastStep;
    }

    /** For kernels that take the last three splits in 8 lanes: narrowest 8, leaves the arrays of LANES_OF_4 and LANES_OF_2. */
    Twiddles forwardLanes() {
        Twiddles t = base.forwardLanes;
        if (t == null) {
            t = lanes(false);
            base.forwardLanes = t;
        }
        return t;
    }

    Twiddles inverseLanes() {
        Twiddles t = base.inverseLanes;
        if (t == null) {
            t = lanes(true);
            base.inverseLanes = t;
        }
        return t;
    }

    /**
     * For kernels that take the last splits in columns of {@link PortableMatrix}: narrowest as wide as a row. Leaves: by node below the
     * rows' nodes, 1 at the top, an array with the twiddle of that node for each row.
     */
    Twiddles forwardColumns() {
        Twiddles t = base.forwardColumns;
        if (t == null) {
            t = columns(false);
            base.forwardColumns = t;
        }
        return t;
    }

    Twiddles inverseColumns() {
        Twiddles t = base.inverseColumns;
        if (t == null) {
            t = columns(true);
            base.inverseColumns = t;
        }
        return t;
    }

    private double twiddle(int node, boolean inverse) {
        int exponent = Integer.reverse(node) >>> (32 - logDegree);
        if (!inverse || exponent == 0) {
            return powers[exponent];
        }
        return 0.0 - powers[degree - exponent]; // psi^-e = -psi^(N-e)
    }

    private Twiddles upper(int narrowest, boolean inverse, double[][] leaves) {
        int nodes = degree / narrowest;
        double[] w = new double[nodes];
        double[] wOverQ = new double[nodes];
        for (int node = 1; node < nodes; node++) {
            w[node] = twiddle(node, inverse);
            wOverQ[node] = w[node] / q;
        }
        return new Twiddles(w, wOverQ, leaves);
    }

    private Twiddles lanes(boolean inverse) {
        double[] fours = new double[degree / 64 * LANES_OF_4];
        double[] twos = new double[degree / 64 * LANES_OF_2];
        for (int group = 0; group < degree / 64; group++) {
            lanes(group, 0, inverse, fours, group * LANES_OF_4);
            lanes(group, 1, inverse, fours, group * LANES_OF_4 + 8);
            lanes(group, 2, inverse, twos, group * LANES_OF_2);
        }
        return upper(8, inverse, new double[][] {fours, twos});
    }

    /** The twiddles of the nodes a few levels below those of 8 coefficients: a row for each of 2^depth children. */
    private void lanes(int group, int depth, boolean inverse, double[] out, int from) {
        for (int child = 0; child < 1 << depth; child++) {
            for (int lane = 0; lane < 8; lane++) {
                int node = ((degree / 8 + group * 8 + lane) << depth) + child;
                out[from + child * 8 + lane] = twiddle(node, inverse);
            }
        }
    }

    private Twiddles columns(boolean inverse) {
        int columns = 1 << PortableMatrix.logColumns(logDegree);
        int rows = degree / columns;
        double[][] leaves = new double[columns][];
        for (int node = 1; node < columns; node++) {
            int depth = 31 - Integer.numberOfLeadingZeros(node);
            int child = node - (1 << depth);
            leaves[node] = new double[rows];
            for (int row = 0; row < rows; row++) {
                leaves[node][row] = twiddle(((rows + row) << depth) + child, inverse);
            }
        }
        return upper(columns, inverse, leaves);
    }
}
