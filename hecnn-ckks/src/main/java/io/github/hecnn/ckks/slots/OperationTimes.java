package io.github.hecnn.ckks.slots;

import io.github.hecnn.ckks.cost.Operation;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;

/**
 * Measures what the operations of algebras take, by kind: wall clock time from each call to its return, added up over the threads that call.
 * Threads that only help with a call are not counted a second time, so that the sum over all kinds is that of the callers. Reading the clock
 * takes some ten nanoseconds, less than a hundredth of the smallest operation of a secure ring.
 *
 * <p>A call that does several things counts as one of them: {@code multiply} and {@code square} as {@link Operation#MULTIPLICATION} although they
 * relinearise, {@code relinearizeAndRescale} as {@link Operation#RELINEARIZATION}, hoisted rotations and the sums of products made of them as
 * {@link Operation#HOISTED_ROTATION}, sums of products as products, everything about as cheap as an addition as {@link Operation#ADDITION}. Encoding a
 * plain vector counts as the operation that asks for it first. Calls that are refused count, too. Thread-safe.
 */
public final class OperationTimes {
    private final OperationClock clock = new OperationClock();

    /** Nothing measured yet. */
    public OperationTimes() {}

    /**
     * {@return an algebra that does the same, level and scale of every result included, has the same books, and is measured here}
     *
     * @param algebra does the work
     * @param <V> its vectors
     */
    public <V> SlotAlgebra<V> of(SlotAlgebra<V> algebra) {
        return new TimedSlotAlgebra<>(Objects.requireNonNull(algebra, "algebra"), clock);
    }

    /** {@return seconds so far of every kind of operation that took any; unmodifiable} */
    public Map<Operation, Double> seconds() {
        return Collections.unmodifiableMap(clock.seconds());
    }

    @Override
    public String toString() {
        return "seconds by operation " + seconds();
    }
}
