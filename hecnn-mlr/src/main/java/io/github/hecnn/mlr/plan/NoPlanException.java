package io.github.hecnn.mlr.plan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** A training that does not fit: at one ring degree, or at none. The message names the ring that comes nearest and what would fit. */
public final class NoPlanException extends IllegalArgumentException {
    private static final long serialVersionUID = 2L;

    /** Why not, by log2 of the ring degree. */
    private final TreeMap<Integer, PlanRefusal> reasons;

    /** The ring degree that lacks least, as its log2. */
    private final int nearestLogRingDegree;

    /** What would fit. */
    private final ArrayList<Alternative> alternatives;

    /** What can be made smaller. */
    public enum Quantity {
        /** Iterations. */
        ITERATIONS,
        /** Samples. */
        SAMPLES,
        /** Features with the leading 1. */
        FEATURES;

        private String of(int count) {
            String many = name().toLowerCase(Locale.ROOT);
            return count + " " + (count == 1 ? many.substring(0, many.length() - 1) : many);
        }
    }

    /**
     * A training that fits, the others of its numbers unchanged.
     *
     * @param quantity what is smaller
     * @param most the largest number that fits
     * @param logRingDegree log2 of the ring degree at which it does
     * @serial exclude
     */
    @SuppressWarnings("InvalidBlockTag") // without it javadoc asks for comments on the fields of a record
    public record Alternative(Quantity quantity, int most, int logRingDegree) implements Serializable {
        String text() {
            return quantity.of(most) + " at N = 2^" + logRingDegree;
        }
    }

    /**
     * With what was found.
     *
     * @param message operation, expected, found, what to do
     * @param reasons why not, by log2 of the ring degree; not empty
     * @param nearestLogRingDegree one of these
     * @param alternatives what would fit, best first; may be empty
     */
    public NoPlanException(
            String message,
            SortedMap<Integer, PlanRefusal> reasons,
            int nearestLogRingDegree,
            List<Alternative> alternatives) {
        super(message);
        this.reasons = new TreeMap<>(reasons);
        this.nearestLogRingDegree = nearestLogRingDegree;
        this.alternatives = new ArrayList<>(alternatives);
    }

    /**
     * {@return the refusal of one ring degree}
     *
     * @param operation who refuses
     * @param logRingDegree log2 of the ring degree
     * @param reason why
     */
    public static NoPlanException at(String operation, int logRingDegree, PlanRefusal reason) {
        TreeMap<Integer, PlanRefusal> reasons = new TreeMap<>();
        reasons.put(logRingDegree, reason);
        return new NoPlanException(operation + ": " + reason.text(), reasons, logRingDegree, List.of());
    }

    /** {@return why the training does not fit, by log2 of the ring degree} */
    public SortedMap<Integer, PlanRefusal> reasons() {
        return Collections.unmodifiableSortedMap(reasons);
    }

    /** {@return log2 of the ring degree that comes nearest} */
    public int nearestLogRingDegree() {
        return nearestLogRingDegree;
    }

    /** {@return smaller trainings that would fit; empty if none was looked for, or one number alone does not help} */
    public List<Alternative> alternatives() {
        return Collections.unmodifiableList(alternatives);
    }
}
