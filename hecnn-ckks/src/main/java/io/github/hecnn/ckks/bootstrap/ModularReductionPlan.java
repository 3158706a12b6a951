package io.github.hecnn.ckks.bootstrap;

import io.github.hecnn.ckks.params.CkksParameters;

/**
 * The numbers of a modular reduction: how a slot x = I + z/ratio, I an integer, becomes z. Immutable.
 *
 * <p>u = (x - 1/4)/range is at most 1 in magnitude. 2 cos(2 pi (x - 1/4)/8) is an even polynomial of u; three double angles, d -> d^2 - 2, make it
 * 2 cos(2 pi (x - 1/4)) = 2 sin(2 pi z/ratio), and an odd polynomial of that is z.
 *
 * <p>Scales are worked out from the end: the last rescale gives the canonical scale of the user's top level, exactly, and each step before
 * has the scale that leads there. So no rescale is spent on coming down from the size of the primes, and the constants of the polynomials
 * cost nothing.
 *
 * @param topLevel level of u
 * @param inScale scale of u; twice the size of the primes, so that 2u has theirs
 * @param cosine coefficients of the even cosine in T_k(2u^2 - 1)
 * @param cosineScale scale of the cosine before the double angles
 * @param correction coefficients of d, d^3, d^5
 * @param outScale canonical scale of the result
 * @param range what u is divided by, K + 1/4 + bound/ratio
 */
@SuppressWarnings("ArrayRecordComponent") // package-private, and nobody writes into them
record ModularReductionPlan(
        int topLevel,
        double inScale,
        double[] cosine,
        double cosineScale,
        double[] correction,
        double outScale,
        double range) {
    static final int DOUBLE_ANGLES = 3;
    private static final int COSINE_LEVELS = 5;
    private static final int COSINE_PRODUCTS = 8;

    /** Levels of a reduction with an odd correction of degree 1, 3 or 5. */
    static int levels(int correctionDegree) {
        return COSINE_LEVELS + DOUBLE_ANGLES + correctionLevels(correctionDegree);
    }

    /** Products of a reduction, each with a relinearisation: those of the cosine, the double angles and the correction. */
    static int products(int correctionDegree) {
        return COSINE_PRODUCTS + DOUBLE_ANGLES + (correctionDegree == 1 ? 0 : correctionLevels(correctionDegree));
    }

    private static int correctionLevels(int degree) {
        return degree == 1 ? 0 : degree == 3 ? 2 : 3;
    }

    /**
     * A plan.
     *
     * @param p the reduction's levels are those right above the user's
     * @param primeBits bits of the primes of these levels
     * @param correctionDegree 1, 3 or 5
     * @param ratioBits log2 of the ratio
     * @param integerBound largest |I|
     * @param bound largest |z|
     */
    static ModularReductionPlan of(
            CkksParameters p, int primeBits, int correctionDegree, int ratioBits, int integerBound, double bound) {
        double ratio = Math.scalb(1.0, ratioBits);
        double[] correction = SineFits.oddCorrection(correctionDegree, ratio, bound);
        double out = p.scale(p.maxLevel());
        int level = p.maxLevel();
        double scale;
        if (correctionDegree == 1) { // z = c d
            scale = out * correction[0];
        } else if (correctionDegree == 3) { // z = c3 d (d^2 + c1/c3)
            scale = Math.cbrt(out * prime(p, level + 1) * prime(p, level + 2) * correction[1]);
        } else { // z = c5 d ((d^2 + h)^2 + g)
            double q3 = prime(p, level + 3);
            scale = Math.pow(out * prime(p, level + 1) * prime(p, level + 2) * q3 * q3 * correction[2], 0.2);
        }
        level += correctionLevels(correctionDegree);
        for (int i = 0; i < DOUBLE_ANGLES; i++) {
            scale = Math.sqrt(scale * prime(p, ++level));
        }
        double range = integerBound + 0.25 + bound / ratio;
        return new ModularReductionPlan(
                p.maxLevel() + levels(correctionDegree),
                Math.scalb(1.0, primeBits + 1),
                SineFits.evenCosine(2 * Math.PI * range / (1 << DOUBLE_ANGLES)),
                scale,
                correction,
                out,
                range);
    }

    private static double prime(CkksParameters p, int level) {
        return p.chain().dataPrimes().get(level);
    }
}
