package io.github.hecnn.mlr.recipe.row;

import java.util.ArrayList;
import java.util.List;

/**
 * The encrypted features and targets of one block of samples, wherever they are kept. Each of the two passes asks for every ciphertext once, in its own
 * order, and drops it before it asks for the next ones, so no more than a row or a column has to be in memory.
 *
 * <p>All values have scale degree 1, at the canonical scale of their level.
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
     * What the samples should score.
     *
     * @return {@link RowLayout#groups} values, one level above errors
     */
    List<V> targets();

    /**
     * A block in memory.
     *
     * @param layout its layout
     * @param features encryptions of {@link RowEncoder#features(double[][])}, in that order
     * @param targets encryptions of {@link RowEncoder#targets}
     * @param <V> a vector of slots
     * @return the block
     * @throws IllegalArgumentException for another number of values
     */
    static <V> RowBlock<V> inMemory(RowLayout layout, List<V> features, List<V> targets) {
        if (features.size() != layout.complexFeatures() || targets.size() != layout.groups()) {
            throw new IllegalArgumentException(
                    "row block: expected " + layout.complexFeatures() + " values of features and "
                            + layout.groups() + " of targets, found " + features.size() + " and " + targets.size()
                            + "; encrypt all that RowEncoder gives");
        }
        List<V> x = List.copyOf(features);
        List<V> y = List.copyOf(targets);
        return new RowBlock<>() {
            @Override
            public List<V> ofGiantStep(int giantStep) {
                int first = giantStep * layout.babySteps();
                return x.subList(first, first + layout.babySteps());
            }

            @Override
            public List<V> ofBabyStep(int babyStep) {
                List<V> out = new ArrayList<>(layout.giantSteps());
                for (int i = babyStep; i < x.size(); i += layout.babySteps()) {
                    out.add(x.get(i));
                }
                return out;
            }

            @Override
            public List<V> targets() {
                return y;
            }
        };
    }
}
