package io.github.hecnn.mlr.transfer.network.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** k-fold cross-validation with stratified folds. */
public final class CrossValidation {
    private CrossValidation() {}

    /**
     * Trains k networks, each without one fold, and tests each on that fold.
     *
     * @param x [samples][inputs]
     * @param labels [samples], 0 or 1
     * @param folds k, from 2 to the number of samples
     * @param untrained gives a new untrained network each time
     * @param settings how to train; the seed also chooses the folds
     * @return metrics of every fold, in order
     * @throws IllegalArgumentException if k is not in that range, or as {@link TrainableNetwork#fit}
     */
    public static List<BinaryMetrics> run(
            double[][] x, int[] labels, int folds, Supplier<TrainableNetwork> untrained, TrainingSettings settings) {
        if (folds < 2 || folds > labels.length || x.length != labels.length) {
            throw new IllegalArgumentException("cross-validation: expected 2.." + labels.length + " folds of "
                    + labels.length + " samples, found " + folds + " folds of " + x.length + "; use 5");
        }
        int[] fold = Folds.assignment(labels, folds, settings.seed());
        List<BinaryMetrics> out = new ArrayList<>();
        for (int f = 0; f < folds; f++) {
            int now = f;
            int[] in = IntStream.range(0, labels.length)
                    .filter(i -> fold[i] != now)
                    .toArray();
            int[] left = IntStream.range(0, labels.length)
                    .filter(i -> fold[i] == now)
                    .toArray();
            TrainableNetwork network = untrained.get();
            network.fit(rows(x, in), picked(labels, in), settings);
            out.add(BinaryMetrics.of(network.predict(rows(x, left)), picked(labels, left)));
        }
        return out;
    }

    private static double[][] rows(double[][] x, int[] which) {
        return IntStream.of(which).mapToObj(i -> x[i]).toArray(double[][]::new);
    }

    private static int[] picked(int[] labels, int[] which) {
        return IntStream.of(which).map(i -> labels[i]).toArray();
    }
}
