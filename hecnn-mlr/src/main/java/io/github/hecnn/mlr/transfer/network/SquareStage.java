package io.github.hecnn.mlr.transfer.network;

import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.util.List;
import java.util.SortedSet;

/**
 * A polynomial of degree 2 in one level instead of two: c2 x^2 + c1 x + c0 = sign (s x + t)^2 + constant, and the dense layer before it
 * gives s x + t.
 */
final class SquareStage implements NetworkStage {
    /** Most that squares and constant may cancel each other: 4 bits of precision. */
    private static final double MOST_CANCELLATION = 16;

    private final double factor;
    private final double shift;
    private final double constant;
    private final boolean negative;

    private SquareStage(double[] c) {
        negative = c[2] < 0;
        double sign = Math.signum(c[2]);
        factor = Math.sqrt(Math.abs(c[2]));
        shift = sign * c[1] / (2 * factor);
        constant = c[0] - sign * shift * shift;
    }

    /** Whether a polynomial is done so. */
    static boolean fits(PolynomialActivation polynomial) {
        double[] c = polynomial.coefficients();
        return c.length == 3 && c[1] * c[1] <= 4 * MOST_CANCELLATION * Math.abs(c[2]);
    }

    static SquareStage of(PolynomialActivation polynomial) {
        return new SquareStage(polynomial.coefficients());
    }

    /** The dense layer that has to come before this in place of the one given. */
    Dense before(Dense dense) {
        double[][] weights = dense.weights();
        double[] bias = dense.bias();
        for (int i = 0; i < bias.length; i++) {
            for (int k = 0; k < weights[i].length; k++) {
                weights[i][k] *= factor;
            }
            bias[i] = bias[i] * factor + shift;
        }
        return new Dense(weights, bias);
    }

    @Override
    public <V> List<V> apply(SlotAlgebra<V> algebra, List<V> blocks) {
        return blocks.stream().map(x -> square(algebra, x)).toList();
    }

    private <V> V square(SlotAlgebra<V> algebra, V x) {
        V y = algebra.relinearizeAndRescale(algebra.multiplyNoRelin(x, x));
        y = negative ? algebra.negate(y) : y;
        return Math.abs(constant) >= algebra.smallestConstant(y) ? algebra.addConstant(y, constant) : y;
    }

    @Override
    public int levels() {
        return 1;
    }

    @Override
    public void addSteps(SortedSet<Integer> steps) {
        // works slot by slot
    }

    @Override
    public String toString() {
        return "square";
    }
}
