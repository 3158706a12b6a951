package io.github.hecnn.mlr.transfer.network;

import java.util.Arrays;

/**
 * The same polynomial on every number.
 *
 * @param coefficients c0, c1, ...: finite, at least two, the last not 0
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record PolynomialActivation(double[] coefficients) implements Layer {
    /**
     * CryptoTL's cubic in place of ReLU. It follows max(0, x) within about 0.5 for x in [-4, 6], has its turning points at -2.6
     * and 12.6, and grows to 5 at x = -10: inputs have to be kept within about [-{@value #CUBIC_RANGE}, {@value #CUBIC_RANGE}].
     */
    public static final PolynomialActivation CUBIC_RELU =
            new PolynomialActivation(new double[] {0.49383, 0.59259, 0.092593, -0.0061728});

    /** x^2: one level, and the cheapest. */
    public static final PolynomialActivation SQUARE = new PolynomialActivation(new double[] {0, 0, 1});

    /** Half the width of the interval that training keeps the inputs of {@link #CUBIC_RELU} in. */
    public static final double CUBIC_RANGE = 6;

    /**
     * Checks and copies the components.
     *
     * @param coefficients c0, c1, ...: finite, at least two, the last not 0
     * @throws IllegalArgumentException if there are fewer than two coefficients, the last is 0 or one is not finite
     */
    public PolynomialActivation {
        coefficients = coefficients.clone();
        LayerChecks.finite("PolynomialActivation coefficients", coefficients);
        if (coefficients.length < 2 || coefficients[coefficients.length - 1] == 0) {
            throw new IllegalArgumentException("PolynomialActivation: expected a polynomial of degree 1 or more, found "
                    + Arrays.toString(coefficients) + "; drop leading zeros");
        }
    }

    /** {@return the coefficients, constant first; a copy} */
    @Override
    public double[] coefficients() {
        return coefficients.clone();
    }

    /** {@return the degree} */
    public int degree() {
        return coefficients.length - 1;
    }

    /**
     * Value at a point.
     *
     * @param x the point
     * @return p(x)
     */
    public double valueAt(double x) {
        double y = 0;
        for (int i = degree(); i >= 0; i--) {
            y = y * x + coefficients[i];
        }
        return y;
    }

    /**
     * Derivative at a point.
     *
     * @param x the point
     * @return p'(x)
     */
    public double slopeAt(double x) {
        double y = 0;
        for (int i = degree(); i >= 1; i--) {
            y = y * x + i * coefficients[i];
        }
        return y;
    }

    @Override
    public int outputs(int inputs) {
        return inputs;
    }

    @Override
    public double[] apply(double[] input) {
        double[] out = new double[input.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = valueAt(input[i]);
        }
        return out;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof PolynomialActivation p && Arrays.equals(coefficients, p.coefficients);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(coefficients);
    }

    @Override
    public String toString() {
        return "PolynomialActivation " + Arrays.toString(coefficients);
    }
}
