package io.github.hecnn.mlr.recipe.volley;

import io.github.hecnn.ckks.circuit.polynomial.MaskedPolynomial;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.ckks.volley.RevolvedMatrix;
import io.github.hecnn.ckks.volley.VolleyLayout;
import io.github.hecnn.ckks.volley.VolleyMatrix;
import io.github.hecnn.ckks.volley.VolleyRevolver;
import io.github.hecnn.mlr.approx.ArgumentInterval;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.WeightArithmetic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * The data of the paper's recipe: one block. Thread-safe.
 *
 * <p>X comes scaled by rho sqrt(b) (see {@link ColumnScaling}) and is turned as s X, with s so that products stay within about 1 on
 * the interval of the polynomial. The gradient with s X is thus s rho^2 times too large, which the errors take back; they carry
 * the factor of the step, too.
 */
final class VolleyDesign<V> implements EncryptedDesign<V> {
    private final SlotAlgebra<V> algebra;
    private final VolleyLayout layout;
    private final VolleyRevolver<V> revolver;
    private final double[] sigmoid;
    private final double argumentFactor;
    private final double gradientFactor;
    private final ArgumentInterval interval;
    private final RevolvedMatrix<V> x;
    private final List<V> labels;
    private final List<V> start;

    VolleyDesign(
            SlotAlgebra<V> algebra,
            VolleyLayout layout,
            MlrConfig config,
            int degree,
            List<V> uploads,
            TrainingListener listener) {
        this.algebra = algebra;
        this.layout = layout;
        revolver = new VolleyRevolver<>(algebra, layout);
        sigmoid = Arrays.copyOf(config.sigmoid().coefficients(), degree + 1);
        double halfWidth = Math.max(
                Math.abs(config.sigmoid().lo()), Math.abs(config.sigmoid().hi()));
        double rho = ColumnScaling.balance(config.samples(), config.features());
        argumentFactor = 1 / halfWidth;
        interval = ArgumentInterval.of(config.sigmoid(), argumentFactor);
        gradientFactor = 1 / (argumentFactor * rho * rho);
        listener.progress("preparation", 0);
        x = revolver.revolve(VolleyMatrix.left(layout, uploads.subList(0, layout.pairs())), argumentFactor);
        labels = labels(uploads.subList(layout.pairs(), layout.pairs() + layout.groups()));
        start = List.copyOf(uploads.subList(layout.pairs() + layout.groups(), uploads.size()));
        listener.progress("preparation", 1);
    }

    @Override
    public WeightArithmetic<V> arithmetic() {
        return WeightArithmetic.of(algebra);
    }

    @Override
    public int blocks() {
        return 1;
    }

    @Override
    public long fingerprint() {
        return layout.toString().hashCode();
    }

    /** {@inheritDoc} Encrypted even if they are zero. */
    @Override
    public List<V> start() {
        return start;
    }

    /** Labels of all product vectors, real; doubled if two of them came as one complex upload. */
    private List<V> labels(List<V> uploads) {
        List<V> out = new ArrayList<>();
        for (V upload : uploads) {
            if (layout.paired()) {
                V conjugate = algebra.conjugate(upload);
                out.add(algebra.add(upload, conjugate));
                V difference = used(algebra.subtract(conjugate, upload), conjugate);
                out.add(used(algebra.multiplyByI(difference), difference));
            } else {
                out.add(upload);
            }
        }
        return out;
    }

    @Override
    public Partial<V> partial(List<Integer> blocks, List<V> at, double factor) {
        double errorFactor = factor * gradientFactor;
        Map<Double, PlainVector> masks =
                new HashMap<>(); // algebras remember plain vectors by identity: one for each value
        DoubleFunction<PlainVector> mask = value -> masks.computeIfAbsent(value, revolver::firstColumns);
        VolleyMatrix<V> scores = revolver.sums(x, VolleyMatrix.right(layout, at));
        List<V> errors = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            errors.add(error(scores.values().get(i), labels.get(i), errorFactor, mask));
        }
        scores.values().forEach(algebra::release);
        List<V> terms = revolver.transposedTerms(x, VolleyMatrix.sparse(layout, errors));
        errors.forEach(algebra::release);
        return new Partial<>(terms);
    }

    @Override
    public List<V> gradient(Partial<V> sum) {
        return revolver.sumOverRows(sum.products()).values();
    }

    /** factor (Y - P), in the first columns of the blocks; of scale degree 2 and maybe three components. */
    private V error(V score, V label, double factor, DoubleFunction<PlainVector> mask) {
        double[] minusP = new double[sigmoid.length];
        for (int k = 0; k < minusP.length; k++) {
            minusP[k] = -factor * sigmoid[k] / Math.pow(argumentFactor, k);
        }
        V higher = new MaskedPolynomial<>(algebra, interval.polynomial(minusP), mask, interval.operation())
                .higherTerms(score);
        int level = algebra.level(higher == null ? score : higher);
        V error = algebra.multiplyConstant(algebra.dropToLevel(label, level), layout.paired() ? factor / 2 : factor);
        if (minusP[1] != 0) {
            V linear = algebra.multiplyPlain(algebra.dropToLevel(score, level), mask.apply(minusP[1]));
            error = used(used(algebra.add(error, linear), error), linear);
        }
        return higher == null ? error : used(used(algebra.add(error, higher), error), higher);
    }

    /** A result, when what it was made of has had its last use. */
    private V used(V result, V operand) {
        algebra.release(operand);
        return result;
    }
}
