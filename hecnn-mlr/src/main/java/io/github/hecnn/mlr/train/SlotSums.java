package io.github.hecnn.mlr.train;

import io.github.hecnn.ckks.circuit.SlotAlgebra;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Sums of rotations by doubling, and a map over indices on a runner. */
final class SlotSums {
    private SlotSums() {}

    /**
     * Every slot becomes the sum of the {@code terms} slots from it on, {@code stride} apart, cyclically: log2(terms) rotations to
     * the left by stride, 2 stride, ... Doing several of them hoisted is no cheaper as long as a hoisted rotation costs half of a
     * plain one (four terms: two rotations, or one decomposition and three halves), and needs more keys.
     */
    static <V> V sum(SlotAlgebra<V> algebra, V v, int stride, int terms) {
        V sum = v;
        for (int done = 1; done < terms; done *= 2) {
            sum = algebra.add(sum, algebra.rotate(sum, done * stride));
        }
        return sum;
    }

    /** Copies a slot that has {@code terms - 1} zeros behind it over these: rotations to the right by 1, 2, ... */
    static <V> V spread(SlotAlgebra<V> algebra, V v, int terms) {
        V spread = v;
        for (int done = 1; done < terms; done *= 2) {
            spread = algebra.add(spread, algebra.rotate(spread, -done));
        }
        return spread;
    }

    /** The values of a function at 0 .. count - 1, which the runner may compute at the same time. */
    static <V> List<V> map(PackedRecipe.IndexedRunner runner, int count, IntFunction<V> function) {
        List<V> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            out.add(null);
        }
        runner.forEach(count, i -> {
            V value = function.apply(i);
            synchronized (out) {
                out.set(i, value);
            }
        });
        return out;
    }
}
