package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.mlr.roles.RoleListener;

/** Hears how a role of a long training comes along, on the thread that called it. */
public interface LongListener extends RoleListener {
    /** Hears nothing. */
    LongListener QUIET = new LongListener() {};

    /**
     * An iteration whose checkpoint is on the disk.
     *
     * @param iteration 1 for the first
     * @param iterations how many there are to be
     * @param seconds what it took, refresh and checkpoint included
     * @param remainingSeconds what the others are expected to take
     * @param weights the encrypted weights after it, at the lowest level and its canonical scale
     */
    record Iteration(int iteration, int iterations, double seconds, double remainingSeconds, Ciphertext weights) {}

    /**
     * An iteration is complete, and its checkpoint on the disk.
     *
     * @param iteration what is known of it
     */
    default void iterationDone(Iteration iteration) {}
}
