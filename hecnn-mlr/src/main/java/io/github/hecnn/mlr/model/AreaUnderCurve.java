package io.github.hecnn.mlr.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The area under the receiver operating characteristic: how probably a sample of class 1 scores above one of class 0. */
final class AreaUnderCurve {
    private AreaUnderCurve() {}

    /**
     * Counts all pairs exactly, ties as one half.
     *
     * @param actual [samples], 0 or 1
     * @param score [samples], how far each sample is taken for class 1; no NaN
     * @return 0..1, or NaN if there are no samples of one class
     */
    static double of(int[] actual, double[] score) {
        int[] order = IntStream.range(0, actual.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> score[i] + 0.0)) // -0 and 0 are a tie
                .mapToInt(i -> i)
                .toArray();
        long ones = Arrays.stream(actual).filter(c -> c == 1).count();
        long zeros = actual.length - ones;
        long zerosBelow = 0;
        long halves = 0; // of pairs in the right order
        for (int from = 0; from < order.length; ) {
            long tiedOnes = 0;
            long tiedZeros = 0;
            int to = from;
            for (; to < order.length && score[order[to]] == score[order[from]]; to++) {
                tiedOnes += actual[order[to]] == 1 ? 1 : 0;
                tiedZeros += actual[order[to]] == 1 ? 0 : 1;
            }
            halves += tiedOnes * (2 * zerosBelow + tiedZeros);
            zerosBelow += tiedZeros;
            from = to;
        }
        return ones == 0 || zeros == 0 ? Double.NaN : halves / (2.0 * ones * zeros);
    }
}
