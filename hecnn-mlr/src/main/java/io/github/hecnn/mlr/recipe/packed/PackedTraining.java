package io.github.hecnn.mlr.recipe.packed;

import io.github.hecnn.ckks.circuit.OperationCounts;
import io.github.hecnn.mlr.approx.MaskedPolynomial;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.NesterovSchedule;
import io.github.hecnn.mlr.recipe.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/** One run of the packed recipe: the iteration of {@link NesterovSchedule} on encrypted values. */
final class PackedTraining<V> {
    private final PackedCircuit<V> circuit;
    private final PackedLayout layout;
    private final PackedConstants constants;
    private final PackedInputs<V> inputs;

    /** Null while W and V are zero. */
    private List<V> w;

    private List<V> v;

    PackedTraining(PackedCircuit<V> circuit, PackedInputs<V> inputs) {
        this.circuit = circuit;
        this.inputs = inputs;
        layout = circuit.layout();
        constants = circuit.constants();
        if (!layout.startsAtZero()) {
            w = inputs.weights();
            v = inputs.weights();
        }
    }

    static <V> List<List<V>> run(PackedCircuit<V> circuit, int iterations, List<V> uploads, TrainingListener listener) {
        OperationCounts before = circuit.algebra().counts();
        long start = System.nanoTime();
        PackedTraining<V> training = new PackedTraining<>(circuit, PackedInputs.expand(circuit, uploads, listener));
        List<List<V>> history = new ArrayList<>();
        for (int t = 1; t <= iterations; t++) {
            List<V> weights = training.iterate(t, listener);
            history.add(weights);
            OperationCounts after = circuit.algebra().counts();
            long end = System.nanoTime();
            listener.iterationDone(new IterationReport(
                    t, circuit.algebra().level(weights.get(0)), after.since(before), (end - start) / 1e9));
            before = after;
            start = end;
        }
        return history;
    }

    /** One iteration; returns the new W. */
    private List<V> iterate(int t, TrainingListener listener) {
        String phase = "iteration " + t;
        List<V> errors = errors(t);
        listener.progress(phase, v == null ? 0.1 : 0.5);
        // The errors carry 1 + gamma, so this is (1 + gamma) G, and (1 - eta)(1 + gamma) G in the last iteration.
        List<V> steps = circuit.map(layout.featurePairs(), p -> circuit.gradient(p, inputs.features(), errors));
        List<V> weights = constants.last(t) ? lastWeights(t, steps) : nextWeights(t, steps);
        listener.progress(phase, 1);
        return weights;
    }

    private List<V> errors(int t) {
        List<V> conjugates = v == null ? null : circuit.conjugates(v);
        List<List<V>> errors = circuit.map(layout.samplePairs(), p -> {
            V labels = inputs.labels().get(p);
            if (conjugates == null) {
                return circuit.errorsAtZero(p, labels);
            }
            return circuit.errors(t, p, inputs.features(), conjugates, t == 1 ? labels : labels(t, labels, conjugates));
        });
        List<V> out = new ArrayList<>();
        errors.forEach(out::addAll);
        return out;
    }

    /** Labels with the error factor of iteration t in place of that of iteration 1, at the level the errors will have. */
    private V labels(int t, V labels, List<V> conjugates) {
        double factor = constants.errorFactor(t, true) / constants.errorFactor(1, true);
        int level = circuit.algebra().level(conjugates.get(0)) - 1 - MaskedPolynomial.depth(constants.degree());
        return circuit.scaledAt(level, labels, factor);
    }

    /** T = W + step; W = (1 - eta) T + eta V; V = T. */
    private List<V> nextWeights(int t, List<V> steps) {
        double eta = constants.step(t).eta();
        List<V> oldW = w;
        List<V> oldV = v;
        List<V> moved = oldW == null
                ? steps
                : circuit.map(steps.size(), p -> circuit.algebra().add(oldW.get(p), steps.get(p)));
        w = circuit.map(moved.size(), p -> {
            int level = circuit.algebra().level(moved.get(p)) - 1;
            return oldV == null
                    ? circuit.scaledAt(level, moved.get(p), 1 - eta)
                    : circuit.combinedAt(level, moved.get(p), 1 - eta, oldV.get(p), eta);
        });
        v = moved;
        return w;
    }

    /** W = (1 - eta) W + eta V + step: the step has its 1 - eta already, the rest has levels to spare. */
    private List<V> lastWeights(int t, List<V> steps) {
        if (w == null) {
            return steps;
        }
        double eta = constants.step(t).eta();
        return circuit.map(steps.size(), p -> {
            int level = circuit.algebra().level(steps.get(p));
            V rest = circuit.combinedAt(level, w.get(p), 1 - eta, v.get(p), eta);
            return circuit.algebra().add(rest, steps.get(p));
        });
    }
}
