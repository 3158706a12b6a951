package io.github.hecnn.mlr.recipe;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What one iteration takes its gradient from.
 *
 * @param blocks blocks of an {@link EncryptedDesign}, each once
 * @param factor what their gradient is multiplied by, positive: samples of all blocks over samples of these, so that steps are of one size
 */
public record Batch(List<Integer> blocks, double factor) {
    /**
     * Checks and copies the components.
     *
     * @param blocks blocks of an {@link EncryptedDesign}, each once
     * @param factor what their gradient is multiplied by, positive: samples of all blocks over samples of these, so that steps are of one size
     * @throws IllegalArgumentException if there are no blocks or one comes twice, or the factor is not positive and finite
     */
    public Batch {
        blocks = List.copyOf(blocks);
        if (blocks.isEmpty() || blocks.stream().distinct().count() != blocks.size()) {
            throw new IllegalArgumentException(
                    "batch: expected at least one block, each once, found " + blocks + "; name each block once");
        }
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("batch: expected a positive finite factor, found " + factor
                    + "; give samples of all blocks over samples of this batch");
        }
    }

    /**
     * {@return all blocks, with factor 1}
     *
     * @param blocks how many there are, at least 1
     * @throws IllegalArgumentException if there are none
     */
    public static Batch all(int blocks) {
        return new Batch(IntStream.range(0, blocks).boxed().toList(), 1);
    }

    /**
     * Blocks in their order, from the start again once fewer than a batch are left; those last ones are never used.
     *
     * @param blocks how many there are
     * @param perBatch blocks of a batch, from 1
     * @param factor of each batch
     * @return the batch of iteration 1, 2, ...
     * @throws IllegalArgumentException if the batch is larger than what there is, or a number not positive
     */
    public static IntFunction<Batch> inTurn(int blocks, int perBatch, double factor) {
        if (perBatch < 1 || perBatch > blocks) {
            throw new IllegalArgumentException("batches: expected 1.." + blocks + " blocks a batch, found " + perBatch
                    + "; choose a number in that range");
        }
        int perEpoch = blocks / perBatch;
        return t -> {
            int first = (t - 1) % perEpoch * perBatch;
            return new Batch(IntStream.range(first, first + perBatch).boxed().toList(), factor);
        };
    }
}
