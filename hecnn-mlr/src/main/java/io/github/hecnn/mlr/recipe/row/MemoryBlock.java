package io.github.hecnn.mlr.recipe.row;

import java.util.ArrayList;
import java.util.List;

/** All ciphertexts of a block in memory. */
record MemoryBlock<V>(RowLayout layout, List<V> features, List<V> targets) implements RowBlock<V> {
    @Override
    public List<V> ofGiantStep(int giantStep) {
        int first = giantStep * layout.babySteps();
        return features.subList(first, first + layout.babySteps());
    }

    @Override
    public List<V> ofBabyStep(int babyStep) {
        List<V> out = new ArrayList<>(layout.giantSteps());
        for (int a = 0; a < layout.giantSteps(); a++) {
            out.add(features.get(a * layout.babySteps() + babyStep));
        }
        return out;
    }
}
