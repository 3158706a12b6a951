package io.github.hecnn.ckks.circuit.polynomial;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/** Searches the sets of powers a polynomial can be evaluated from. */
final class PolynomialPlanner {
    /** Plans whose cost is measured, alignments included, of those that look cheapest. */
    private static final int REHEARSED = 12;

    private PolynomialPlanner() {}

    private record Candidate(PolynomialPlan plan, int estimate) {}

    /**
     * The cheapest plan of least depth.
     *
     * @param coefficients degree at least 1
     * @param firstKappa as in {@link PowerTree}
     * @param growthLimit largest {@link PolynomialPlan#growth}
     * @param cost measures a plan
     * @return the plan, or null if all grow too much
     */
    static PolynomialPlan cheapest(
            double[] coefficients,
            boolean chebyshev,
            double firstKappa,
            double growthLimit,
            ToLongFunction<PolynomialPlan> cost) {
        // an even polynomial is one of half the degree in X_2
        int stride = PolynomialPlan.stride(coefficients);
        double[] inner = PolynomialPlan.compressed(coefficients, stride);
        int degree = inner.length - 1;
        int depth = PowerTree.depth(degree + 1);
        Parity parity = Parity.of(inner);
        List<Candidate> candidates = new ArrayList<>();
        for (NavigableSet<Integer> powers : powerSets(degree, parity == Parity.ODD)) {
            SplitTable table = new SplitTable(powers, degree, depth, parity == Parity.ODD);
            PolynomialPlan plan = PolynomialPlan.of(inner, chebyshev, stride, firstKappa, table, depth);
            if (plan != null && plan.growth() <= growthLimit) {
                candidates.add(new Candidate(
                        plan, table.cost(parity, degree, depth) + plan.powers().cost()));
            }
        }
        candidates.sort(Comparator.comparingInt(Candidate::estimate));
        PolynomialPlan best = null;
        long least = Long.MAX_VALUE;
        for (Candidate c : candidates.subList(0, Math.min(REHEARSED, candidates.size()))) {
            long found = cost.applyAsLong(c.plan);
            if (found < least) {
                least = found;
                best = c.plan;
            }
        }
        return best;
    }

    /** Powers every polynomial of the degree can be made of, and for odd ones also fewer. */
    private static Collection<NavigableSet<Integer>> powerSets(int degree, boolean odd) {
        Set<NavigableSet<Integer>> out = new LinkedHashSet<>();
        addPowerSets(degree, 1, out);
        if (odd) {
            addPowerSets(degree, 2, out);
        }
        return out;
    }

    /** Babies below m; giants m, 2m, 4m, ... or m, 2m, 3m, ...; with or without all powers of two. */
    private static void addPowerSets(int degree, int step, Set<NavigableSet<Integer>> out) {
        double root = Math.sqrt(degree);
        int least = Math.max(2, (int) (root / 4)) & -2;
        for (int m = least; m <= Math.min(degree + 1, 3 * root + 4); m += step * (1 + m / 8)) {
            NavigableSet<Integer> babies = new TreeSet<>();
            for (int j = 1; j < m; j += step) {
                babies.add(j);
            }
            for (boolean doubling : new boolean[] {true, false}) {
                if (!doubling && m < root / 2) {
                    continue; // too many giants to be worth a look
                }
                NavigableSet<Integer> powers = new TreeSet<>(babies);
                for (int j = m; j <= degree; j = doubling ? 2 * j : j + m) {
                    powers.add(j);
                }
                out.add(powers);
                NavigableSet<Integer> withTwos = new TreeSet<>(powers);
                for (int j = 2; j <= degree; j *= 2) {
                    withTwos.add(j);
                }
                out.add(withTwos);
            }
        }
    }
}
