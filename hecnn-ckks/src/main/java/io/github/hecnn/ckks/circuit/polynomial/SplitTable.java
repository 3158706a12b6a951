package io.github.hecnn.ckks.circuit.polynomial;

import java.util.Collection;

/**
 * The cheapest way to evaluate a polynomial of each degree and parity within each depth from given powers: the
 * recursion of Paterson and Stockmeyer, p = q X_s + r, with s chosen by dynamic programming. The remainder r joins
 * the same sum of products, so it costs no relinearisation of its own; the quotient q has to be ready one level
 * earlier. Powers themselves cost nothing here: sets of them are compared by rehearsal.
 */
final class SplitTable {
    private static final int IMPOSSIBLE = 1 << 28;

    private final boolean anyParity;
    private final int[] powers;
    private final boolean[] isPower;
    /** Each [parity][depth][degree]: linear terms only; anything, within a sum of products; as a factor. */
    private final int[][][] linear;

    private final int[][][] inSum;
    private final int[][][] alone;
    private final int[][][] splits;

    /**
     * Fills the table.
     *
     * @param ofPowers in ascending order, none above the degree
     * @param odd whether only odd polynomials, and parts of them, will be asked for
     */
    SplitTable(Collection<Integer> ofPowers, int degree, int depth, boolean odd) {
        anyParity = !odd;
        powers = ofPowers.stream().mapToInt(Integer::intValue).toArray();
        isPower = new boolean[degree + 1];
        for (int s : powers) {
            isPower[s] = true;
        }
        int parities = Parity.values().length;
        linear = new int[parities][depth + 1][degree + 1];
        inSum = new int[parities][depth + 1][degree + 1];
        alone = new int[parities][depth + 1][degree + 1];
        splits = new int[parities][depth + 1][degree + 1];
        for (int t = 0; t <= depth; t++) {
            for (int d = 0; d <= degree; d++) {
                if (anyParity) {
                    fill(Parity.ALL, d, t);
                } else {
                    fill(Parity.ODD, d, t);
                    fill(Parity.EVEN, d, t);
                }
            }
        }
    }

    private void fill(Parity p, int d, int depth) {
        int o = p.row();
        if (d == 0 || p.atMost(d) != d) {
            alone[o][depth][d] = IMPOSSIBLE;
            linear[o][depth][d] = d == 0 ? 0 : IMPOSSIBLE;
            inSum[o][depth][d] = d == 0 ? 0 : IMPOSSIBLE;
            return;
        }
        int below = p.atMost(d - 1);
        boolean term = isPower[d] && PowerTree.depth(d) < depth;
        linear[o][depth][d] = term ? sum(SumPrices.CONSTANT, linear[o][depth][below]) : IMPOSSIBLE;
        int best = term ? sum(SumPrices.CONSTANT, inSum[o][depth][below]) : IMPOSSIBLE;
        int split = term ? d : 0;
        for (int s : powers) {
            if (s >= d || PowerTree.depth(s) >= depth) {
                break;
            }
            int quotient = alone[p.over(s).row()][depth - 1][d - s];
            int cost = sum(SumPrices.MULTIPLICATION, sum(quotient, inSum[o][depth][p.atMost(s - 1)]));
            if (cost < best) {
                best = cost;
                split = s;
            }
        }
        inSum[o][depth][d] = best;
        splits[o][depth][d] = best < IMPOSSIBLE ? split : 0;
        alone[o][depth][d] =
                sum(SumPrices.RESCALE, Math.min(linear[o][depth][d], sum(SumPrices.RELINEARIZATION, best)));
    }

    private static int sum(int a, int b) {
        return Math.min(IMPOSSIBLE, a + b);
    }

    private int row(Parity p) {
        return (anyParity ? Parity.ALL : p).row();
    }

    /** Whether a polynomial is best evaluated without any product. */
    boolean isBetterLinear(Parity p, int degree, int depth) {
        int cost = linear[row(p)][depth][degree];
        return cost < IMPOSSIBLE && cost <= sum(SumPrices.RELINEARIZATION, inSum[row(p)][depth][degree]);
    }

    /** Thousandths of a key switch that a polynomial takes, without its powers and without alignments. */
    int cost(Parity p, int degree, int depth) {
        return alone[row(p)][depth][degree];
    }

    /** The power to divide by, where a quotient without variable is a linear term; 0 if there is no way. */
    int split(Parity p, int degree, int depth) {
        return splits[row(p)][depth][degree];
    }
}
