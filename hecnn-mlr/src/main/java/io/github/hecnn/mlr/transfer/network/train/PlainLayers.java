package io.github.hecnn.mlr.transfer.network.train;

import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.transfer.network.AveragePooling;
import io.github.hecnn.mlr.transfer.network.Layer;
import io.github.hecnn.mlr.transfer.network.PolynomialActivation;
import java.util.Optional;

/** Layers without weights. */
final class PlainLayers {
    private PlainLayers() {}

    /** A polynomial on every number, which pulls inputs back that leave [-range, range]. */
    static final class PolynomialLayer extends Trainable {
        private final PolynomialActivation polynomial;
        private final float[] c;
        private final float range;
        private final float penalty;
        private float[] last;

        PolynomialLayer(int inputs, PolynomialActivation polynomial, double range, double penalty) {
            super(inputs, inputs);
            this.polynomial = polynomial;
            this.range = (float) range;
            this.penalty = (float) penalty;
            double[] exact = polynomial.coefficients();
            c = new float[exact.length];
            for (int i = 0; i < c.length; i++) {
                c[i] = (float) exact[i];
            }
        }

        @Override
        float[] forward(float[] in, int samples, RandomSource random) {
            last = in;
            float[] out = new float[in.length];
            for (int d = c.length - 1; d >= 0; d--) {
                float ci = c[d];
                for (int i = 0; i < in.length; i++) {
                    out[i] = out[i] * in[i] + ci;
                }
            }
            return out;
        }

        @Override
        float[] backward(float[] gradient, int samples) {
            float[] slope = new float[last.length];
            for (int d = c.length - 1; d >= 1; d--) {
                float ci = d * c[d];
                for (int i = 0; i < last.length; i++) {
                    slope[i] = slope[i] * last[i] + ci;
                }
            }
            float pull = penalty / samples;
            for (int i = 0; i < last.length; i++) {
                float x = last[i];
                float excess = Math.max(0, x - range) + Math.min(0, x + range);
                slope[i] = slope[i] * gradient[i] + pull * excess;
            }
            return slope;
        }

        @Override
        Optional<Layer> export() {
            return Optional.of(polynomial);
        }
    }

    /** max(0, x). */
    static final class ReluLayer extends Trainable {
        private float[] last;

        ReluLayer(int inputs) {
            super(inputs, inputs);
        }

        @Override
        float[] forward(float[] in, int samples, RandomSource random) {
            last = in;
            float[] out = new float[in.length];
            for (int i = 0; i < in.length; i++) {
                out[i] = Math.max(0, in[i]);
            }
            return out;
        }

        @Override
        float[] backward(float[] gradient, int samples) {
            float[] out = new float[gradient.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = last[i] > 0 ? gradient[i] : 0;
            }
            return out;
        }
    }

    /** Mean of neighbours, stride 1. */
    static final class AverageLayer extends Trainable {
        private final int width;

        AverageLayer(int inputs, int width) {
            super(inputs, new AveragePooling(width).outputs(inputs));
            this.width = width;
        }

        @Override
        float[] forward(float[] in, int samples, RandomSource random) {
            float[] out = new float[samples * outputs];
            float share = 1f / width;
            for (int s = 0; s < samples; s++) {
                for (int t = 0; t < width; t++) {
                    for (int i = 0; i < outputs; i++) {
                        out[s * outputs + i] += share * in[s * inputs + i + t];
                    }
                }
            }
            return out;
        }

        @Override
        float[] backward(float[] gradient, int samples) {
            float[] out = new float[samples * inputs];
            float share = 1f / width;
            for (int s = 0; s < samples; s++) {
                for (int t = 0; t < width; t++) {
                    for (int i = 0; i < outputs; i++) {
                        out[s * inputs + i + t] += share * gradient[s * outputs + i];
                    }
                }
            }
            return out;
        }

        @Override
        Optional<Layer> export() {
            return Optional.of(new AveragePooling(width));
        }
    }

    /** Maximum of groups of neighbours that do not overlap; a shorter rest is left out. */
    static final class MaxLayer extends Trainable {
        private final int width;
        private int[] chosen;

        MaxLayer(int inputs, int width) {
            super(inputs, inputs / width);
            this.width = width;
        }

        @Override
        float[] forward(float[] in, int samples, RandomSource random) {
            float[] out = new float[samples * outputs];
            chosen = new int[out.length];
            for (int s = 0; s < samples; s++) {
                for (int i = 0; i < outputs; i++) {
                    int best = s * inputs + i * width;
                    for (int t = best + 1; t < s * inputs + (i + 1) * width; t++) {
                        best = in[t] > in[best] ? t : best;
                    }
                    chosen[s * outputs + i] = best;
                    out[s * outputs + i] = in[best];
                }
            }
            return out;
        }

        @Override
        float[] backward(float[] gradient, int samples) {
            float[] out = new float[samples * inputs];
            for (int i = 0; i < gradient.length; i++) {
                out[chosen[i]] += gradient[i];
            }
            return out;
        }
    }

    /** Inverted dropout: in training a share of the numbers is 0 and the others are larger. */
    static final class DropoutLayer extends Trainable {
        private final double share;
        private float[] factors;

        DropoutLayer(int inputs, double share) {
            super(inputs, inputs);
            this.share = share;
        }

        @Override
        float[] forward(float[] in, int samples, RandomSource random) {
            if (random == null) {
                return in;
            }
            float keep = (float) (1 / (1 - share));
            factors = new float[in.length];
            float[] out = new float[in.length];
            byte[] draws = new byte[2 * in.length];
            random.nextBytes(draws);
            int threshold = (int) Math.round(share * 65536);
            for (int i = 0; i < in.length; i++) {
                int draw = ((draws[2 * i] & 0xff) << 8) | (draws[2 * i + 1] & 0xff);
                factors[i] = draw < threshold ? 0 : keep;
                out[i] = in[i] * factors[i];
            }
            return out;
        }

        @Override
        float[] backward(float[] gradient, int samples) {
            float[] out = new float[gradient.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = gradient[i] * factors[i];
            }
            return out;
        }
    }
}
