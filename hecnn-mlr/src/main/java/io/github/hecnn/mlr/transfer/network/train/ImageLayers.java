package io.github.hecnn.mlr.transfer.network.train;

import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.transfer.network.Layer;
import io.github.hecnn.mlr.transfer.network.conv.AveragePooling2d;
import io.github.hecnn.mlr.transfer.network.conv.Convolution2d;
import io.github.hecnn.mlr.transfer.network.conv.ImageShape;
import io.github.hecnn.mlr.transfer.network.conv.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Layers on images. */
final class ImageLayers {
    private ImageLayers() {}

    /**
     * Convolution with bias, as a product of matrices: windows are columns [taps][samples * positions] of numbers taken from the images,
     * so that rows are long.
     */
    static final class ConvolutionLayer extends Trainable {
        private final ImageShape input;
        private final Window window;
        private final int filters;
        private final int positions;
        private final int taps;
        /** Place in an image of every tap and position, -1 in the padding. */
        private final int[] places;

        private final Parameters kernels;
        private final Parameters bias;
        private float[] columns;

        /** Glorot's uniform initialisation. */
        ConvolutionLayer(ImageShape input, Window window, int filters, RandomSource random) {
            this(
                    input,
                    window,
                    filters,
                    kernels(input.channels() * window.area(), filters, random),
                    new float[filters]);
        }

        /** Given weights. */
        ConvolutionLayer(Convolution2d given) {
            this(given.input(), given.window(), given.bias().length, flat(given.kernels()), floats(given.bias()));
        }

        private ConvolutionLayer(ImageShape input, Window window, int filters, float[] kernels, float[] bias) {
            super(input.length(), window.over(input, filters).length());
            this.input = input;
            this.window = window;
            this.filters = filters;
            this.kernels = new Parameters(kernels, true);
            this.bias = new Parameters(bias, false);
            ImageShape output = window.over(input, filters);
            positions = output.area();
            taps = input.channels() * window.area();
            places = places(input, window, output);
        }

        private static float[] kernels(int taps, int filters, RandomSource random) {
            float[] w = new float[taps * filters];
            double limit = Math.sqrt(6.0 / (taps + filters));
            for (int i = 0; i < w.length; i++) {
                w[i] = (float) (limit * (2 * random.nextDouble() - 1));
            }
            return w;
        }

        private static int[] places(ImageShape input, Window window, ImageShape output) {
            int[] out = new int[input.channels() * window.area() * output.area()];
            int at = 0;
            for (int channel = 0; channel < input.channels(); channel++) {
                for (int tap = 0; tap < window.area(); tap++) {
                    for (int p = 0; p < output.area(); p++) {
                        int y = p / output.width() * window.rowStride() - window.top() + tap / window.width();
                        int x = p % output.width() * window.columnStride() - window.left() + tap % window.width();
                        boolean inside = y >= 0 && y < input.height() && x >= 0 && x < input.width();
                        out[at++] = inside ? channel * input.area() + y * input.width() + x : -1;
                    }
                }
            }
            return out;
        }

        @Override
        float[] forward(float[] in, int samples, RandomSource random) {
            int n = samples * positions;
            columns = new float[taps * n];
            for (int t = 0; t < taps; t++) {
                for (int s = 0; s < samples; s++) {
                    for (int p = 0; p < positions; p++) {
                        int place = places[t * positions + p];
                        columns[t * n + s * positions + p] = place < 0 ? 0 : in[s * inputs + place];
                    }
                }
            }
            float[] rows = new float[filters * n];
            for (int f = 0; f < filters; f++) {
                Arrays.fill(rows, f * n, (f + 1) * n, bias.value[f]);
            }
            FloatGemm.multiplyAdd(filters, taps, n, kernels.value, columns, rows);
            float[] out = new float[samples * outputs];
            for (int s = 0; s < samples; s++) {
                for (int f = 0; f < filters; f++) {
                    System.arraycopy(rows, f * n + s * positions, out, s * outputs + f * positions, positions);
                }
            }
            return out;
        }

