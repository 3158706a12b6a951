package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.ckks.circuit.Polynomial;
import io.github.hecnn.ckks.circuit.PolynomialEvaluator;
import io.github.hecnn.ckks.circuit.SlotAlgebra;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import java.util.ArrayList;
import java.util.List;

/**
 * From weights to errors on an algebra. Public factors cost nothing: the map of the sigmoid's interval to [-1, 1], the half of the real part and
 * that of groups taken apart ride on the features, step sizes on the coefficients of the polynomial and on the labels.
 *
 * <p>From the level of refreshed gradients down: 1 for weights, 1 for scores, ceil(log2(degree + 1)) for the polynomial, 1 for the gradient.
 */
final class RowSteps<V> {
    private final RowLayout layout;
    private final SigmoidApproximation sigmoid;
    private final double startScore;
    private final SlotAlgebra<V> algebra;
    private final RowCircuit<V> circuit;
    /** What a gradient lacks: features are scaled, and lose limbs on their way down to the level of errors. */
    private final double correction;

    private volatile Scaled last;

    private record Scaled(double factor, PolynomialEvaluator polynomial) {}

    /**
     * @param startScore added to every product of features and weights
     * @param outputLevel level of refreshed gradients
     */
    RowSteps(
            RowLayout layout,
            SigmoidApproximation sigmoid,
            double startScore,
            RowAlgebras<V> algebras,
            int outputLevel) {
        this.layout = layout;
        this.sigmoid = sigmoid;
        this.startScore = startScore;
        algebra = algebras.forward();
        circuit = new RowCircuit<>(layout, algebras);
        int features = featureLevel(outputLevel);
        double limbs = algebras.refreshing().limbFactor(features, labelLevel(sigmoid, outputLevel) - 1);
        correction = 1 / (limbs * featureScale(layout, sigmoid));
    }

    RowCircuit<V> circuit() {
        return circuit;
    }

    private static int polynomialLevels(SigmoidApproximation sigmoid) {
        return PolynomialEvaluator.levels(sigmoid.degree());
    }

    /** Levels from a refreshed gradient to the next one. */
    static int levels(SigmoidApproximation sigmoid) {
        return 3 + polynomialLevels(sigmoid);
    }

    /** Level of features, if refreshes end at a level. */
    static int featureLevel(int outputLevel) {
        return outputLevel - 1;
    }

    /** Level of labels, if refreshes end at a level: one is for their factor. */
    static int labelLevel(SigmoidApproximation sigmoid, int outputLevel) {
        return outputLevel - 1 - polynomialLevels(sigmoid);
    }

    /** What the owner multiplies features by, so that {@link RowCircuit#doubledScores} of groups taken apart run over an interval of length 2. */
    static double featureScale(RowLayout layout, SigmoidApproximation sigmoid) {
        return layout.period() / (layout.mergedPeriod() * (sigmoid.hi() - sigmoid.lo()));
    }

    /** All groups of weights, apart and turned to every baby step. */
    List<List<V>> turned(V merged) {
        return circuit.turned(circuit.splitScaled(merged));
    }

    /**
     * factor * (targets - sigmoid(start score + product of features and weights)) for each group, to be multiplied with features in
     * {@link RowCircuit#products}.
     *
     * @param turned of {@link #turned}; null for weights of zero, which need no forward pass
     */
    List<V> errors(RowBlock<V> block, List<List<V>> turned, double factor) {
        List<V> scores = turned == null ? null : circuit.doubledScores(block, turned);
        List<V> out = new ArrayList<>(layout.groups());
        for (int q = 0; q < layout.groups(); q++) {
            V y = algebra.rescale(algebra.multiplyConstant(block.targets().get(q), factor * correction));
            out.add(
                    scores == null
                            ? algebra.addConstant(y, -factor * correction * sigmoid.applyAsDouble(startScore))
                            : algebra.add(minusSigmoid(factor).evaluate(algebra, scores.get(q)), y));
        }
        return out;
    }

    /** -factor * sigmoid(start score + z) as a function of doubled scores. */
    PolynomialEvaluator minusSigmoid(double factor) {
        Scaled known = last;
        if (known == null || known.factor != factor) {
            known = new Scaled(factor, PolynomialEvaluator.of(polynomial(-factor * correction)));
            last = known;
        }
        return known.polynomial;
    }

    private Polynomial polynomial(double factor) {
        double[] c = sigmoid.chebyshevCoefficients();
        for (int k = 0; k < c.length; k++) {
            c[k] *= factor;
        }
        double unit = 2 / (sigmoid.hi() - sigmoid.lo());
        return Polynomial.chebyshev(unit * (sigmoid.lo() - startScore), unit * (sigmoid.hi() - startScore), c);
    }
}
