package io.github.hecnn.ckks.circuit;

import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import java.util.NavigableSet;

/** The books of {@link SimulatedSlotAlgebra}, with the keys there would be. */
final class SimulatedBooks extends SlotBooks<SimulatedVector> {
    private final SimulatedSlotAlgebra owner;
    private final Keys keys;

    /** The keys there would be; steps are null if every rotation has one. */
    record Keys(NavigableSet<Integer> rotationSteps, boolean conjugation, boolean relinearization) {}

    SimulatedBooks(SimulatedSlotAlgebra owner, Keys keys) {
        super(owner.slots(), owner.maxLevel());
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
        return v.components;
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
