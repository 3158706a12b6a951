package io.github.hecnn.core.internal.kernel;

/**
 * The scalar arithmetic that every kernel shares, lane by lane, with its bounds. All values are exact integers in doubles.
 *
 * <p><b>Rounding.</b> t = fma(x, y, ROUND) is ROUND + k with k an integer nearest to x*y, as long as |x*y| &lt; 2^51: doubles from 2^52 to
 * 2^53 are the integers.
 *
 * <p><b>Reduction.</b> u - k*q with k nearest to u*fl(1/q). The quotient is off by at most 1/2 + |u|*2^-53/q, so the result is at most
 * q/2 + |u|*2^-53 in magnitude. For |u| &lt; 2^52 this is below q/2 + 1/2, and as q is odd the result is canonical:
 * |r| &lt;= (q-1)/2. It needs |u/q| &lt; 2^51 too. It never gives -0.0.
 *
 * <p><b>Product by a constant</b> w, |w| &lt; q/2. With C = ROUND*q, exact because 3q &lt; 2^53:
 * <pre>
 *   h = fma(v, w, C)          C + v*w rounded
 *   t = fma(v, w/q, ROUND)    ROUND + k
 *   l = fma(v, w, C - h)      what h rounded away, exact: an integer of at most 49 bits; C - h is exact as h is near C
 *   r = fma(t, -q, h) + l     = v*w - k*q: h - t*q = r - l is a small integer, hence exact
 * </pre>
 * Six operations, no negation, and only two constants for each w. fl(w/q) is off by at most 2^-55, so for |v| &lt; 2^52 the quotient is in
 * range and |r| &lt;= q/2 + |v|*q*2^-55. With |v| = b*q and q &lt; 2^49 that is |r| &lt;= q*(1/2 + b/64), for b up to 8. With
 * fl(w*fl(1/q)) in place of fl(w/q) the quotient is off by at most 2^-54 + 2^-55, and |r| &lt;= q*(1/2 + 3b/64).
 *
 * <p><b>Product of two variables</b>, or by a constant without its w/q. The quotient comes from the rounded product:
 * <pre>
 *   h = v*w                   rounded
 *   k = fma(h, 1/q, ROUND) - ROUND
 *   r = fma(k, -q, h) + fma(v, w, -h)
 * </pre>
 * h and fl(1/q) are off by 2^-53 each in relation, so for |v*w| &lt; 2^51*q the quotient is off by at most 1/2 + |v*w/q|*2^-52. With |v| = b*q
 * and |w| &lt; q/2 that is |r| &lt;= q*(1/2 + b/16); for residues |r| &lt; 0.54 q. Vector kernels find it cheaper to take
 * h = fma(v, w, C) as above and t = fl(h * fl(1/q)), an integer as it lies between 2^52 and 2^53; that quotient is off by less than 2.5, so
 * for residues |r| &lt; 2.5 q. The reduction makes both canonical.
 *
 * <p><b>Sum of products</b> x*y, |x| &lt;= 1.25 * 2^48 and |y| &lt; q/2, eight at the most. It has two parts:
 * <pre>
 *   high = C = ROUND*q, low = 0
 *   for every product: next = fma(x, y, high); low = low + fma(x, y, high - next); high = next
 *   r = fma(fl(high * fl(1/q)), -q, high) + low
 * </pre>
 * Eight products are under 1.25 * 2^50*q, so high/q stays between 1.18*2^52 and 1.82*2^52: high * fl(1/q) is an integer, off by at most 1.41, and what
 * the first fma rounds away, which the second recovers exactly, is half of the last place of high. With 2^(b-1) &lt; q &lt; 2^b that is at
 * most 2^(b-2), or 2^(b-1) if high passes 2^(b+52). Hence |r| &lt;= 1.41 q + 8*2^(b-1) + what low started with, and for b up to 49 and a start of up
 * to 2q this is under 3.5*2^49 + 2^51 &lt; 2^52: one reduction makes it canonical. Low starts with the residue of the eight products before.
 *
 * <p><b>Base extension.</b> Its terms are canonical, |x| &lt; 2^48, so nine products are under 1.125 * 2^50*q. Low starts with e*y for an integer |e| &lt;= 4, or with the
 * residue of the nine products before, both at most 2q, and |r| &lt;= 1.41 q + 9*2^(b-1) + 2q &lt; 7.91 * 2^49 &lt; 2^52.
 *
 * <p><b>Lazy reduction</b> (Harvey, "Faster arithmetic for number-theoretic transforms", 2014) leaves out the last reduction of a result if
 * what comes next takes it as it is. A sum of nine products is then at most 12.5 q (1.41 + 9 + 2, as 2^(b-1) &lt; q), of four products and no start 5.5 q.
 * A forward transform, which adds at most 0.53 q a split while nothing exceeds 1.25 * 2^48, needs no reduction at all for a q that keeps it below
 * that: 0.51 q, and 0.53 q without a table of quotients, which are three splits; in the portable kernels 0.54 q for products of two variables,
 * which are six splits of ten to eight of fifteen. The sums above take 1.25 * 2^48 as x. A division takes s - b with |s| &lt;= 5.5 q and
 * |b| &lt;= 1.25 * 2^48, less than 2^52 together, as the v of a product by a constant.
 */
public final class Residues {
    /** Adding and subtracting this rounds to an integer. */
    public static final double ROUND = 0x1.8p52;

    /** The most terms of a sum before it has to be reduced. */
    public static final int TERMS_PER_SUM = 8;

    /** The same for a base extension. */
    public static final int TERMS_PER_EXTENSION = 9;

    /** The largest magnitude of what is called lazy: an integer that is congruent to the residue. */
    public static final double LAZY_LIMIT = 0x1.4p48;

    /** In units of q: what a lazy base extension leaves. */
    public static final double LAZY_SUM = 12.5;

    private Residues() {}

    public static double reduce(double u, double q, double qInv) {
        return Math.fma(ROUND - Math.fma(u, qInv, ROUND), q, u);
    }

    /** v*w mod q by a constant; not canonical. */
    public static double multiply(double v, double w, double wOverQ, double roundQ, double minusQ) {
        double h = Math.fma(v, w, roundQ);
        double t = Math.fma(v, wOverQ, ROUND);
        double l = Math.fma(v, w, roundQ - h);
        return Math.fma(t, minusQ, h) + l;
    }

    /** a*b mod q; not canonical. */
    public static double product(double a, double b, double minusQ, double qInv) {
        double h = a * b;
        double k = Math.fma(h, qInv, ROUND) - ROUND;
        return Math.fma(k, minusQ, h) + Math.fma(a, b, -h);
    }

    /** Canonical residue of (acc - ROUND*q) + low: the end of a sum of products. */
    public static double finish(double acc, double low, double minusQ, double q, double qInv) {
        return reduce(finishLazily(acc, low, minusQ, qInv), q, qInv);
    }

    /** The same without the last reduction. */
    public static double finishLazily(double acc, double low, double minusQ, double qInv) {
        return Math.fma(acc * qInv, minusQ, acc) + low;
    }
}
