package io.github.hecnn.mlr.transfer.network;

import java.util.List;
import java.util.Random;

/** Random networks of CryptoTL's shape, with activations of moderate size. */
final class Networks {
    private Networks() {}

    static Network random(int inputs, int taps, int pooling, long seed) {
        Random r = new Random(seed);
        double[] t = r.doubles(taps, -0.2, 0.2).toArray();
        t[taps / 2] = 1;
        int pooled = inputs - pooling + 1;
        return new Network(
                inputs,
                List.of(
                        new Conv1d(t),
                        dense(r, inputs, inputs),
                        PolynomialActivation.CUBIC_RELU,
                        new AveragePooling(pooling),
                        dense(r, pooled, pooled)));
    }

    static Dense dense(Random r, int outputs, int inputs) {
        double[][] w = new double[outputs][];
        double scale = Math.sqrt(3.0 / inputs);
        for (int i = 0; i < outputs; i++) {
            w[i] = r.doubles(inputs, -scale, scale).toArray();
        }
        return new Dense(w, r.doubles(outputs, -0.1, 0.1).toArray());
    }

    static double[][] inputs(int samples, int width, long seed) {
        Random r = new Random(seed);
        double[][] x = new double[samples][];
        for (int i = 0; i < samples; i++) {
            x[i] = r.doubles(width, -1.7, 1.7).toArray();
        }
        return x;
    }

    static double distance(double[][] a, double[][] b) {
        double max = 0;
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < a[i].length; k++) {
                max = Math.max(max, Math.abs(a[i][k] - b[i][k]));
            }
        }
        return max;
    }
}
