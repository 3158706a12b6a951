package io.github.hecnn.benchmarks.cryptotl;

import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.mlr.transfer.network.CryptoTlParameters.Choice;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.OutputSanitizer;
import java.util.Arrays;
import java.util.Locale;

/** Times and errors of one encoder with one setting. */
final class PassTimes {
    private static final int WARM_UP = 5;

    private final EncryptedPath path;
    private final Network network;
    private final double[][] inputs;
    private final Errors circuit = new Errors();
    private final Errors flooded = new Errors();
    private double[] seconds;
    private long keySwitches;

    /** Largest error and root mean square. */
    private static final class Errors {
        private double largest;
        private double squares;
        private long count;

        void add(double[] found, double[] expected) {
            for (int k = 0; k < expected.length; k++) {
                double d = Math.abs(found[k] - expected[k]);
                largest = Math.max(largest, d);
                squares += d * d;
                count++;
            }
        }

        double rms() {
            return Math.sqrt(squares / count);
        }
    }

    PassTimes(EncryptedPath path, Network network, double[][] inputs) {
        this.path = path;
        this.network = network;
        this.inputs = inputs;
    }

    /** Evaluates so many ciphertexts and keeps their times. */
    PassTimes measure(int queries) {
        EncryptedPath.Server server = path.server(network);
        seconds = new double[queries];
        for (int q = -WARM_UP; q < queries; q++) {
            double[][] some = new double[path.lanes()][];
            for (int i = 0; i < some.length; i++) {
                some[i] = inputs[Math.floorMod(q * some.length + i, inputs.length)];
            }
            Ciphertext query = path.encrypt(some);
            long start = System.nanoTime();
            Ciphertext output = server.evaluate(query);
            Ciphertext answer = server.sanitize(output);
            if (q >= 0) {
                seconds[q] = (System.nanoTime() - start) * 1e-9;
            }
            double[][] before = path.decrypt(output, some.length);
            double[][] after = path.decrypt(answer, some.length);
            for (int i = 0; i < some.length; i++) {
                double[] expected = network.apply(some[i]);
                circuit.add(before[i], expected);
                flooded.add(after[i], expected);
            }
        }
        keySwitches = server.keySwitches() / (queries + WARM_UP);
        return this;
    }

    /** As a row of the table. */
    String row(Choice choice) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        return String.format(
                Locale.ROOT,
                "[%d, \"%s\", \"2^%d\", %d, \"%.3f, %.3f\", %.4f, %d, \"%d, %.1f\", \"%.0f, %.0f\", \"%.1e, %.1e\", %.1e, %.0f]",
                network.inputs(),
                choice == Choice.FAST ? "fast" : "circuit private",
                choice.parameters().logRingDegree(),
                path.lanes(),
                sorted[0],
                median,
                median / path.lanes(),
                keySwitches,
                path.rotationKeys(),
                path.keyBytes() * 1e-6,
                path.queryBytes() / 1e3,
                path.answerBytes() / 1e3,
                flooded.largest,
                flooded.rms(),
                circuit.rms(),
                OutputSanitizer.DEVIATION / circuit.rms());
    }
}
