package io.github.hecnn.ckks.keys;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A set of rotations of the slots to have keys for, in slots to the left (negative: to the right). Immutable and
 * thread-safe.
 */
public final class RotationSteps {
    private final SortedSet<Integer> steps;

    private RotationSteps(Collection<Integer> steps) {
        TreeSet<Integer> s = new TreeSet<>(steps);
        s.remove(0);
        this.steps = Collections.unmodifiableSortedSet(s);
    }

    /**
     * Given steps; 0 needs no key and is dropped.
     *
     * @param stepsLeft steps, any sign
     * @return the set
     */
    public static RotationSteps of(int... stepsLeft) {
        return new RotationSteps(java.util.Arrays.stream(stepsLeft).boxed().collect(Collectors.toList()));
    }

    /**
     * Given steps, as counted by a rehearsal.
     *
     * @param stepsLeft steps, any sign
     * @return the set
     */
    public static RotationSteps of(Collection<Integer> stepsLeft) {
        return new RotationSteps(stepsLeft);
    }

    /**
     * Both sets.
     *
     * @param other another set
     * @return the union
     */
    public RotationSteps and(RotationSteps other) {
        TreeSet<Integer> s = new TreeSet<>(steps);
        s.addAll(other.steps);
        return new RotationSteps(s);
    }

    /** {@return the steps in ascending order, unmodifiable} */
    public SortedSet<Integer> asSet() {
        return steps;
    }

    @Override
    public String toString() {
        return steps.toString();
    }
}
