package io.github.hecnn.mlr.plan;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A training that fits at no ring degree. The message names the ring that comes nearest and what would fit. */
public final class NoPlanException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final TreeMap<Integer, String> reasons;
    private final int nearestLogRingDegree;

    /**
     * With what was found.
     *
     * @param message operation, expected, found, what to do
     * @param reasons why not, by log2 of the ring degree; not empty
     * @param nearestLogRingDegree one of these
     */
    public NoPlanException(String message, SortedMap<Integer, String> reasons, int nearestLogRingDegree) {
        super(message);
        this.reasons = new TreeMap<>(reasons);
        this.nearestLogRingDegree = nearestLogRingDegree;
    }

    /** Why the training does not fit, by log2 of the ring degree. */
    public SortedMap<Integer, String> reasons() {
        return Collections.unmodifiableSortedMap(reasons);
    }

    /** log2 of the ring degree that comes nearest. */
    public int nearestLogRingDegree() {
        return nearestLogRingDegree;
    }
}
