package io.github.hecnn.mlr.training;

import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.data.TrainTestSplit;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Tries combinations in the clear, on parts of the training data. */
final class CombinationSearch {
    private static final int LEAST_LOG_RING_DEGREE = 13;
    private static final int LARGEST_LOG_RING_DEGREE = 17;
    private static final int FEW_ITERATIONS = 2;
    private static final int UNTRIED_ITERATIONS = 2;

    private final TrainingSettings settings;
    private final LabeledDataset all;
    private final ScaledData data;
    private final List<Fold> folds = new ArrayList<>();
    private final Map<Integer, NavigableMap<Integer, Optional<RehearsalTable.Cost>>> costs = new HashMap<>();
    private final int heldOut;
    /** Of the whole training, with repetitions. */
    private final int samples;

    /** One holdout, scaled by its own training part. */
    @SuppressWarnings("ArrayRecordComponent") // bulk data, never compared
    private record Fold(ScaledData training, double[][] held, int[] labels) {}

    /** A row with what each held-out sample was answered. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Tried(RehearsalTable.Row row, boolean[] right) {}

    /** Scores and answers of one way to step with one polynomial, after each iteration. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Trial(List<ScoreRange> scores, boolean[][] right) {}

    CombinationSearch(LabeledDataset dataset, TrainingSettings settings) {
        this.settings = settings;
        all = dataset;
        samples = settings.classWeights().apply(dataset).samples();
        LabeledDataset some = Holdouts.sample(dataset, settings.seed());
        data = ScaledData.of(some, settings);
        int held = 0;
        for (TrainTestSplit split : Holdouts.of(some, settings.seed())) {
            ScaledData training = ScaledData.of(split.training(), settings);
            folds.add(new Fold(
                    training,
                    ScaledData.design(split.test(), training.scaling()),
                    split.test().labels()));
            held += split.test().samples();
        }
        heldOut = held;
    }

    /**
     * Tries everything the settings leave open.
     *
     * @throws IllegalArgumentException if nothing fits or stays inside the interval
     */
    RehearsalTable run() {
        List<Tried> tried = new ArrayList<>();
        for (Combination steps : Combinations.steps(settings)) {
            Map<SigmoidApproximation, Trial> trials = new HashMap<>();
            for (int iterations : Combinations.iterations(settings)) {
                tried.add(row(steps, iterations, trials));
            }
        }
        List<Tried> possible =
                tried.stream().filter(t -> t.row.excluded().isEmpty()).toList();
        if (possible.isEmpty()) {
            throw new IllegalArgumentException("rehearsal: expected a way to train that fits, found none: "
                    + tried.stream()
                            .map(t -> t.row.combination() + ": " + t.row.excluded())
                            .findFirst()
                            .orElseThrow()
                    + "; standardise the features, take fewer iterations, allow more memory or uploads, or go on outside of"
                    + " the interval with OutsideInterval.GO_ON");
        }
        return new RehearsalTable(tried.stream().map(Tried::row).toList(), choose(possible).row, heldOut);
    }

    private Tried choose(List<Tried> possible) {
        if (heldOut == 0) {
            return possible.stream()
                    .filter(t -> t.row.combination().iterations() == UNTRIED_ITERATIONS)
                    .findFirst()
                    .orElse(possible.get(0));
        }
        List<Tried> byCost = new ArrayList<>(possible);
        byCost.sort(Comparator.comparingDouble(t -> t.row.cost().seconds())); // stable: careful steps first
        Tried best = byCost.get(0);
        for (Tried t : byCost) {
            int more = 0;
            int fewer = 0;
            for (int i = 0; i < t.right.length; i++) {
                more += t.right[i] && !best.right[i] ? 1 : 0;
                fewer += best.right[i] && !t.right[i] ? 1 : 0;
            }
            best = more - fewer > Math.sqrt(more + fewer) ? t : best;
        }
        return best;
    }

