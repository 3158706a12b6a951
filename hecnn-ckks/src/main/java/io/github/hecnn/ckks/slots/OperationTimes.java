package io.github.hecnn.ckks.slots;

import io.github.hecnn.ckks.cost.Operation;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Measures what the operations of algebras take, by kind: wall clock time from each call to its return, added up over the threads that call.
 * Threads that only help with a call are not counted a second time, so that the sum over all kinds is that of the callers. A reading of the clock
 * takes a millionth of the smallest operation of a secure ring and is left out of no sum.
 *
 * <p>A call that does several things counts as one of them: {@code multiply} and {@code square} as {@link Operation#MULTIPLICATION} although they
 * relinearise, {@code relinearizeAndRescale} as {@link Operation#RELINEARIZATION}, hoisted rotations and the sums of products made of them as
 * {@link Operation#HOISTED_ROTATION}, sums of products as products, everything about as cheap as an addition as {@link Operation#ADDITION}. Encoding a
 * plain vector counts as the operation that asks for it first. Calls that are refused count, too. Thread-safe.
 */
public final class OperationTimes {
    private static final double NANO = 1e-9;

    private final Map<Operation, LongAdder> nanos = new EnumMap<>(Operation.class); // only its values change

    /** Nothing measured yet. */
    public OperationTimes() {
        for (Operation kind : Operation.values()) {
            nanos.put(kind, new LongAdder());
        }
    }

    /**
     * {@return an algebra that does the same, has the same books, and is measured here}
     *
     * @param algebra does the work
     * @param <V> its vectors
     */
    public <V> SlotAlgebra<V> of(SlotAlgebra<V> algebra) {
        return new TimedSlotAlgebra<>(Objects.requireNonNull(algebra, "algebra"), this);
    }

    <T> T time(Operation kind, Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            nanos.get(kind).add(System.nanoTime() - start);
        }
    }

    /** {@return seconds so far of every kind of operation that took any; unmodifiable} */
    public Map<Operation, Double> seconds() {
        Map<Operation, Double> out = new EnumMap<>(Operation.class);
        nanos.forEach((kind, sum) -> {
            long some = sum.sum();
            if (some > 0) {
                out.put(kind, some * NANO);
            }
        });
        return Collections.unmodifiableMap(out);
    }

    @Override
    public String toString() {
        return "seconds by operation " + seconds();
    }
}
