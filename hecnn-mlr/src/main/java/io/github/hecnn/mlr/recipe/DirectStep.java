package io.github.hecnn.mlr.recipe;

import java.util.List;

/**
 * A step that takes levels: the gradient is not refreshed, and what it is added to is brought down to it. Immutable and thread-safe.
 *
 * @param <V> ciphertexts, simulated vectors, or rows of doubles
 */
final class DirectStep<V> {
    private final WeightArithmetic<V> arithmetic;
    private final WeightSequences<V> sequences;

    DirectStep(WeightArithmetic<V> arithmetic, WeightSequences<V> sequences) {
        this.arithmetic = arithmetic;
        this.sequences = sequences;
    }

    /** One sequence with the levels of the gradient, which has its factor already; the other a level below. */
    StepTerms<V> terms(
            TrainingState<V> state, NesterovUpdate update, List<V> gradient, boolean foldStepped, boolean last) {
        NesterovUpdate.Row row = update.row(foldStepped);
        List<V> rest = rest(state, row, arithmetic.level(gradient));
        List<V> folded = rest.isEmpty() ? gradient : arithmetic.sum(rest, gradient);
        if (!rest.isEmpty()) {
            arithmetic.release(gradient);
            sequences.release(rest, state);
        }
        double m = update.momentum();
        if (last) {
            return new StepTerms<>(
                    List.of(folded), foldStepped ? List.of(1.0) : List.of(), foldStepped ? List.of() : List.of(1.0));
        }
        if (m == 0) {
            return new StepTerms<>(List.of(folded), List.of(1.0), List.of(1.0));
        }
        List<V> old = sequences.of(state, true);
        double[] multiples = foldStepped ? new double[] {1 + m, -m} : new double[] {1 / (1 + m), m / (1 + m)};
        List<V> other = arithmetic.combination(List.of(folded, old), multiples, arithmetic.level(folded) - 1);
        sequences.release(old, state);
        return new StepTerms<>(
                List.of(folded, other),
                foldStepped ? List.of(1.0, 0.0) : List.of(0.0, 1.0),
                foldStepped ? List.of(0.0, 1.0) : List.of(1.0, 0.0));
    }

    /** The part of a sequence that is made of older weights, which have levels to spare. */
    private List<V> rest(TrainingState<V> state, NesterovUpdate.Row row, int level) {
        double[] factors = new double[state.terms().size()];
        int ones = 0;
        int zeros = 0;
        for (int i = 0; i < factors.length; i++) {
            factors[i] = row.extrapolated() * state.extrapolated().get(i)
                    + row.stepped() * state.stepped().get(i);
            ones += factors[i] == 1 ? 1 : 0;
            zeros += factors[i] == 0 ? 1 : 0;
        }
        if (ones == 1 && zeros == factors.length - 1) {
            for (int i = 0; i < factors.length; i++) {
                if (factors[i] == 1) {
                    return state.terms().get(i);
                }
            }
        }
        return arithmetic.combination(state.terms(), factors, level);
    }
}
