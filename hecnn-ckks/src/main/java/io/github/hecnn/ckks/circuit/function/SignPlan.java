package io.github.hecnn.ckks.circuit.function;

import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The polynomials whose composition is the sign, by search: fewest levels, then fewest relinearisations. Every one of them is of least
 * error for what the ones before it leave, and all but the last are scaled so that what they give is at most 1.
 *
 * @param stages odd polynomials on [-1, 1], in order
 * @param error largest error of the last one where the input is not too small
 */
record SignPlan(List<Polynomial> stages, double error) {
    /** What takes the levels of its degree whole, so that the level count is that of the composition. */
    private static final int[] DEGREES = {3, 7, 15, 31};

    private static final int MOST_LEVELS = 48;
    /** Noise that a stage expects of the one before. */
    private static final double NOISE = 0x1p-18;

    /**
     * Searches.
     *
     * @param resolution smallest magnitude whose sign is wanted, of inputs up to 1
     * @param wanted largest error
     * @return the plan, or null if there is none
     */
    static SignPlan of(double resolution, double wanted) {
        Search search = new Search(wanted);
        for (int levels = 2; levels <= MOST_LEVELS; levels++) {
            search.extend(new ArrayList<>(), resolution, levels, 0, 0);
            if (search.best != null) {
                return search.best;
            }
        }
        return null;
    }

    static Polynomial scaled(Polynomial p, double factor) {
        double[] c = p.coefficients();
        Arrays.setAll(c, i -> c[i] * factor);
        return Polynomial.chebyshev(p.lo(), p.hi(), c);
    }

    private static final class Search {
        private record Key(int degree, double low) {}

        private final Map<Key, OddMinimax> found = new HashMap<>();
        private final Map<Integer, Long> prices = new HashMap<>();
        private final double wanted;
        private SignPlan best;
        private long least = Long.MAX_VALUE;

        Search(double wanted) {
            this.wanted = wanted;
        }

        /** Tries every stage that is not of lower degree than the one before and fits into the levels that are left. */
        void extend(List<Polynomial> stages, double low, int levels, int from, long price) {
            for (int i = from; i < DEGREES.length; i++) {
                int left = levels - PolynomialEvaluator.levels(DEGREES[i]);
                if (left < 0) {
                    return;
                }
                OddMinimax p = found.computeIfAbsent(new Key(DEGREES[i], low), k -> OddMinimax.of(k.degree, k.low));
                long sum = price + price(DEGREES[i], p.polynomial());
                if (left == 0) {
                    if (p.error() <= wanted && sum < least) {
                        List<Polynomial> all = new ArrayList<>(stages);
                        all.add(p.polynomial());
                        best = new SignPlan(List.copyOf(all), p.error());
                        least = sum;
                    }
                    continue;
                }
                double most = (1 + p.error()) * (1 + NOISE);
                double next = (1 - p.error()) / most - NOISE;
                if (next > low && next < 1 - NOISE) {
                    stages.add(scaled(p.polynomial(), 1 / most));
                    extend(stages, next, left, i, sum);
                    stages.remove(stages.size() - 1);
                }
            }
        }

        private long price(int degree, Polynomial p) {
            return prices.computeIfAbsent(
                    degree, d -> PolynomialEvaluator.of(p).counts().relinearizations());
        }
    }
}
