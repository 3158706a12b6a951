package io.github.hecnn.mlr.transfer.network;

import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.util.List;
import java.util.SortedSet;

/** A folded layer on the blocks of a vector: a matrix in diagonals, or a polynomial. Immutable and thread-safe. */
interface NetworkStage {
    /** Evaluates; blocks of scale degree 1, and of one level. */
    <V> List<V> apply(SlotAlgebra<V> algebra, List<V> blocks);

    /** Levels that it takes. */
    int levels();

    /** Adds rotations that need keys, normalised. */
    void addSteps(SortedSet<Integer> steps);
}
