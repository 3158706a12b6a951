package io.github.hecnn.ckks.circuit;

/**
 * A value of {@link SimulatedSlotAlgebra}: what a ciphertext of the real algebra would hold, in plain doubles, with its books.
 * Immutable and thread-safe.
 */
public final class SimulatedVector {
    final SimulatedSlotAlgebra owner;
    final int level;
    final int scaleDegree;
    final int components;
    /** Null in a books-only algebra. */
    final double[] re;
    /** Null while every slot is real. */
    final double[] im;

    SimulatedVector(SimulatedSlotAlgebra owner, int level, int scaleDegree, int components, double[] re, double[] im) {
        this.owner = owner;
        this.level = level;
        this.scaleDegree = scaleDegree;
        this.components = components;
        this.re = re;
        this.im = im;
    }

    /**
     * Level of the value.
     *
     * @return how often it can be rescaled
     */
    public int level() {
        return level;
    }

    /**
     * Scale degree of the value.
     *
     * @return 1, or 2 for a product that has not been rescaled
     */
    public int scaleDegree() {
        return scaleDegree;
    }

    /**
     * Components a real ciphertext would have.
     *
     * @return 2, or 3 for a product that has not been relinearised
     */
    public int components() {
        return components;
    }
}
