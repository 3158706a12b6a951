package io.github.hecnn.ckks.slots;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationPrices;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The running books behind {@link SlotAlgebra#counts}: how often each operation was done at each level. Thread-safe: an entry is
 * nothing next to the operation it counts.
 */
final class OperationLedger {
    private final NavigableSet<Integer> steps = new TreeSet<>();
    private final Map<Operation, long[]> entries = new EnumMap<>(Operation.class);
    private final int maxLevel;
    private int lowestLevel;

    OperationLedger(int maxLevel) {
        this.maxLevel = maxLevel;
        lowestLevel = maxLevel;
    }

    /** @param level of the operands; for an alignment, one above the target */
    synchronized void count(Operation operation, int level, int times) {
        entries.computeIfAbsent(operation, o -> new long[maxLevel + 1])[level] += times;
    }

    void count(Operation operation, int level) {
        count(operation, level, 1);
    }

    /** @param step normalised and not 0 */
    synchronized void rotation(int level, int step) {
        count(Operation.ROTATION, level);
        steps.add(step);
    }

    /**
     * Rotations of one value.
     *
     * @param normalised their steps, zeros included
     * @param divisions most divisions by the special primes: as many as rotations, or as sums of them
     */
    synchronized void hoistedRotations(int level, int[] normalised, int divisions) {
        int rotations = 0;
        for (int step : normalised) {
            if (step != 0) {
                rotations++;
                steps.add(step);
            }
        }
        if (rotations > 0) {
            int divided = Math.min(rotations, divisions);
            count(Operation.DECOMPOSITION, level);
            count(Operation.HOISTED_ROTATION, level, divided);
            count(Operation.KEY_PRODUCT, level, rotations - divided);
        }
    }

    /** Takes note of the level of a result. */
    synchronized void level(int level) {
        lowestLevel = Math.min(lowestLevel, level);
    }

    /** What everything so far takes. */
    double seconds(OperationPrices prices) {
        double seconds = 0;
        for (double some : secondsByOperation(prices).values()) {
            seconds += some;
        }
        return seconds;
    }

    /** What all operations of a kind so far take, for the kinds there were. */
    synchronized Map<Operation, Double> secondsByOperation(OperationPrices prices) {
        Map<Operation, Double> out = new EnumMap<>(Operation.class);
        for (Map.Entry<Operation, long[]> e : entries.entrySet()) {
            long[] byLevel = e.getValue();
            double seconds = 0;
            for (int level = 0; level < byLevel.length; level++) {
                if (byLevel[level] > 0) {
                    seconds += byLevel[level] * prices.seconds(e.getKey(), level);
                }
            }
            out.put(e.getKey(), seconds);
        }
        return out;
    }

    synchronized OperationCounts snapshot() {
        return new OperationCounts(
                sum(Operation.ROTATION),
                sum(Operation.HOISTED_ROTATION) + sum(Operation.KEY_PRODUCT),
                sum(Operation.DECOMPOSITION),
                sum(Operation.CONJUGATION),
                sum(Operation.RELINEARIZATION),
                sum(Operation.MULTIPLICATION) + sum(Operation.PRODUCT_TERM),
                sum(Operation.PLAIN_MULTIPLICATION) + sum(Operation.PLAIN_TERM),
                sum(Operation.CONSTANT_MULTIPLICATION),
                sum(Operation.RESCALE),
                sum(Operation.ADDITION) + sum(Operation.PRODUCT_TERM) + sum(Operation.PLAIN_TERM),
                sum(Operation.ALIGNMENT),
                sum(Operation.REFRESH),
                steps,
                sum(Operation.CONJUGATION) > 0,
                lowestLevel);
    }

    private long sum(Operation operation) {
        long sum = 0;
        for (long n : entries.getOrDefault(operation, new long[0])) {
            sum += n;
        }
        return sum;
    }
}
