package io.github.hecnn.ckks.slots;

import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.params.ModulusCapacity;
import java.util.NavigableSet;

/** The books of {@link SimulatedSlotAlgebra}, with the keys there would be. */
final class SimulatedBooks extends SlotBooks<SimulatedVector> {
    private final Object owner;
    private final Keys keys;

    /** The keys there would be; rotation steps are null if every rotation has one. */
    record Keys(NavigableSet<Integer> rotationSteps, boolean conjugation, boolean relinearization) {}

    SimulatedBooks(
            Object owner,
            int slots,
            ModulusCapacity capacity,
            boolean transparentAllowed,
            Keys keys,
            Refresher.Limits limits) {
        super(slots, capacity, transparentAllowed, limits);
        this.owner = owner;
        this.keys = keys;
    }

    @Override
    SimulatedVector own(String operation, SimulatedVector v) {
        if (v.owner != owner) {
            throw new MismatchException(
                    operation + ": expected a value of this algebra, found one of another; encrypt it with this one");
        }
        return v;
    }

    @Override
    int level(SimulatedVector v) {
        return v.level;
    }

    @Override
    int scaleDegree(SimulatedVector v) {
        return v.scaleDegree;
    }

    @Override
    int components(SimulatedVector v) {
        return v.parts.size();
    }

    @Override
    double bound(SimulatedVector v) {
        return v.values.bound;
    }

    @Override
    double scale(SimulatedVector v) {
        double s = capacity().scale(v.level);
        return v.scaleDegree == 2 ? s * s : s;
    }

    @Override
    void requireRelinearizationKey(String operation) {
        if (!keys.relinearization()) {
            throw MissingKeyException.relinearization(operation);
        }
    }

    @Override
    void requireConjugationKey(String operation) {
        if (!keys.conjugation()) {
            throw MissingKeyException.conjugation(operation);
        }
    }

    @Override
    void requireRotationKey(String operation, int step) {
        if (keys.rotationSteps() != null && !keys.rotationSteps().contains(step)) {
            throw MissingKeyException.rotation(operation, step, keys.rotationSteps());
        }
    }
}
