package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.ckks.circuit.Polynomial;
import io.github.hecnn.ckks.circuit.PolynomialEvaluator;
import io.github.hecnn.ckks.circuit.SlotAlgebra;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of long training on an algebra: from weights to errors and a gradient. Public factors cost nothing: the map of the sigmoid's interval
 * to [-1, 1] and the half of the real part ride on the factors of weights, the step size and what makes gradients fit through a refresh on
 * the coefficients of the polynomial and on the labels.
 *
 * <p>From the level of refreshed gradients down: 1 for weights, 1 for scores, ceil(log2(degree + 1)) for the polynomial, 1 for the gradient.
 */
final class RowSteps<V> {
    private final RowLayout layout;
    private final LongSettings settings;
    private final SlotAlgebra<V> refreshing;
    private final SlotAlgebra<V> forward;
    private final RowCircuit<V> circuit;

    /** What features are multiplied by on their way down to the errors' level. */
    private final double limbFactor;

    /** @param outputLevel level of refreshed gradients */
    RowSteps(RowLayout layout, LongSettings settings, RowAlgebras<V> algebras, int outputLevel) {
        this.layout = layout;
        this.settings = settings;
        refreshing = algebras.refreshing();
        forward = algebras.forward();
        circuit = new RowCircuit<>(layout, algebras);
        int errorLevel = labelLevel(settings, outputLevel) - 1;
        limbFactor = refreshing.limbFactor(featureLevel(outputLevel), errorLevel);
    }

    RowCircuit<V> circuit() {
        return circuit;
    }

    static int polynomialLevels(LongSettings settings) {
        return PolynomialEvaluator.levels(settings.sigmoid().degree());
    }

    /** Levels from a refreshed gradient to the next one. */
    static int levels(LongSettings settings) {
        return 3 + polynomialLevels(settings);
    }

    /** Level of features, if refreshes end at a level. */
    static int featureLevel(int outputLevel) {
        return outputLevel - 1;
    }

    /** Level of labels, if refreshes end at a level: one is for their factor. */
    static int labelLevel(LongSettings settings, int outputLevel) {
        return outputLevel - 1 - polynomialLevels(settings);
    }

    /**
     * Weights for {@link #errors}: a sum of gradients, groups apart.
     *
     * @param gradients merged, at the level refreshes end at
     * @param factors one for each, in units of prepared features
     * @return one value for each group, one level below, turned to every baby step
     */
    List<List<V>> weights(List<V> gradients, double[] factors) {
        double unit = 1 / (settings.sigmoid().hi() - settings.sigmoid().lo()); // doubled scores run over an interval of length 2
        double apart = (double) layout.period() / layout.mergedPeriod();
        return circuit.turned(circuit.splitScaled(combination(gradients, factors, unit * apart)));
    }

    /** Sum of factor * gradient, times a factor, one level below. */
    V combination(List<V> gradients, double[] factors, double by) {
        V sum = null;
        for (int s = 0; s < gradients.size(); s++) {
            V term = refreshing.multiplyConstant(gradients.get(s), factors[s] * by);
            sum = sum == null ? term : refreshing.add(sum, term);
        }
        return refreshing.rescale(sum);
    }

    /**
     * factor * (targets - sigmoid(start score + product of features and weights)) for each group, to be multiplied with features of
     * fewer limbs.
     *
     * @param weights of {@link #weights}
     * @param targets one value for each group
     * @param minusSigmoid of {@link #minusSigmoid} for the same factor
     */
    List<V> errors(
            RowBlock<V> block, List<List<V>> weights, List<V> targets, PolynomialEvaluator minusSigmoid, double factor) {
        List<V> out = new ArrayList<>();
        List<V> scores = circuit.doubledScores(block, weights);
        for (int q = 0; q < scores.size(); q++) {
            out.add(forward.add(minusSigmoid.evaluate(forward, scores.get(q)), scaled(targets.get(q), factor)));
        }
        return out;
    }

    /** The same where all weights are zero but the starting score: no forward pass. */
    List<V> errorsAtStart(List<V> targets, double factor) {
        double start = settings.sigmoid().applyAsDouble(settings.startScore());
        List<V> out = new ArrayList<>();
        for (V y : targets) {
            out.add(forward.addConstant(scaled(y, factor), -factor / limbFactor * start));
        }
        return out;
    }

    private V scaled(V targets, double factor) {
        return forward.rescale(forward.multiplyConstant(targets, factor / limbFactor));
    }

    /** -factor * sigmoid(start score + z), as a function of doubled scores in units of {@link #weights}. */
    PolynomialEvaluator minusSigmoid(double factor) {
        double[] c = settings.sigmoid().chebyshevCoefficients();
        for (int k = 0; k < c.length; k++) {
            c[k] *= -factor / limbFactor;
        }
        double unit = 2 / (settings.sigmoid().hi() - settings.sigmoid().lo());
        return PolynomialEvaluator.of(Polynomial.chebyshev(
                unit * (settings.sigmoid().lo() - settings.startScore()),
                unit * (settings.sigmoid().hi() - settings.startScore()),
                c));
    }
}
