package io.github.hecnn.mlr.transfer.network.onnx;

import io.github.hecnn.mlr.transfer.network.conv.ImageShape;
import java.util.Arrays;

/**
 * A tensor of a model: a polynomial of what so many layers give, without the batch's dimension.
 *
 * @param layers how many layers are before the polynomial
 * @param shape sizes
 * @param polynomial coefficients, constant first; {0, 1} for the layers' output itself
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ChainValue(int layers, int[] shape, double[] polynomial) {
    private static final int MOST_DEGREE = 31;
    private static final double[] IDENTITY = {0, 1};

    static ChainValue of(int layers, int... shape) {
        return new ChainValue(layers, shape, IDENTITY);
    }

    int length() {
        long n = 1;
        for (int s : shape) {
            n = Math.multiplyExact(n, s);
        }
        return Math.toIntExact(n);
    }

    boolean isIdentity() {
        return Arrays.equals(polynomial, IDENTITY);
    }

    ChainValue withShape(int... sizes) {
        return new ChainValue(layers, sizes, polynomial);
    }

    /** Sizes of an image. */
    ImageShape image() {
        if (shape.length != 3) {
            throw new IllegalArgumentException("expected an input of [batch][channels][height][width], found "
                    + shape.length + " dimensions besides the batch; reshape it before");
        }
        return new ImageShape(shape[0], shape[1], shape[2]);
    }

    ChainValue plus(ChainValue other, double sign) {
        same(other);
        double[] sum = Arrays.copyOf(polynomial, Math.max(polynomial.length, other.polynomial.length));
        for (int i = 0; i < other.polynomial.length; i++) {
            sum[i] += sign * other.polynomial[i];
        }
        return new ChainValue(layers, shape, trimmed(sum));
    }

    ChainValue times(ChainValue other) {
        same(other);
        int degree = polynomial.length + other.polynomial.length - 2;
        if (degree > MOST_DEGREE) {
            throw new IllegalArgumentException("expected a polynomial of at most degree " + MOST_DEGREE + ", found "
                    + degree + "; use a lower one");
        }
        double[] product = new double[degree + 1];
        for (int i = 0; i < polynomial.length; i++) {
            for (int k = 0; k < other.polynomial.length; k++) {
                product[i + k] += polynomial[i] * other.polynomial[k];
            }
        }
        return new ChainValue(layers, shape, trimmed(product));
    }

    ChainValue power(int exponent) {
        ChainValue out = this;
        for (int i = 1; i < exponent; i++) {
            out = out.times(this);
        }
        return out;
    }

    /** The value times a factor plus a shift. */
    ChainValue scaled(double factor, double shift) {
        double[] c = polynomial.clone();
        for (int i = 0; i < c.length; i++) {
            c[i] *= factor;
        }
        c[0] += shift;
        return new ChainValue(layers, shape, trimmed(c));
    }

    private static double[] trimmed(double[] c) {
        int n = c.length;
        while (n > 1 && c[n - 1] == 0) {
            n--;
        }
        return Arrays.copyOf(c, n);
    }

    private void same(ChainValue other) {
        if (layers != other.layers || !Arrays.equals(shape, other.shape)) {
            throw new IllegalArgumentException("expected two polynomials of one tensor, found values of two layers or"
                    + " shapes, such as a residual connection makes; a chain of layers has none");
        }
    }
}
