package io.github.hecnn.mlr.recipe;

import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Errors of decoded weights from a rehearsal with noise: decoding possible slots, minus decoding the right ones. */
final class WeightErrors {
    private WeightErrors() {}

    /** A training on uploads, which tells the weights of each iteration. */
    @FunctionalInterface
    interface Rehearsal {
        void run(List<SimulatedVector> uploads, Consumer<List<SimulatedVector>> weights);
    }

    static List<double[][]> predicted(
            SimulatedSlotAlgebra algebra,
            int draws,
            List<PlainVector> inputs,
            Rehearsal training,
            Function<List<PlainVector>, double[][]> decode) {
        List<SimulatedVector> uploads = new ArrayList<>();
        for (PlainVector v : inputs) {
            uploads.add(algebra.encrypt(part(v, true), part(v, false)));
        }
        List<double[][]> out = new ArrayList<>();
        training.run(uploads, weights -> out.add(deviations(algebra, draws, weights, decode)));
        return List.copyOf(out);
    }

    private static double[] part(PlainVector v, boolean real) {
        double[] out = new double[v.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = real ? v.re(i) : v.im(i);
        }
        return out;
    }

    private static double[][] deviations(
            SimulatedSlotAlgebra algebra,
            int draws,
            List<SimulatedVector> weights,
            Function<List<PlainVector>, double[][]> decode) {
        List<PlainVector> right = new ArrayList<>();
        weights.forEach(w -> right.add(PlainVector.complex(algebra.decrypt(w), algebra.decryptImaginary(w))));
        double[][] expected = decode.apply(right);
        double[][] out = new double[expected.length][expected[0].length];
        for (int k = 0; k < draws; k++) {
            List<PlainVector> possible = new ArrayList<>();
            for (int i = 0; i < right.size(); i++) {
                possible.add(sum(right.get(i), algebra.possibleErrors(weights.get(i), k)));
            }
            double[][] w = decode.apply(possible);
            for (int c = 0; c < out.length; c++) {
                for (int u = 0; u < out[c].length; u++) {
                    double e = w[c][u] - expected[c][u];
                    out[c][u] += e * e / draws;
                }
            }
        }
        for (double[] row : out) {
            for (int u = 0; u < row.length; u++) {
                row[u] = Math.sqrt(row[u]);
            }
        }
        return out;
    }

    private static PlainVector sum(PlainVector a, PlainVector b) {
        double[] re = part(a, true);
        double[] im = part(a, false);
        for (int i = 0; i < re.length; i++) {
            re[i] += b.re(i);
            im[i] += b.im(i);
        }
        return PlainVector.complex(re, im);
    }
}
