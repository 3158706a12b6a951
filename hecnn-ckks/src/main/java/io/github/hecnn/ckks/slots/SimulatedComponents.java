package io.github.hecnn.ckks.slots;

import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.modular.NttPrimes;
import java.util.List;
import java.util.Set;

/**
 * The components that a rehearsed ciphertext would have, one residue for each: their polynomials at one root of X^N + 1 modulo a prime. Operations of
 * the ring act on residues as on polynomials. What rounds or switches keys is deterministic in a real run, and odd, so here it is an odd function
 * without any other structure. So the second component is zero where that of a real run is, and else once in 2^48 times. Immutable and thread-safe.
 */
final class SimulatedComponents {
    private static final int LOG_ORDER = 21;
    private static final Modulus P = Modulus.of(
            NttPrimes.descending(Modulus.MAX_BITS, LOG_ORDER - 1, 1, Set.of()).get(0));
    private static final double ROOT = root();
    /** What a switched component adds to the others: any numbers. */
    private static final double[] SWITCHED = {random(1, 1), random(1, 2)};

    /** Kinds of functions, so that they differ. */
    private enum Kind {
        FRESH,
        PLAIN,
        DROP,
        RESCALE,
        RELINEARIZE,
        RELINEARIZE_AND_RESCALE,
        KEY_PRODUCT,
        SUM,
        ROTATE,
        CONJUGATE
    }

    private final double[] residues;

    private SimulatedComponents(double... residues) {
        this.residues = residues;
    }

    /** A primitive root of order 2^LOG_ORDER. */
    private static double root() {
        for (long g = 2; ; g++) {
            double r = P.pow(P.balance(g), (P.value() - 1) >> LOG_ORDER);
            if (P.pow(r, 1L << (LOG_ORDER - 1)) == -1) {
                return r;
            }
        }
    }

    private static double random(long a, long b) {
        return P.balance(1 + Long.remainderUnsigned(ErrorSum.mix(a, b), P.value() - 1));
    }

    /** An odd function of a residue that depends on what is done. */
    private static double mixed(Kind kind, long how, double residue) {
        if (residue == 0) {
            return 0;
        }
        long what = ErrorSum.mix(ErrorSum.mix(kind.name().hashCode(), how), (long) Math.abs(residue));
        return Math.signum(residue) * random(what, 0);
    }

    private SimulatedComponents mixed(Kind kind, long how) {
        double[] out = new double[residues.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = mixed(kind, how, residues[i]);
        }
        return new SimulatedComponents(out);
    }

    /** @param number different for every encryption of an algebra */
    static SimulatedComponents fresh(long number) {
        long what = ErrorSum.mix(Kind.FRESH.name().hashCode(), number);
        return new SimulatedComponents(random(what, 1), random(what, 2));
    }

    private static double plain(PlainVector p, double scale) {
        if (p.largest() == 0) {
            return 0;
        }
        if (p.isConstant()) {
            return P.reduceExact(Math.rint(p.re(0) * scale));
        }
        // vectors of opposite signs are encoded as opposite polynomials
        return p.sign()
                * random(
                        ErrorSum.mix(Kind.PLAIN.name().hashCode(), p.hashOfMagnitudes()),
                        Double.doubleToLongBits(scale));
    }

    /** {@return the number of components, 2 or 3} */
    int size() {
        return residues.length;
    }

    /** {@return whether all but the first are zero, so that anybody could read the slots} */
    boolean transparent() {
        return residues[1] == 0 && (residues.length == 2 || residues[2] == 0);
    }

    SimulatedComponents aligned(int from, int to) {
        return from == to ? this : mixed(Kind.DROP, 64L * from + to);
    }

    private double at(int i) {
        return i < residues.length ? residues[i] : 0;
    }

    SimulatedComponents plus(SimulatedComponents b, int sign) {
        double[] out = new double[Math.max(size(), b.size())];
        for (int i = 0; i < out.length; i++) {
            out[i] = sign > 0 ? P.add(at(i), b.at(i)) : P.subtract(at(i), b.at(i));
        }
        return new SimulatedComponents(out);
    }

    private SimulatedComponents plusPlain(double residue) {
        double[] out = residues.clone();
        out[0] = P.add(out[0], residue);
        return new SimulatedComponents(out);
    }

    SimulatedComponents plus(PlainVector p, int sign, double scale) {
        return plusPlain(sign * plain(p, scale));
    }

    SimulatedComponents plus(double c, double scale) {
        return plusPlain(P.reduceExact(Math.rint(c * scale)));
    }

    private SimulatedComponents times(double residue) {
        double[] out = new double[residues.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = P.multiply(residues[i], residue);
        }
        return new SimulatedComponents(out);
    }

    SimulatedComponents timesInteger(long k) {
        return times(P.balance(Math.floorMod(k, P.value())));
    }

    SimulatedComponents times(double c, double scale) {
        return times(P.reduceExact(Math.rint(c * scale)));
    }

    /** @param power of X, from 0 to below 4 slots */
    SimulatedComponents timesMonomial(int power, int slots) {
        return times(P.pow(ROOT, ((long) power << LOG_ORDER) / (4L * slots)));
    }

    SimulatedComponents times(PlainVector p, double scale) {
        return times(plain(p, scale));
    }

    /** Of two components each. */
    SimulatedComponents times(SimulatedComponents b) {
        double[] x = residues;
        double[] y = b.residues;
        return new SimulatedComponents(
                P.multiply(x[0], y[0]), P.add(P.multiply(x[0], y[1]), P.multiply(x[1], y[0])), P.multiply(x[1], y[1]));
    }

    /** The first two components, and what the last one leaves in them. */
    private SimulatedComponents switched(int last) {
        double[] out = new double[2];
        for (int i = 0; i < 2; i++) {
            double added = P.multiply(SWITCHED[i], residues[last]);
            out[i] = i == last ? added : P.add(residues[i], added);
        }
        return new SimulatedComponents(out);
    }

    SimulatedComponents relinearized() {
        double switched = mixed(Kind.RELINEARIZE, 0, residues[2]);
        return new SimulatedComponents(residues[0], residues[1], switched).switched(2);
    }

    SimulatedComponents rescaled(int level) {
        return mixed(Kind.RESCALE, level);
    }

    SimulatedComponents relinearizedAndRescaled(int level) {
        return switched(2).mixed(Kind.RELINEARIZE_AND_RESCALE, level);
    }

    /** @param step not 0 */
    SimulatedComponents rotated(int step) {
        return switched(1).mixed(Kind.ROTATE, step);
    }

    SimulatedComponents conjugated() {
        return switched(1).mixed(Kind.CONJUGATE, 0);
    }

    /** A sum of plain products of rotations; null where a term is left out. */
    SimulatedComponents rotatedPlainSum(int[] steps, List<PlainVector> p, double scale) {
        SimulatedComponents sum = new SimulatedComponents(0, 0);
        boolean divided = false;
        for (int i = 0; i < steps.length; i++) {
            if (p.get(i) != null) {
                SimulatedComponents term = steps[i] == 0 ? this : switched(1).mixed(Kind.KEY_PRODUCT, steps[i]);
                sum = sum.plus(term.times(p.get(i), scale), 1);
                divided |= steps[i] != 0;
            }
        }
        return divided ? sum.mixed(Kind.SUM, 0) : sum;
    }
}
