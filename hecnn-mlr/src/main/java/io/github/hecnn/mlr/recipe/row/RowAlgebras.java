package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.ckks.slots.OperationTimes;
import io.github.hecnn.ckks.slots.SlotAlgebra;

/**
 * The algebras of a long training: one and the same, or several on parts of one context, whose keys are smaller and whose key switches are cheaper
 * the lower their levels are. Values go from one to the next.
 *
 * @param refreshing has the refresher; needs no key but what that has
 * @param forward at the level of features and below: rotations of the forward pass, those that take groups apart, conjugation and
 *     relinearisation
 * @param backward at the level of errors and below: rotations of the backward pass, conjugation and relinearisation
 * @param <V> a vector of slots; immutable
 */
public record RowAlgebras<V>(SlotAlgebra<V> refreshing, SlotAlgebra<V> forward, SlotAlgebra<V> backward) {
    /**
     * Checks the numbers of slots.
     *
     * @param refreshing has the refresher; needs no key but what that has
     * @param forward at the level of features and below: rotations of the forward pass, those that take groups apart, conjugation and
     *     relinearisation
     * @param backward at the level of errors and below: rotations of the backward pass, conjugation and relinearisation
     * @throws IllegalArgumentException if they differ
     */
    public RowAlgebras {
        if (refreshing.slots() != forward.slots() || refreshing.slots() != backward.slots()) {
            throw new IllegalArgumentException("row algebras: expected one number of slots, found "
                    + refreshing.slots() + ", " + forward.slots() + " and " + backward.slots()
                    + "; make them on parts of one context");
        }
    }

    /**
     * {@return one algebra for everything}
     *
     * @param algebra with a refresher and all keys
     * @param <V> a vector of slots
     */
    public static <V> RowAlgebras<V> of(SlotAlgebra<V> algebra) {
        return new RowAlgebras<>(algebra, algebra, algebra);
    }

    /**
     * {@return the same, measured}
     *
     * @param times takes the measurements of all of them
     */
    public RowAlgebras<V> timed(OperationTimes times) {
        return new RowAlgebras<>(times.of(refreshing), times.of(forward), times.of(backward));
    }
}
