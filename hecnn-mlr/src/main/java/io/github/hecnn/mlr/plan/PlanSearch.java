package io.github.hecnn.mlr.plan;

import io.github.hecnn.mlr.plan.NoPlanException.Alternative;
import io.github.hecnn.mlr.plan.NoPlanException.Quantity;
import io.github.hecnn.mlr.plan.PlanRefusal.Kind;
import io.github.hecnn.mlr.recipe.MlrConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Looks for the smallest ring degree at which a training fits, and if there is none, for what would fit.
 *
 * @param <P> plans
 */
final class PlanSearch<P> {
    private static final int LARGEST_LOG_RING_DEGREE = 17;

    private final int leastLogRingDegree;
    private final Attempt<P> attempt;

    /** One way to plan. */
    @FunctionalInterface
    interface Attempt<P> {
        /**
         * The plan at a ring degree.
         *
         * @throws NoPlanException if it does not fit, with the reason
         */
        P plan(MlrConfig config, int logRingDegree);
    }

    PlanSearch(PlanLimits limits, Attempt<P> attempt) {
        leastLogRingDegree = limits.leastLogRingDegree();
        this.attempt = attempt;
    }

    /** What was found at some ring degrees: the plan of the smallest, or null and the reasons. */
    private record Found<P>(P plan, int logRingDegree, SortedMap<Integer, PlanRefusal> reasons) {}

    private Found<P> first(MlrConfig config, Collection<Integer> logs) {
        SortedMap<Integer, PlanRefusal> reasons = new TreeMap<>();
        for (int log : logs) {
            try {
                return new Found<>(attempt.plan(config, log), log, reasons);
            } catch (NoPlanException e) {
                reasons.put(log, e.reasons().get(e.nearestLogRingDegree()));
            }
        }
        return new Found<>(null, 0, reasons);
    }

    P smallest(MlrConfig config) {
        TreeSet<Integer> all = new TreeSet<>();
        for (int log = leastLogRingDegree; log <= LARGEST_LOG_RING_DEGREE; log++) {
            all.add(log);
        }
        Found<P> found = first(config, all);
        if (found.plan != null) {
            return found.plan;
        }
        SortedMap<Integer, PlanRefusal> reasons = found.reasons;
        int nearest = reasons.keySet().stream()
                .filter(log -> reasons.get(log).kind() == Kind.MEMORY)
                .min((a, b) ->
                        Long.compare(reasons.get(a).found(), reasons.get(b).found()))
                .orElse(LARGEST_LOG_RING_DEGREE);
        List<Alternative> alternatives = alternatives(config, all, reasons);
        throw new NoPlanException(
                "training plan: expected a training that fits, found none at any ring degree from 2^"
                        + leastLogRingDegree + " to 2^" + LARGEST_LOG_RING_DEGREE + "; nearest is N = 2^" + nearest
                        + ": " + reasons.get(nearest).text() + "; " + advice(alternatives, reasons),
                reasons,
                nearest,
                alternatives);
    }

    private static String advice(List<Alternative> alternatives, SortedMap<Integer, PlanRefusal> reasons) {
        if (!alternatives.isEmpty()) {
            String first = alternatives.get(0).text().replaceFirst(" at ", " fit at ");
            StringBuilder out = new StringBuilder("at most ").append(first);
            alternatives
                    .subList(1, alternatives.size())
                    .forEach(a -> out.append(", or ").append(a.text()));
            return out.toString();
        }
        return reasons.values().stream().allMatch(PlanRefusal::isOfDepth)
                ? "no number of iterations fits"
                : "fewer iterations, samples or features alone are not enough; choose fewer of all";
    }

    private List<Alternative> alternatives(
            MlrConfig c, Collection<Integer> all, SortedMap<Integer, PlanRefusal> reasons) {
        List<Alternative> fits = new ArrayList<>();
        add(
                fits,
                Quantity.ITERATIONS,
                c.iterations(),
                1,
                all,
                n -> c.toBuilder().iterations(n).build());
        // Levels depend on the iterations alone: where they are too many, smaller data does not help.
        List<Integer> others =
                all.stream().filter(log -> !reasons.get(log).isOfDepth()).toList();
        add(fits, Quantity.SAMPLES, c.samples(), 1, others, c::withSamples);
        if (!c.hasStartWeights()) { // which have as many features as they have
            add(
                    fits,
                    Quantity.FEATURES,
                    c.features(),
                    2,
                    others,
                    n -> c.toBuilder().features(n).build());
        }
        return fits;
    }

    /** The largest number below the wanted one that fits, if there is one; what fits with more fits with fewer. */
    private void add(
            List<Alternative> fits,
            Quantity quantity,
            int wanted,
            int least,
            Collection<Integer> logs,
            IntFunction<MlrConfig> change) {
        Alternative best = null;
        int low = least;
        int high = logs.isEmpty() ? 0 : wanted - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Found<P> found = first(change.apply(middle), logs);
            if (found.plan != null) {
                best = new Alternative(quantity, middle, found.logRingDegree);
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (best != null) {
            fits.add(best);
        }
    }
}
