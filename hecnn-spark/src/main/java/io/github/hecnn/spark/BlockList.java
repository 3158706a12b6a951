package io.github.hecnn.spark;

import io.github.hecnn.spark.PlacedTasks.Placed;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The blocks of a partition; at least one. */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
record BlockList(int[] numbers) implements Serializable {
    List<Integer> toList() {
        List<Integer> out = new ArrayList<>(numbers.length);
        for (int number : numbers) {
            out.add(number);
        }
        return out;
    }

    /**
     * Blocks in their order, cut into parts that differ by at most one.
     *
     * @param of all of them
     * @param parts at most as many as blocks
     * @param places where blocks are
     */
    static List<Placed<BlockList>> partitions(List<Integer> of, int parts, BlockPlaces places) {
        List<Placed<BlockList>> out = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            int from = Math.toIntExact((long) i * of.size() / parts);
            int to = Math.toIntExact((i + 1L) * of.size() / parts);
            List<Integer> blocks = of.subList(from, to);
            int[] numbers = blocks.stream().mapToInt(b -> b).toArray();
            out.add(new Placed<>(new BlockList(numbers), places.of(blocks)));
        }
        return out;
    }
}
