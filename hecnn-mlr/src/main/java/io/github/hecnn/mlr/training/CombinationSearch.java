package io.github.hecnn.mlr.training;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.training.CombinationTrials.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tries combinations in the clear, on parts of the training data. Ways to step are tried at the same time, on the threads of the
 * settings; each is trained once with the most iterations, and looked at after fewer. The choice does not depend on the threads.
 */
final class CombinationSearch {
    private static final int FEW_ITERATIONS = 2;
    private static final int UNTRIED_ITERATIONS = 2;

    private final TrainingSettings settings;
    private final CombinationTrials trials;
    private final CombinationCosts costs;
    private final int heldOut;

    /** A row with what each held-out sample was answered. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Tried(RehearsalTable.Row row, boolean[] right) {}

    /** A combination with its trial, before it has a price. */
    private record Candidate(Combination combination, Trial trial, String excluded) {}

    CombinationSearch(LabeledDataset dataset, TrainingSettings settings) {
        this.settings = settings;
        trials = new CombinationTrials(dataset, settings);
        heldOut = trials.heldOut();
        costs = new CombinationCosts(
                settings, settings.classWeights().apply(dataset).samples(), trials.columns(), dataset.classes());
    }

    /**
     * Tries everything the settings leave open.
     *
     * @throws IllegalArgumentException if nothing fits or stays inside the interval
     */
    RehearsalTable run() {
        int threads = settings.threads();
        List<Tried> tried = new ArrayList<>();
        try (WorkerPool workers = threads == 0 ? WorkerPool.common() : WorkerPool.ofThreads(threads)) {
            List<Candidate> candidates = candidates(workers);
            costs.plan(candidates.stream().map(Candidate::combination).toList(), workers);
            candidates.forEach(c -> tried.add(priced(c)));
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

    /** Every way to step with every number of iterations, the most careful first. */
    private List<Candidate> candidates(WorkerPool workers) {
        List<Combination> steps = Combinations.steps(settings);
        Candidate[][] found = new Candidate[steps.size()][];
        workers.forEach(steps.size(), i -> {
            Map<SigmoidApproximation, Trial> known = new HashMap<>();
            int[] iterations = Combinations.iterations(settings);
            Candidate[] some = new Candidate[iterations.length];
            for (int k = 0; k < some.length; k++) {
                some[k] = candidate(steps.get(i), iterations[k], known);
            }
            found[i] = some;
        });
        return Stream.of(found).flatMap(Stream::of).toList();
    }

    /** With the cheapest polynomial whose interval the scores do not leave. */
    private Candidate candidate(Combination steps, int iterations, Map<SigmoidApproximation, Trial> known) {
        Combination c = steps;
        Trial trial = null;
        String excluded = "";
        for (SigmoidApproximation sigmoid : Combinations.sigmoids(settings)) {
            c = steps.with(sigmoid, iterations);
            trial = known.computeIfAbsent(sigmoid, s -> trials.of(steps.with(s, steps.iterations())));
            excluded = complaint(c, trial);
            if (excluded.isEmpty()) {
                break;
            }
        }
        if (excluded.isEmpty() && tooBold(c)) {
            excluded = "fewer samples than columns: larger steps are often worse";
        }
        return new Candidate(c, trial, excluded);
    }

    private Tried priced(Candidate candidate) {
        Combination c = candidate.combination;
        Trial trial = candidate.trial;
        int iterations = c.iterations();
        boolean[] right = trial.scores().size() < iterations ? new boolean[heldOut] : trial.right()[iterations - 1];
        RehearsalTable.Cost cost = costs.of(c);
        String excluded = cost == null ? "does not fit into the limits" : candidate.excluded;
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
        return trial.scores().size() < iterations
                ? Double.POSITIVE_INFINITY
                : trial.scores().stream()
                        .limit(iterations)
                        .mapToDouble(ScoreRange::largest)
                        .max()
                        .orElse(0);
    }

    private String complaint(Combination c, Trial trial) {
        if (trial.scores().size() < c.iterations()) {
            return "weights grow without bound";
        }
        List<ScoreRange> scores = trial.scores().subList(0, c.iterations());
        return settings.outsideInterval() == OutsideInterval.GO_ON
                        || ScoreRange.outside(scores, c.sigmoid()).isEmpty()
                ? ""
                : "scores leave the interval";
    }

    private boolean tooBold(Combination c) {
        return settings.preconditioner().isEmpty()
                && c.preconditioner() == Preconditioner.ALGORITHM_1
                && trials.samples() < trials.columns()
                && c.iterations() <= FEW_ITERATIONS;
    }
}
