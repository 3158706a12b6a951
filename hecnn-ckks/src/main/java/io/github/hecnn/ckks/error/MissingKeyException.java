package io.github.hecnn.ckks.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** An evaluation key that the operation needs has not been given. */
public final class MissingKeyException extends HeException {
    private static final long serialVersionUID = 1L;

    /** Most steps that are listed in a text; a full set of keys would fill pages. */
    private static final int LISTED = 40;

    /** Which key is missing. */
    public enum Kind {
        /** The key of a rotation by some number of steps. */
        ROTATION,
        /** The key of complex conjugation. */
        CONJUGATION,
        /** The key of a rotation and complex conjugation in one. */
        ROTATION_AND_CONJUGATION,
        /** The key that brings a product back to two components. */
        RELINEARIZATION
    }

    /** What the key is for. */
    private final Kind kind;

    /** Steps asked for; null where there are none. */
    private final Integer steps;

    /** Steps there are keys for. */
    private final Integer[] available;

    private MissingKeyException(String message, Kind kind, Integer steps, Collection<Integer> available) {
        super(message);
        this.kind = kind;
        this.steps = steps;
        this.available = available.toArray(Integer[]::new);
    }

    /**
     * No key for a rotation, for example {@code rotate: no key for 3 steps; available steps: 1, -2; add it with
     * KeyGenerator.evaluationKeys(secretKey, RotationSteps.of(3), conjugation)}.
     *
     * @param operation what was asked for
     * @param steps the steps asked for, to the left, in their normalised form
     * @param available the steps there are keys for
     * @return the exception, to be thrown
     */
    public static MissingKeyException rotation(String operation, int steps, Collection<Integer> available) {
        List<Integer> sorted = available.stream()
                .sorted(Comparator.<Integer>comparingInt(Math::abs).thenComparing(Comparator.reverseOrder()))
                .toList();
        String listed = sorted.isEmpty()
                ? "none"
                : sorted.stream().limit(LISTED).map(String::valueOf).collect(Collectors.joining(", "))
                        + (sorted.size() > LISTED ? ", ... (" + sorted.size() + " in all)" : "");
        String message = operation + ": no key for " + steps + " steps; available steps: " + listed
                + "; add it with KeyGenerator.evaluationKeys(secretKey, RotationSteps.of(" + steps + "), conjugation)";
        return new MissingKeyException(message, Kind.ROTATION, steps, sorted);
    }

    /**
     * No key for complex conjugation.
     *
     * @param operation what was asked for
     * @return the exception, to be thrown
     */
    public static MissingKeyException conjugation(String operation) {
        return new MissingKeyException(
                operation
                        + ": expected a conjugation key, found none; add it with KeyGenerator.evaluationKeys(secretKey, steps, true)",
                Kind.CONJUGATION,
                null,
                List.of());
    }

    /**
     * No key for a rotation and complex conjugation in one.
     *
     * @param operation what was asked for
     * @param steps the steps asked for, to the left
     * @return the exception, to be thrown
     */
    public static MissingKeyException rotationAndConjugation(String operation, int steps) {
        return new MissingKeyException(
                operation + ": no key for " + steps + " steps and conjugation in one; make it with"
                        + " KeyGenerator.rotationAndConjugationKey, or rotate and conjugate one after the other",
                Kind.ROTATION_AND_CONJUGATION,
                steps,
                List.of());
    }

    /**
     * No relinearisation key.
     *
     * @param operation what was asked for
     * @return the exception, to be thrown
     */
    public static MissingKeyException relinearization(String operation) {
        return new MissingKeyException(
                operation
                        + ": expected a relinearisation key, found none; add one with"
                        + " EvaluationKeys.of(KeyGenerator.relinearizationKey(secretKey), rotationKeys)",
                Kind.RELINEARIZATION,
                null,
                List.of());
    }

    /** {@return which kind of key is missing} */
    public Kind kind() {
        return kind;
    }

    /** {@return the rotation there is no key for, with conjugation or without: steps to the left; empty for other kinds of key} */
    public OptionalInt steps() {
        return steps == null ? OptionalInt.empty() : OptionalInt.of(steps);
    }

    /** {@return the rotations there are keys for: steps to the left, nearest to zero first; empty for other kinds of key} */
    public List<Integer> available() {
        return List.of(available);
    }
}
