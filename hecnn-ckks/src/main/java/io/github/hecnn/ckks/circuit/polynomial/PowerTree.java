package io.github.hecnn.ckks.circuit.polynomial;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The powers X_j an evaluation needs and how each is made, in as few products one after the other as possible:
 * ceil(log2 j).
 *
 * <p>In powers, X_j = x^j and X_(a+b) = X_a X_b. In Chebyshev form X_j = T_j / kappa_j, where the factors kappa_j
 * save the level of the map to [-1, 1]: only sums with constants and products with integers n are left of T_(a+b) = 2
 * T_a T_b - T_|a-b|, which reads {@code X_(a+b) = n X_a X_b - (kappa_|a-b| / kappa_(a+b)) X_|a-b|} with {@code n
 * kappa_(a+b) = 2 kappa_a kappa_b}. The integer keeps kappa near 1 if it is more than 1/2; at 1/2, an interval of
 * width 4, it stays there, and a wider one makes it shrink, and X_j grow, quickly.
 */
final class PowerTree {
    /**
     * How a power is made.
     *
     * @param a larger factor
     * @param b smaller factor
     * @param n integer factor
     * @param back factor of X_(a - b), or of 1 if a = b; 0 in powers
     */
    record Step(int a, int b, long n, double back) {}

    private final boolean chebyshev;
    private final NavigableMap<Integer, Step> steps = new TreeMap<>();
    private final NavigableMap<Integer, Double> kappa = new TreeMap<>();

    /** @param firstKappa T_1 = firstKappa X_1; 1 in powers */
    PowerTree(boolean chebyshev, double firstKappa) {
        this.chebyshev = chebyshev;
        kappa.put(1, firstKappa);
    }

    static int depth(int j) {
        return 32 - Integer.numberOfLeadingZeros(j - 1);
    }

    /** Makes sure of X_j. Ask for small ones first: they help to make the others. */
    void need(int j) {
        if (has(j)) {
            return;
        }
        int a = 0;
        for (int candidate = (j + 1) / 2; candidate < j && a == 0; candidate++) {
            if (has(candidate)
                    && has(j - candidate)
                    && (!chebyshev || 2 * candidate == j || has(2 * candidate - j))
                    && 1 + depth(candidate) == depth(j)) {
                a = candidate;
            }
        }
        if (a == 0) {
            a = (j + 1) / 2;
            need(j - a);
            need(a);
        }
        put(a, j - a);
    }

    private void put(int a, int b) {
        double twice = 2 * kappa(a) * kappa(b);
        long n = chebyshev ? Math.max(1, Math.round(twice)) : 1;
        double own = chebyshev ? twice / n : 1;
        double back = chebyshev ? (a == b ? 1 : kappa(a - b)) / own : 0;
        steps.put(a + b, new Step(a, b, n, back));
        kappa.put(a + b, own);
    }

    boolean has(int j) {
        return kappa.containsKey(j);
    }

    Step step(int j) {
        return steps.get(j);
    }

    double kappa(int j) {
        return kappa.get(j);
    }

    /** Thousandths of a key switch that all powers take, without alignments. */
    int cost() {
        return steps.size() * (SumPrices.RELINEARIZATION + SumPrices.RESCALE + SumPrices.MULTIPLICATION);
    }
}
