package io.github.hecnn.mlr.training;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What combinations would cost as encrypted trainings. That depends on the degree of the polynomial and the iterations, on nothing else
 * worth a plan, so each pair of these is planned once, degrees at the same time. More iterations need no smaller ring, and where some
 * do not fit no more do.
 */
final class CombinationCosts {
    private static final int LEAST_LOG_RING_DEGREE = 13;
    private static final int LARGEST_LOG_RING_DEGREE = 17;

    private final TrainingSettings settings;
    private final int samples;
    private final int columns;
    private final int classes;
    /** By degree and iterations; empty if it does not fit. */
    private final Map<Integer, Map<Integer, Optional<RehearsalTable.Cost>>> known = new TreeMap<>();

    /** Of the whole training, samples with repetitions. */
    CombinationCosts(TrainingSettings settings, int samples, int columns, int classes) {
        this.settings = settings;
        this.samples = samples;
        this.columns = columns;
        this.classes = classes;
    }

    /** Plans all these. */
    void plan(List<Combination> combinations, WorkerPool workers) {
        Map<Integer, TreeMap<Integer, Combination>> wanted = new TreeMap<>();
        for (Combination c : combinations) {
            wanted.computeIfAbsent(c.sigmoid().degree(), d -> new TreeMap<>()).putIfAbsent(c.iterations(), c);
        }
        List<Integer> degrees = new ArrayList<>(wanted.keySet());
        degrees.forEach(d -> known.put(d, new TreeMap<>()));
        workers.forEach(degrees.size(), i -> {
            Map<Integer, Optional<RehearsalTable.Cost>> costs = known.get(degrees.get(i));
            int log = LEAST_LOG_RING_DEGREE;
            for (Combination c : wanted.get(degrees.get(i)).values()) {
                Optional<RehearsalTable.Cost> cost = planned(c, log);
                costs.put(c.iterations(), cost);
                log = cost.map(RehearsalTable.Cost::logRingDegree).orElse(LARGEST_LOG_RING_DEGREE + 1);
            }
        });
    }

    /** Null if it does not fit. */
    RehearsalTable.Cost of(Combination c) {
        return known.get(c.sigmoid().degree()).get(c.iterations()).orElse(null);
    }

    /** At the smallest ring degree that fits; unlike {@link TrainingPlan#smallest} without looking for what would fit instead. */
    private Optional<RehearsalTable.Cost> planned(Combination c, int leastLog) {
        MlrConfig config = Combinations.config(c, samples, columns, classes, settings);
        for (int log = leastLog; log <= LARGEST_LOG_RING_DEGREE; log++) {
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
}
