package io.github.hecnn.mlr.recipe;

import java.util.List;

/**
 * The weights of a state, made of its terms. In refreshed trainings they are a level below these. Immutable and thread-safe.
 *
 * @param <V> ciphertexts, simulated vectors, or rows of doubles
 */
final class WeightSequences<V> {
    private final WeightArithmetic<V> arithmetic;
    private final boolean refreshes;

    WeightSequences(WeightArithmetic<V> arithmetic, boolean refreshes) {
        this.arithmetic = arithmetic;
        this.refreshes = refreshes;
    }

    /** The stepped weights or the extrapolated ones; empty if they are zero. */
    List<V> of(TrainingState<V> state, boolean stepped) {
        List<Double> factors = stepped ? state.stepped() : state.extrapolated();
        boolean belowTerms = refreshes && state.iteration() > 0 && !state.finished();
        int only = -1;
        for (int i = 0; i < factors.size(); i++) {
            if (factors.get(i) != 0) {
                if (only >= 0 || factors.get(i) != 1 || belowTerms) {
                    return arithmetic.combination(
                            state.terms(), factors.stream().mapToDouble(f -> f).toArray(), -1);
                }
                only = i;
            }
        }
        return only < 0 ? List.of() : state.terms().get(only);
    }

    /** Says that weights have had their last use, if they were made of the terms of a state and are none of them. */
    void release(List<V> made, TrainingState<V> state) {
        if (state.terms().stream().noneMatch(term -> term == made)) {
            arithmetic.release(made);
        }
    }
}
