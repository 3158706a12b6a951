package io.github.hecnn.core.internal.kernel;

import io.github.hecnn.core.modular.Factor;

/**
 * How a pair of limbs is divided at the end of a key switch: out = phi((s - subtrahend) * inverse + addend * addendFactor), where the
 * subtrahend is what the dropped primes leave, and phi an automorphism or none. Arrays are shared with the caller and not copied.
 */
public final class LimbDivision {
    /** [2][N] lazy residues. */
    public final double[][] subtrahends;

    /** [2] limbs of N canonical residues, or null where there is none. */
    public final double[][] addends;

    /** Canonical residue. */
    public final double inverse;

    /** inverse/q rounded. */
    public final double inverseOverQ;

    /** Canonical residue; 1 costs no multiplication. */
    public final double addendFactor;

    /** addendFactor/q rounded. */
    public final double addendFactorOverQ;

    /** [N] where each result comes from, or null. */
    public final int[] index;

    /**
     * Creates the constants of one limb.
     *
     * @param subtrahends [2][N] lazy residues
     * @param inverse of what is divided by
     * @param addends [2] limbs of N canonical residues, or null where there is none
     * @param addendFactor of the addends; 1 costs no multiplication
     * @param index [N] out[j] is taken from index[j], as automorphisms do in the NTT domain: positions of one aligned block (of a power of two of
     *     64 or more) come from one aligned block. Null for the identity; else N has to be a power of two
     */
    public LimbDivision(double[][] subtrahends, Factor inverse, double[][] addends, Factor addendFactor, int[] index) {
        this.subtrahends = subtrahends;
        this.addends = addends;
        this.inverse = inverse.w();
        this.inverseOverQ = inverse.overQ();
        this.addendFactor = addendFactor.w();
        this.addendFactorOverQ = addendFactor.overQ();
        this.index = index;
    }

    /**
     * The same division of other arrays.
     *
     * @param otherSubtrahends [2][N] lazy residues
     * @param otherAddends [2 or more] limbs of N canonical residues; null stays where there is none
     * @return a division of the same constants
     */
    public LimbDivision of(double[][] otherSubtrahends, double[][] otherAddends) {
        double[][] added = addends.clone();
        for (int c = 0; c < added.length; c++) {
            added[c] = added[c] == null ? null : otherAddends[0];
        }
        return new LimbDivision(
                otherSubtrahends,
                new Factor(inverse, inverseOverQ),
                added,
                new Factor(addendFactor, addendFactorOverQ),
                index);
    }
}
