package io.github.hecnn.mlr.training;

import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.data.TrainTestSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Parts of training data to try on: train on one, answer for the other. Seeded, with each class's share. Never test data. */
final class Holdouts {
    private static final int FOLDS = 4;
    private static final int LEAST_SAMPLES = 2 * FOLDS;
    private static final int FEW_SAMPLES = 2000;
    private static final double MOST_NUMBERS = 2e7;

    private Holdouts() {}

    /** So many samples that trying stays a matter of seconds, in any case at least {@value #FEW_SAMPLES} or all. */
    static LabeledDataset sample(LabeledDataset data, long seed) {
        double each = (double) (data.width() + 1) * data.classes();
        int most = (int) Math.max(FEW_SAMPLES, MOST_NUMBERS / each);
        return data.samples() <= most
                ? data
                : TrainTestSplit.stratified(data, most, seed).training();
    }

    /** Four folds in turn for up to {@value #FEW_SAMPLES} samples, a fifth of more; none where too few samples say nothing. */
    static List<TrainTestSplit> of(LabeledDataset data, long seed) {
        long learnable = IntStream.of(data.classCounts()).filter(n -> n > 1).count();
        if (data.samples() < LEAST_SAMPLES || learnable < 2) {
            return List.of();
        }
        if (data.samples() > FEW_SAMPLES) {
            return List.of(TrainTestSplit.stratified(data, data.samples() - data.samples() / 5, seed));
        }
        int[] fold = folds(data, seed);
        List<TrainTestSplit> out = new ArrayList<>();
        for (int f = 0; f < FOLDS; f++) {
            int now = f;
            int[] in =
                    IntStream.range(0, fold.length).filter(i -> fold[i] != now).toArray();
            int[] left =
                    IntStream.range(0, fold.length).filter(i -> fold[i] == now).toArray();
            out.add(new TrainTestSplit(data.rows(in), data.rows(left)));
        }
        return out;
    }

    /** Samples are dealt class by class, in shuffled order. */
    private static int[] folds(LabeledDataset data, long seed) {
        int[] shuffled = TrainTestSplit.stratified(data.labels(), data.classes(), data.samples(), seed)[0];
        int[] fold = new int[shuffled.length];
        int dealt = 0;
        for (int c = 0; c < data.classes(); c++) {
            for (int i : shuffled) {
                if (data.labels()[i] == c) {
                    fold[i] = dealt++ % FOLDS;
                }
            }
        }
        return fold;
    }
}
