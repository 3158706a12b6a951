package io.github.hecnn.ckks.slots;

import java.util.OptionalDouble;

/**
 * A value of {@link SimulatedSlotAlgebra}: what a ciphertext of the real algebra would hold, in plain doubles, with its books.
 * Immutable and thread-safe.
 */
public final class SimulatedVector {
    /** The algebra it is of, to tell it from others. */
    final Object owner;

    final int level;
    final int scaleDegree;
    final SimulatedComponents parts;
    final SlotValues values;
    /** Null without a noise model. */
    final SlotErrors errors;

    SimulatedVector(Object owner, int level, int scaleDegree, SimulatedComponents parts, SlotValues values) {
        this(owner, level, scaleDegree, parts, values, null);
    }

    private SimulatedVector(
            Object owner, int level, int scaleDegree, SimulatedComponents parts, SlotValues values, SlotErrors errors) {
        this.owner = owner;
        this.level = level;
        this.scaleDegree = scaleDegree;
        this.parts = parts;
        this.values = values;
        this.errors = errors;
    }

    SimulatedVector with(SlotErrors found) {
        return new SimulatedVector(owner, level, scaleDegree, parts, values, found);
    }

    /** {@return level of the value: how often it can be rescaled} */
    public int level() {
        return level;
    }

    /** {@return scale degree of the value: 1, or 2 for a product that has not been rescaled} */
    public int scaleDegree() {
        return scaleDegree;
    }

    /** {@return components a real ciphertext would have: 2, or 3 for a product that has not been relinearised} */
    public int components() {
        return parts.size();
    }

    /**
     * A bound on the magnitudes of the slots, which the algebra holds against the modulus after every operation.
     *
     * @return the largest magnitude of a slot, or what follows from the bounds declared in a books-only algebra; empty if none
     *     was declared
     */
    public OptionalDouble bound() {
        return Double.isNaN(values.bound) ? OptionalDouble.empty() : OptionalDouble.of(values.bound);
    }
}
