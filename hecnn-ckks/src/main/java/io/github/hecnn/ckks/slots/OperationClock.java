package io.github.hecnn.ckks.slots;

import io.github.hecnn.ckks.cost.Operation;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Sums of times by kind of operation. Thread-safe. */
final class OperationClock {
    private static final double NANO = 1e-9;

    private final Map<Operation, LongAdder> nanos = new EnumMap<>(Operation.class); // only its values change

    OperationClock() {
        for (Operation kind : Operation.values()) {
            nanos.put(kind, new LongAdder());
        }
    }

    /** Does the work; what it takes counts, whether it fails or not. */
    <T> T time(Operation kind, Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            nanos.get(kind).add(System.nanoTime() - start);
        }
    }

    /** Of every kind that took any time. */
    Map<Operation, Double> seconds() {
        Map<Operation, Double> out = new EnumMap<>(Operation.class);
        nanos.forEach((kind, sum) -> {
            long some = sum.sum();
            if (some > 0) {
                out.put(kind, some * NANO);
            }
        });
        return out;
    }
}
