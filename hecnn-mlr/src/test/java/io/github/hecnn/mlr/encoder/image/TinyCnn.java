package io.github.hecnn.mlr.encoder.image;

import io.github.hecnn.mlr.encoder.OnnxBytes;
import java.util.List;
import java.util.Random;

/**
 * A small network of the usual kind, with seeded weights: two convolutions of 3 x 3 with stride 2 and padding 1, ReLU after each, global average
 * pooling, a dense layer. It can be written as ONNX and evaluated in plain Java, in double precision.
 */
final class TinyCnn {
    private static final int TAPS = 3;
    private static final int CLASSES = 5;

    private final int side;
    private final int[] channels = {RgbImage.CHANNELS, 6, 8};
    private final float[][] kernels = new float[2][];
    private final float[][] biases = new float[2][];
    private final float[] dense;

    TinyCnn(int side, long seed) {
        this.side = side;
        Random random = new Random(seed);
        for (int l = 0; l < 2; l++) {
            kernels[l] = weights(random, channels[l + 1] * channels[l] * TAPS * TAPS, 0.3);
            biases[l] = weights(random, channels[l + 1], 0.1);
        }
        dense = weights(random, channels[2] * CLASSES, 0.5);
    }

    private static float[] weights(Random random, int count, double deviation) {
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = (float) (deviation * random.nextGaussian());
        }
        return out;
    }

    /** Number of features in the last but one layer. */
    int features() {
        return channels[2];
    }

    /** As a file; the first dimension of the input has that name or number. */
    byte[] onnx(String images) {
        OnnxBytes model = new OnnxBytes().input("pixels", images, "3", "" + side, "" + side);
        String at = "pixels";
        for (int l = 0; l < 2; l++) {
            model.node(
                    "Conv",
                    List.of(at, "k" + l, "b" + l),
                    "conv" + l,
                    "kernel_shape",
                    List.of(TAPS, TAPS),
                    "strides",
                    List.of(2, 2),
                    "pads",
                    List.of(1, 1, 1, 1));
            model.node("Relu", List.of("conv" + l), "relu" + l);
            model.tensor("k" + l, kernels[l], channels[l + 1], channels[l], TAPS, TAPS);
            model.tensor("b" + l, biases[l], channels[l + 1]);
            at = "relu" + l;
        }
        model.node("GlobalAveragePool", List.of(at), "pooled");
        model.node("Flatten", List.of("pooled"), "flat", "axis", 1);
        model.node("Gemm", List.of("flat", "w", "c"), "logits", "transB", 1);
        model.tensor("w", dense, CLASSES, channels[2]);
        model.tensor("c", new float[CLASSES], CLASSES);
        return model.output("logits", images, "" + CLASSES).bytes();
    }

    /** The last but one layer by loops. */
    double[] features(float[] pixels) {
        double[] x = new double[pixels.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = pixels[i];
        }
        int size = side;
        for (int l = 0; l < 2; l++) {
            x = convolved(x, size, l);
            size = (size + 1) / 2;
        }
        double[] out = new double[channels[2]];
        for (int c = 0; c < out.length; c++) {
            for (int i = 0; i < size * size; i++) {
                out[c] += x[c * size * size + i] / (size * size);
            }
        }
        return out;
    }

    private double[] convolved(double[] x, int size, int l) {
        int to = (size + 1) / 2;
        double[] out = new double[channels[l + 1] * to * to];
        for (int o = 0; o < channels[l + 1]; o++) {
            for (int r = 0; r < to; r++) {
                for (int c = 0; c < to; c++) {
                    double sum = biases[l][o];
                    for (int i = 0; i < channels[l]; i++) {
                        for (int a = 0; a < TAPS; a++) {
                            for (int b = 0; b < TAPS; b++) {
                                int y = 2 * r + a - 1;
                                int z = 2 * c + b - 1;
                                if (y >= 0 && y < size && z >= 0 && z < size) {
                                    sum += x[(i * size + y) * size + z]
                                            * kernels[l][((o * channels[l] + i) * TAPS + a) * TAPS + b];
                                }
                            }
                        }
                    }
                    out[(o * to + r) * to + c] = Math.max(0, sum);
                }
            }
        }
        return out;
    }
}
