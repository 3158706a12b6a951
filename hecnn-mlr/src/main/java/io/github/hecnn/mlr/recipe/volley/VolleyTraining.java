package io.github.hecnn.mlr.recipe.volley;

import io.github.hecnn.ckks.circuit.OperationCounts;
import io.github.hecnn.ckks.circuit.PlainVector;
import io.github.hecnn.ckks.circuit.SlotAlgebra;
import io.github.hecnn.ckks.volley.RevolvedMatrix;
import io.github.hecnn.ckks.volley.VolleyLayout;
import io.github.hecnn.ckks.volley.VolleyMatrix;
import io.github.hecnn.ckks.volley.VolleyRevolver;
import io.github.hecnn.mlr.approx.ArgumentInterval;
import io.github.hecnn.mlr.approx.MaskedPolynomial;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.NesterovSchedule;
import io.github.hecnn.mlr.recipe.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The cloud's side of the paper's recipe. For one training and one thread.
 *
 * <p>X comes scaled by rho sqrt(b) (see {@link ColumnScaling}) and is turned as s X, with s so that products stay within about 1 on
 * the interval of the polynomial. The gradient with s X is thus s rho^2 times too large, which the errors take back; they carry
 * 1 + gamma, too.
 */
final class VolleyTraining<V> {
    private final SlotAlgebra<V> algebra;
    private final VolleyLayout layout;
    private final VolleyRevolver<V> revolver;
    private final NesterovSchedule schedule;
    private final int iterations;
    private final double[] sigmoid;
    private final double argumentFactor;
    private final double gradientFactor;
    private final ArgumentInterval interval;

    /** Algebras remember plain vectors by identity: one for each value. */
    private final Map<Double, PlainVector> masks = new HashMap<>();

    VolleyTraining(SlotAlgebra<V> algebra, VolleyLayout layout, MlrConfig config, int degree) {
        this.algebra = algebra;
        this.layout = layout;
        revolver = new VolleyRevolver<>(algebra, layout);
        schedule = NesterovSchedule.paper(config.samples());
        iterations = config.iterations();
        sigmoid = Arrays.copyOf(config.sigmoid().coefficients(), degree + 1);
        double halfWidth = Math.max(
                Math.abs(config.sigmoid().lo()), Math.abs(config.sigmoid().hi()));
        double rho = ColumnScaling.balance(config.samples(), config.features());
        argumentFactor = 1 / halfWidth;
        interval = ArgumentInterval.of(config.sigmoid(), argumentFactor);
        gradientFactor = 1 / (argumentFactor * rho * rho);
    }

    /** Encrypted W after each iteration. */
    List<List<V>> run(List<V> uploads, TrainingListener listener) {
        OperationCounts before = algebra.counts();
        long start = System.nanoTime();
        listener.progress("preparation", 0);
        RevolvedMatrix<V> x =
                revolver.revolve(VolleyMatrix.left(layout, uploads.subList(0, layout.pairs())), argumentFactor);
        List<V> labels = labels(uploads.subList(layout.pairs(), layout.pairs() + layout.groups()));
        listener.progress("preparation", 1);
        V w = uploads.get(uploads.size() - 1);
        V v = w;
        List<List<V>> history = new ArrayList<>();
        for (int t = 1; t <= iterations; t++) {
            NesterovSchedule.Step step = schedule.step(t);
            V gradient = gradient(t, x, labels, v, listener);
            if (t == iterations) {
                // The step has its 1 - eta already, the rest has levels to spare.
                V rest = combinedAt(algebra.level(gradient), w, 1 - step.eta(), v, step.eta());
                w = algebra.add(rest, gradient);
            } else {
                V moved = algebra.add(w, gradient);
                w = combinedAt(algebra.level(moved) - 1, moved, 1 - step.eta(), v, step.eta());
                v = moved;
            }
            history.add(List.of(w));
            listener.progress("iteration " + t, 1);
            OperationCounts after = algebra.counts();
            long end = System.nanoTime();
            listener.iterationDone(new IterationReport(t, algebra.level(w), after.since(before), (end - start) / 1e9));
            before = after;
            start = end;
        }
        return history;
    }

    /** Labels of all product vectors, real; doubled if two of them came as one complex upload. */
    private List<V> labels(List<V> uploads) {
        List<V> out = new ArrayList<>();
        for (V upload : uploads) {
            if (layout.paired()) {
                V conjugate = algebra.conjugate(upload);
                out.add(algebra.add(upload, conjugate));
                out.add(algebra.multiplyByI(algebra.subtract(conjugate, upload)));
            } else {
                out.add(upload);
            }
        }
        return out;
    }

    /** (1 + gamma) G at the weights v, and (1 - eta)(1 + gamma) G in the last iteration. */
    private V gradient(int t, RevolvedMatrix<V> x, List<V> labels, V v, TrainingListener listener) {
        NesterovSchedule.Step step = schedule.step(t);
        double factor = (1 + step.gamma()) * (t == iterations ? 1 - step.eta() : 1) * gradientFactor;
        String phase = "iteration " + t;
        listener.progress(phase, 0);
        VolleyMatrix<V> scores = revolver.sums(x, VolleyMatrix.right(layout, List.of(v)));
        listener.progress(phase, 0.4);
        List<V> errors = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            errors.add(error(scores.values().get(i), labels.get(i), factor));
        }
        listener.progress(phase, 0.5);
        return revolver.transposedProduct(x, VolleyMatrix.sparse(layout, errors))
                .values()
                .get(0);
    }

    /** factor (Y - P), in the first columns of the blocks; of scale degree 2 and maybe three components. */
    private V error(V score, V label, double factor) {
        double[] minusP = new double[sigmoid.length];
        for (int k = 0; k < minusP.length; k++) {
            minusP[k] = -factor * sigmoid[k] / Math.pow(argumentFactor, k);
        }
        V higher = new MaskedPolynomial<>(algebra, minusP, this::firstColumns, interval).higherTerms(score);
        int level = algebra.level(higher == null ? score : higher);
        V error = algebra.multiplyConstant(algebra.dropToLevel(label, level), layout.paired() ? factor / 2 : factor);
        if (minusP[1] != 0) {
            error = algebra.add(
                    error, algebra.multiplyPlain(algebra.dropToLevel(score, level), firstColumns(minusP[1])));
        }
        return higher == null ? error : algebra.add(error, higher);
    }

    private PlainVector firstColumns(double value) {
        return masks.computeIfAbsent(value, revolver::firstColumns);
    }

    /** a v + b w at a level; both must be above it. */
    private V combinedAt(int level, V v, double a, V w, double b) {
        return algebra.rescale(algebra.add(
                algebra.multiplyConstant(algebra.dropToLevel(v, level + 1), a),
                algebra.multiplyConstant(algebra.dropToLevel(w, level + 1), b)));
    }
}
