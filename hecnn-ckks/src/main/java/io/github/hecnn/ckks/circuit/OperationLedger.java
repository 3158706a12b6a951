package io.github.hecnn.ckks.circuit;

import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The running books behind {@link SlotAlgebra#counts}. Thread-safe: an entry is nothing next to the operation it counts. */
final class OperationLedger {
    private final NavigableSet<Integer> steps = new TreeSet<>();
    private final Map<Entry, Long> entries = new EnumMap<>(Entry.class);
    private int lowestLevel;

    enum Entry {
        ROTATION,
        HOISTED_ROTATION,
        HOISTING,
        CONJUGATION,
        RELINEARIZATION,
        MULTIPLICATION,
        PLAIN_MULTIPLICATION,
        CONSTANT_MULTIPLICATION,
        RESCALE,
        ADDITION,
        ALIGNMENT,
        REFRESH
    }

    OperationLedger(int maxLevel) {
        lowestLevel = maxLevel;
    }

    synchronized void count(Entry entry) {
        entries.merge(entry, 1L, Long::sum);
    }

    synchronized void count(Entry entry, int times) {
        entries.merge(entry, (long) times, Long::sum);
    }

    /** @param step normalised and not 0 */
    synchronized void rotation(int step) {
        entries.merge(Entry.ROTATION, 1L, Long::sum);
        steps.add(step);
    }

    /** @param normalised the steps of one hoisted rotation, zeros included */
    synchronized void hoistedRotations(int[] normalised) {
        boolean any = false;
        for (int step : normalised) {
            if (step != 0) {
                any = true;
                entries.merge(Entry.HOISTED_ROTATION, 1L, Long::sum);
                steps.add(step);
            }
        }
        if (any) {
            entries.merge(Entry.HOISTING, 1L, Long::sum);
        }
    }

    /** Takes note of the level of a result. */
    synchronized void level(int level) {
        lowestLevel = Math.min(lowestLevel, level);
    }

    synchronized OperationCounts snapshot() {
        return new OperationCounts(
                get(Entry.ROTATION),
                get(Entry.HOISTED_ROTATION),
                get(Entry.HOISTING),
                get(Entry.CONJUGATION),
                get(Entry.RELINEARIZATION),
                get(Entry.MULTIPLICATION),
                get(Entry.PLAIN_MULTIPLICATION),
                get(Entry.CONSTANT_MULTIPLICATION),
                get(Entry.RESCALE),
                get(Entry.ADDITION),
                get(Entry.ALIGNMENT),
                get(Entry.REFRESH),
                steps,
                get(Entry.CONJUGATION) > 0,
                lowestLevel);
    }

    private long get(Entry entry) {
        return entries.getOrDefault(entry, 0L);
    }
}