        /** Gradient by [filters][samples * positions], and what the parameters get of it. */
        private float[] rows(float[] gradient, int samples) {
            int n = samples * positions;
            float[] rows = new float[filters * n];
            for (int s = 0; s < samples; s++) {
                for (int f = 0; f < filters; f++) {
                    System.arraycopy(gradient, s * outputs + f * positions, rows, f * n + s * positions, positions);
                }
            }
            for (int f = 0; f < filters; f++) {
                float sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += rows[f * n + i];
                }
                bias.gradient[f] += sum;
            }
            FloatGemm.multiplyAdd(filters, n, taps, rows, FloatGemm.transpose(taps, n, columns), kernels.gradient);
            return rows;
        }

        @Override
        float[] backward(float[] gradient, int samples) {
            int n = samples * positions;
            float[] back = new float[taps * n];
            float[] turned = FloatGemm.transpose(filters, taps, kernels.value);
            FloatGemm.multiplyAdd(taps, filters, n, turned, rows(gradient, samples), back);
            float[] out = new float[samples * inputs];
            for (int t = 0; t < taps; t++) {
                for (int s = 0; s < samples; s++) {
                    for (int p = 0; p < positions; p++) {
                        int place = places[t * positions + p];
                        if (place >= 0) {
                            out[s * inputs + place] += back[t * n + s * positions + p];
                        }
                    }
                }
            }
            return out;
        }

        @Override
        void backwardAtInput(float[] gradient, int samples) {
            rows(gradient, samples);
        }

        @Override
        List<Parameters> parameters() {
            return List.of(kernels, bias);
        }

        @Override
        Optional<Layer> export() {
            double[][] k = new double[filters][taps];
            double[] b = new double[filters];
            for (int f = 0; f < filters; f++) {
                b[f] = bias.value[f];
                for (int t = 0; t < taps; t++) {
                    k[f][t] = kernels.value[f * taps + t];
                }
            }
            return Optional.of(new Convolution2d(input, window, k, b));
        }

        private static float[] flat(double[][] rows) {
            float[] out = new float[rows.length * rows[0].length];
            for (int i = 0; i < out.length; i++) {
                out[i] = (float) rows[i / rows[0].length][i % rows[0].length];
            }
            return out;
        }

        private static float[] floats(double[] values) {
            float[] out = new float[values.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = (float) values[i];
            }
            return out;
        }
    }

    /** Mean over windows, channel by channel. */
    static final class PoolingLayer extends Trainable {
        private final AveragePooling2d pooling;
        /** [outputs] places in the image that an output is the mean of. */
        private final int[][] places;

        private final float[] share;

        PoolingLayer(AveragePooling2d pooling) {
            super(pooling.input().length(), pooling.output().length());
            this.pooling = pooling;
            places = new int[outputs][];
            share = new float[outputs];
            ImageShape in = pooling.input();
            ImageShape to = pooling.output();
            Window w = pooling.window();
            for (int o = 0; o < outputs; o++) {
                int y = o % to.area() / to.width() * w.rowStride() - w.top();
                int x = o % to.width() * w.columnStride() - w.left();
                int[] own = new int[w.area()];
                int count = 0;
                for (int i = Math.max(0, y); i < Math.min(in.height(), y + w.height()); i++) {
                    for (int k = Math.max(0, x); k < Math.min(in.width(), x + w.width()); k++) {
                        own[count++] = o / to.area() * in.area() + i * in.width() + k;
                    }
                }
                places[o] = Arrays.copyOf(own, count);
                share[o] = 1f / (pooling.countsPadding() ? w.area() : count);
            }
        }

        @Override
        float[] forward(float[] in, int samples, RandomSource random) {
            float[] out = new float[samples * outputs];
            for (int s = 0; s < samples; s++) {
                for (int o = 0; o < outputs; o++) {
                    float sum = 0;
                    for (int place : places[o]) {
                        sum += in[s * inputs + place];
                    }
                    out[s * outputs + o] = sum * share[o];
                }
            }
            return out;
        }

        @Override
        float[] backward(float[] gradient, int samples) {
            float[] out = new float[samples * inputs];
            for (int s = 0; s < samples; s++) {
                for (int o = 0; o < outputs; o++) {
                    float g = gradient[s * outputs + o] * share[o];
                    for (int place : places[o]) {
                        out[s * inputs + place] += g;
                    }
                }
            }
            return out;
        }

        @Override
        Optional<Layer> export() {
            return Optional.of(pooling);
        }
    }
}
