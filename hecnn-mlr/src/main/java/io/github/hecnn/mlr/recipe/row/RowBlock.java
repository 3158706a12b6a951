package io.github.hecnn.mlr.recipe.row;

import java.util.List;

/**
 * The encrypted features of one block of samples, wherever they are kept. Each of the two passes asks for every ciphertext once, in its own
 * order, and drops it before it asks for the next ones, so no more than a row or a column has to be in memory.
 *
 * @param <V> a vector of slots; immutable
 */
public interface RowBlock<V> {
    /**
     * Ciphertexts (giantStep, 0), (giantStep, 1), ... for the forward pass.
     *
     * @param giantStep from 0 to below {@link RowLayout#giantSteps}
     * @return {@link RowLayout#babySteps} values at the level of the forward pass
     */
    List<V> ofGiantStep(int giantStep);

    /**
     * Ciphertexts (0, babyStep), (1, babyStep), ... for the backward pass.
     *
     * @param babyStep from 0 to below {@link RowLayout#babySteps}
     * @return {@link RowLayout#giantSteps} values at the level of the backward pass or above
     */
    List<V> ofBabyStep(int babyStep);

    /**
     * A block in memory.
     *
     * @param layout its layout
     * @param values encryptions of {@link RowEncoder#features(double[][])}, in that order
     * @param <V> a vector of slots
     * @return the block
     * @throws IllegalArgumentException for another number of values
     */
    static <V> RowBlock<V> inMemory(RowLayout layout, List<V> values) {
        if (values.size() != layout.complexFeatures()) {
            throw new IllegalArgumentException("row block: expected " + layout.complexFeatures()
                    + " values, found " + values.size() + "; encrypt all that RowEncoder.features gives");
        }
        return new MemoryBlock<>(layout, List.copyOf(values));
    }
}
