package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import java.util.ArrayList;
import java.util.List;

/**
 * From weights to errors on an algebra. Public factors cost nothing: the map of the sigmoid's interval to [-1, 1], the half of the real part and
 * that of groups taken apart ride on the features, step sizes on the coefficients of the polynomial and on the targets.
 *
 * <p>Features lose limbs, not levels, on their way down to weights and to errors; what that multiplies them by goes the same way.
 */
final class RowSteps<V> {
    private final RowLayout layout;
    private final SigmoidApproximation sigmoid;
    private final double startScore;
    private final SlotAlgebra<V> algebra;
    private final RowCircuit<V> circuit;
    private final int featureLevel;

    private volatile Scaled last;

    private record Scaled(double factor, double unit, PolynomialEvaluator polynomial) {}

    /**
     * @param startScore added to every product of features and weights
     * @param featureLevel of the uploads
     */
    RowSteps(
            RowLayout layout,
            SigmoidApproximation sigmoid,
            double startScore,
            RowAlgebras<V> algebras,
            int featureLevel) {
        this.layout = layout;
        this.sigmoid = sigmoid;
        this.startScore = startScore;
        this.featureLevel = featureLevel;
        algebra = algebras.forward();
        circuit = new RowCircuit<>(layout, algebras);
    }

    RowCircuit<V> circuit() {
        return circuit;
    }

    static int polynomialLevels(SigmoidApproximation sigmoid) {
        return PolynomialEvaluator.levels(sigmoid.degree());
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
        List<V> targets = block.targets(); // read once
        int level = scores == null
                ? algebra.level(targets.get(0)) - 1
                : algebra.level(scores.get(0)) - polynomialLevels(sigmoid);
        double all = factor / (featureScale(layout, sigmoid) * algebra.limbFactor(featureLevel, level));
        double unit = scores == null
                ? 0
                : 2
                        / (sigmoid.hi() - sigmoid.lo())
                        * algebra.limbFactor(
                                featureLevel, algebra.level(turned.get(0).get(0)));
        List<V> out = new ArrayList<>(layout.groups());
        for (int q = 0; q < layout.groups(); q++) {
            V target = algebra.dropToLevel(targets.get(q), level + 1);
            V y = algebra.rescale(algebra.multiplyConstant(target, all));
            out.add(
                    scores == null
                            ? algebra.addConstant(y, -all * sigmoid.applyAsDouble(startScore))
                            : algebra.add(sigmoid(-all, unit).evaluate(algebra, scores.get(q)), y));
        }
        return out;
    }

    /** Factor * sigmoid(start score + z) as a function of z times a unit. */
    PolynomialEvaluator sigmoid(double factor, double unit) {
        Scaled known = last;
        if (known == null || known.factor != factor || known.unit != unit) {
            known = new Scaled(factor, unit, evaluator(sigmoid, startScore, factor, unit));
            last = known;
        }
        return known.polynomial;
    }

    static PolynomialEvaluator evaluator(SigmoidApproximation sigmoid, double startScore, double factor, double unit) {
        double[] c = sigmoid.chebyshev().coefficients();
        for (int k = 0; k < c.length; k++) {
            c[k] *= factor;
        }
        return PolynomialEvaluator.of(
                Polynomial.chebyshev(unit * (sigmoid.lo() - startScore), unit * (sigmoid.hi() - startScore), c));
    }
}
