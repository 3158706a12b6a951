package io.github.hecnn.mlr.transfer.network.train;

import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.transfer.network.Conv1d;
import io.github.hecnn.mlr.transfer.network.Dense;
import io.github.hecnn.mlr.transfer.network.Layer;
import java.util.List;
import java.util.Optional;

/** Layers with weights. */
final class WeightLayers {
    private WeightLayers() {}

    /** Dense layer; weights are kept as [inputs][outputs] so that every product runs along rows. */
    static final class DenseLayer extends Trainable {
        private final Parameters weights;
        private final Parameters bias;
        private float[] last;

        /** Glorot's uniform initialisation. */
        DenseLayer(int inputs, int outputs, RandomSource random) {
            super(inputs, outputs);
            float[] w = new float[inputs * outputs];
            double limit = Math.sqrt(6.0 / (inputs + outputs));
            for (int i = 0; i < w.length; i++) {
                w[i] = (float) (limit * (2 * random.nextDouble() - 1));
            }
            weights = new Parameters(w, true);
            bias = new Parameters(new float[outputs], false);
        }

        /** Given weights. */
        DenseLayer(Dense dense) {
            super(dense.inputs(), dense.bias().length);
            double[][] rows = dense.weights();
            float[] w = new float[inputs * outputs];
            float[] b = new float[outputs];
            for (int o = 0; o < outputs; o++) {
                b[o] = (float) dense.bias()[o];
                for (int k = 0; k < inputs; k++) {
                    w[k * outputs + o] = (float) rows[o][k];
                }
            }
            weights = new Parameters(w, true);
            bias = new Parameters(b, false);
        }

        @Override
        float[] forward(float[] in, int samples, RandomSource random) {
            last = in;
            float[] out = new float[samples * outputs];
            for (int s = 0; s < samples; s++) {
                System.arraycopy(bias.value, 0, out, s * outputs, outputs);
            }
            FloatGemm.multiplyAdd(samples, inputs, outputs, in, weights.value, out);
            return out;
        }

        @Override
        float[] backward(float[] gradient, int samples) {
            backwardAtInput(gradient, samples);
            float[] out = new float[samples * inputs];
            float[] rows = FloatGemm.transpose(inputs, outputs, weights.value);
            FloatGemm.multiplyAdd(samples, outputs, inputs, gradient, rows, out);
            return out;
        }

        @Override
        void backwardAtInput(float[] gradient, int samples) {
            float[] lastT = FloatGemm.transpose(samples, inputs, last);
            FloatGemm.multiplyAdd(inputs, samples, outputs, lastT, gradient, weights.gradient);
            for (int s = 0; s < samples; s++) {
                for (int o = 0; o < outputs; o++) {
                    bias.gradient[o] += gradient[s * outputs + o];
                }
            }
        }

        @Override
        List<Parameters> parameters() {
            return List.of(weights, bias);
        }

        @Override
        Optional<Layer> export() {
            double[][] rows = new double[outputs][inputs];
            double[] b = new double[outputs];
            for (int o = 0; o < outputs; o++) {
                b[o] = bias.value[o];
                for (int k = 0; k < inputs; k++) {
                    rows[o][k] = weights.value[k * outputs + o];
                }
            }
            return Optional.of(new Dense(rows, b));
        }
    }

    /** One-filter convolution, same padding, no bias. */
    static final class ConvLayer extends Trainable {
        private final Parameters taps;
        private float[] last;

        /** Starts as the input times a gain, with small random neighbours. */
        ConvLayer(int inputs, int width, double gain, RandomSource random) {
            super(inputs, inputs);
            float[] t = new float[width];
            for (int i = 0; i < width; i++) {
                t[i] = (float) (gain * (i == width / 2 ? 1 : 0.1 * (2 * random.nextDouble() - 1)));
            }
            taps = new Parameters(t, false);
        }

        ConvLayer(int inputs, Conv1d conv) {
            super(inputs, inputs);
            double[] given = conv.taps();
            float[] t = new float[given.length];
            for (int i = 0; i < t.length; i++) {
                t[i] = (float) given[i];
            }
            taps = new Parameters(t, false);
        }

        @Override
        float[] forward(float[] in, int samples, RandomSource random) {
            last = in;
            float[] out = new float[in.length];
            for (int s = 0; s < samples; s++) {
                for (int t = 0; t < taps.value.length; t++) {
                    int shift = t - taps.value.length / 2;
                    float tap = taps.value[t];
                    int base = s * inputs;
                    for (int i = Math.max(0, -shift); i < Math.min(inputs, inputs - shift); i++) {
                        out[base + i] += tap * in[base + i + shift];
                    }
                }
            }
            return out;
        }

        @Override
        float[] backward(float[] gradient, int samples) {
            float[] out = new float[gradient.length];
            for (int s = 0; s < samples; s++) {
                for (int t = 0; t < taps.value.length; t++) {
                    int shift = t - taps.value.length / 2;
                    float tap = taps.value[t];
                    float sum = 0;
                    int base = s * inputs;
                    for (int i = Math.max(0, -shift); i < Math.min(inputs, inputs - shift); i++) {
                        out[base + i + shift] += tap * gradient[base + i];
                        sum += last[base + i + shift] * gradient[base + i];
                    }
                    taps.gradient[t] += sum;
                }
            }
            return out;
        }

        @Override
        List<Parameters> parameters() {
            return List.of(taps);
        }

        @Override
        Optional<Layer> export() {
            double[] t = new double[taps.value.length];
            for (int i = 0; i < t.length; i++) {
                t[i] = taps.value[i];
            }
            return Optional.of(new Conv1d(t));
        }
    }
}
