package io.github.hecnn.mlr.recipe;

import java.util.ArrayList;
import java.util.List;

/**
 * A step whose gradient is refreshed: it costs no level of the weights, which are combinations of the gradients of a window. At the end of a
 * window they are gathered, for two refreshes more. Immutable and thread-safe.
 *
 * @param <V> ciphertexts, simulated vectors, or rows of doubles
 */
final class RefreshedStep<V> {
    /** Momentum that long decayed, as a part of what a gradient counts: far below any error, and too small to be encoded. */
    private static final double NEGLIGIBLE = 1e-9;

    private final WeightArithmetic<V> arithmetic;
    private final int window;
    private final double refreshScale;
    private final double weightScale;

    RefreshedStep(WeightArithmetic<V> arithmetic, int window, double refreshScale, double weightScale) {
        this.arithmetic = arithmetic;
        this.window = window;
        this.refreshScale = refreshScale;
        this.weightScale = weightScale;
    }

    /** Both sequences as combinations with one refreshed gradient more. */
    StepTerms<V> terms(TrainingState<V> state, NesterovUpdate update, List<V> gradient) {
        NesterovUpdate.Row s = update.stepped();
        NesterovUpdate.Row e = update.extrapolated();
        List<List<V>> terms = new ArrayList<>(state.terms());
        List<Double> stepped = new ArrayList<>();
        List<Double> extrapolated = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            double oldE = state.extrapolated().get(i);
            double oldS = state.stepped().get(i);
            stepped.add(s.extrapolated() * oldE + s.stepped() * oldS);
            extrapolated.add(e.extrapolated() * oldE + e.stepped() * oldS);
        }
        // The gradient has its step size already.
        terms.add(arithmetic.refresh(gradient));
        stepped.add(1 / refreshScale);
        extrapolated.add((1 + update.momentum()) / refreshScale);
        StepTerms<V> all = new StepTerms<>(terms, stepped, extrapolated);
        return (state.iteration() + 1) % window == 0 ? gathered(all) : all;
    }

    /**
     * Stepped weights, and what momentum adds to them: an error there comes back in every later iteration, and what is small has a small one.
     */
    private StepTerms<V> gathered(StepTerms<V> all) {
        List<Double> added = new ArrayList<>();
        for (int i = 0; i < all.stepped().size(); i++) {
            double part = all.extrapolated().get(i) - all.stepped().get(i);
            added.add(Math.abs(part) < NEGLIGIBLE * Math.abs(all.stepped().get(i)) ? 0 : part);
        }
        List<V> stepped = gathered(all.values(), all.stepped(), weightScale);
        List<V> momentum = gathered(all.values(), added, refreshScale);
        double w = 1 / weightScale;
        return momentum.isEmpty()
                ? new StepTerms<>(List.of(stepped), List.of(w), List.of(w))
                : new StepTerms<>(List.of(stepped, momentum), List.of(w, 0.0), List.of(w, 1 / refreshScale));
    }

    private List<V> gathered(List<List<V>> values, List<Double> factors, double scale) {
        double[] scaled = factors.stream().mapToDouble(f -> f * scale).toArray();
        return arithmetic.refresh(arithmetic.combination(values, scaled, -1));
    }
}