    /** With the cheapest polynomial whose interval the scores do not leave. */
    private Tried row(Combination steps, int iterations, Map<SigmoidApproximation, Trial> trials) {
        Combination c = steps;
        Trial trial = null;
        String excluded = "";
        for (SigmoidApproximation sigmoid : Combinations.sigmoids(settings)) {
            c = steps.with(sigmoid, iterations);
            trial = trials.computeIfAbsent(sigmoid, s -> trial(steps.with(s, steps.iterations())));
            excluded = complaint(c, trial);
            if (excluded.isEmpty()) {
                break;
            }
        }
        if (excluded.isEmpty() && tooBold(c)) {
            excluded = "fewer samples than columns: larger steps are often worse";
        }
        boolean[] right = trial.scores.size() < iterations ? new boolean[heldOut] : trial.right[iterations - 1];
        RehearsalTable.Cost cost = cost(c);
        if (cost == null) {
            excluded = "does not fit into the limits";
        }
        return new Tried(new RehearsalTable.Row(c, share(right), largest(trial, iterations), cost, excluded), right);
    }

    private static double share(boolean[] right) {
        int count = 0;
        for (boolean r : right) {
            count += r ? 1 : 0;
        }
        return right.length == 0 ? Double.NaN : (double) count / right.length;
    }

    private static double largest(Trial trial, int iterations) {
        return trial.scores.size() < iterations
                ? Double.POSITIVE_INFINITY
                : trial.scores.stream()
                        .limit(iterations)
                        .mapToDouble(ScoreRange::largest)
                        .max()
                        .orElse(0);
    }

    private String complaint(Combination c, Trial trial) {
        if (trial.scores.size() < c.iterations()) {
            return "weights grow without bound";
        }
        List<ScoreRange> scores = trial.scores.subList(0, c.iterations());
        return settings.outsideInterval() == OutsideInterval.GO_ON
                        || ScoreRange.outside(scores, c.sigmoid()).isEmpty()
                ? ""
                : "scores leave the interval";
    }

    /** Trains on all and without each holdout in turn. */
    private Trial trial(Combination c) {
        try {
            List<ScoreRange> scores = train(data, c).scores();
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

    private PlainTrainer.History train(ScaledData part, Combination c) {
        MlrConfig config = Combinations.config(
                        c, part.design().length, part.design()[0].length, all.classes(), settings)
                .withOutsideInterval(OutsideInterval.GO_ON);
        return PlainTrainer.rehearse(part.design(), part.labels(), config);
    }

    /** Null if it does not fit; then no more iterations fit either. Costs depend on polynomial and iterations, on nothing else worth a plan. */
    private RehearsalTable.Cost cost(Combination c) {
        NavigableMap<Integer, Optional<RehearsalTable.Cost>> known =
                costs.computeIfAbsent(c.sigmoid().degree(), degree -> new TreeMap<>());
        if (!known.headMap(c.iterations()).containsValue(Optional.<RehearsalTable.Cost>empty())) {
            known.computeIfAbsent(c.iterations(), t -> planned(c));
        }
        return known.getOrDefault(c.iterations(), Optional.empty()).orElse(null);
    }

    /** At the smallest ring degree that fits; unlike {@link TrainingPlan#smallest} without looking for what would fit instead. */
    private Optional<RehearsalTable.Cost> planned(Combination c) {
        MlrConfig config = Combinations.config(c, samples, data.design()[0].length, all.classes(), settings);
        for (int log = LEAST_LOG_RING_DEGREE; log <= LARGEST_LOG_RING_DEGREE; log++) {
            try {
                TrainingRecipe recipe = settings.recipe()
                        .recipe(config, 1 << (log - 1), settings.limits().maxUploads());
                TrainingPlan plan = TrainingPlan.of(recipe, settings.limits());
                return Optional.of(new RehearsalTable.Cost(
                        log,
                        plan.levels(),
                        plan.predictedSeconds(),
                        plan.uploadBytes(),
                        plan.evaluationKeyWireBytes(),
                        plan.memoryBytes()));
            } catch (IllegalArgumentException tooSmall) {
                // The next one is larger.
            }
        }
        return Optional.empty();
    }

    private boolean tooBold(Combination c) {
        return settings.preconditioner().isEmpty()
                && c.preconditioner() == Preconditioner.ALGORITHM_1
                && data.design().length < data.design()[0].length
                && c.iterations() <= FEW_ITERATIONS;
    }
}
