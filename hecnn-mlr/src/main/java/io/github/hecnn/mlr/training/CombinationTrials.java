package io.github.hecnn.mlr.training;

import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.data.TrainTestSplit;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.plain.PlainData;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.ArrayList;
import java.util.List;

/** Trains in the clear on all samples, or some of very many, and without each holdout in turn. Thread-safe. */
final class CombinationTrials {
    private final TrainingSettings settings;
    private final int classes;
    private final Part all;
    private final List<Fold> folds = new ArrayList<>();
    private final int heldOut;

    /** Scaled samples of one training. */
    @SuppressWarnings("ArrayRecordComponent") // bulk data, never compared
    private record Part(double[][] design, int[] labels, PlainData shared) {
        static Part of(ScaledData data) {
            return new Part(data.design(), data.labels(), new PlainData(data.design()));
        }
    }

    /** One holdout, scaled by its own training part. */
    @SuppressWarnings("ArrayRecordComponent") // bulk data, never compared
    private record Fold(Part training, double[][] held, int[] labels) {}

    /** Scores and answers of one way to step with one polynomial, after each iteration. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Trial(List<ScoreRange> scores, boolean[][] right) {}

    CombinationTrials(LabeledDataset dataset, TrainingSettings settings) {
        this.settings = settings;
        classes = dataset.classes();
        LabeledDataset some = Holdouts.sample(dataset, settings.seed());
        all = Part.of(ScaledData.of(some, settings));
        int held = 0;
        for (TrainTestSplit split : Holdouts.of(some, settings.seed())) {
            ScaledData training = ScaledData.of(split.training(), settings);
            folds.add(new Fold(
                    Part.of(training),
                    ScaledData.design(split.test(), training.scaling()),
                    split.test().labels()));
            held += split.test().samples();
        }
        heldOut = held;
    }

    /** Samples that are answered without having been trained on. */
    int heldOut() {
        return heldOut;
    }

    /** Samples of the training on all. */
    int samples() {
        return all.design.length;
    }

    /** Features and the leading 1. */
    int columns() {
        return all.design[0].length;
    }

    /** A trial that ends early has fewer scores than iterations. */
    Trial of(Combination c) {
        try {
            List<ScoreRange> scores = train(all, c).scores();
            boolean[][] right = new boolean[c.iterations()][heldOut];
            int first = 0;
            for (Fold fold : folds) {
                List<double[][]> weights = train(fold.training, c).weights();
                for (int t = 0; t < weights.size(); t++) {
                    int[] answers = new LinearModel(weights.get(t)).predict(fold.held);
                    for (int i = 0; i < answers.length; i++) {
                        right[t][first + i] = answers[i] == fold.labels[i];
                    }
                }
                first += fold.labels.length;
            }
            return new Trial(scores, right);
        } catch (IllegalArgumentException overflow) {
            return new Trial(List.of(), new boolean[0][]);
        }
    }

    private PlainTrainer.History train(Part part, Combination c) {
        MlrConfig config = Combinations.config(c, part.design.length, columns(), classes, settings)
                .withOutsideInterval(OutsideInterval.GO_ON);
        return PlainTrainer.rehearse(part.shared, part.labels, config);
    }
}
