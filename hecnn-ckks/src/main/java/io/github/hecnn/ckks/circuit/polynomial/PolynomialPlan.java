package io.github.hecnn.ckks.circuit.polynomial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A polynomial as sums of products that need one relinearisation each.
 *
 * @param powers the powers it is made of
 * @param root the polynomial
 */
record PolynomialPlan(PowerTree powers, Node root) {
    /**
     * The sum of factor * X_power over the products, of linear[j] * X_j, and of a constant; relinearised if there are
     * products, and rescaled.
     *
     * @param products polynomials times powers
     * @param linear coefficients by power, none of them zero
     * @param constant the constant
     */
    record Node(List<Product> products, NavigableMap<Integer, Double> linear, double constant) {
        private void collectPowers(NavigableSet<Integer> into) {
            into.addAll(linear.keySet());
            for (Product p : products) {
                into.add(p.power);
                p.factor.collectPowers(into);
            }
        }

        private double growth(PowerTree powers) {
            double most = 1;
            for (Product p : products) {
                most = Math.max(most, p.factor.growth(powers) / powers.kappa(p.power));
            }
            return most;
        }

        /** Coefficients of T_j become those of X_j = T_j / kappa_j, of which only multiples of the stride occur. */
        private Node scaled(PowerTree powers, int stride, double by) {
            NavigableMap<Integer, Double> terms = new TreeMap<>();
            linear.forEach((j, c) -> terms.put(j * stride, c * by * powers.kappa(j * stride)));
            List<Product> out = new ArrayList<>(products.size());
            for (Product p : products) {
                int s = p.power * stride;
                out.add(new Product(p.factor.scaled(powers, stride, by * powers.kappa(s)), s));
            }
            return new Node(out, terms, constant * by);
        }
    }

    /**
     * A polynomial times X_power.
     *
     * @param factor the polynomial
     * @param power index of the power
     */
    record Product(Node factor, int power) {}

    /**
     * Builds a plan of the choices of a table.
     *
     * @param coefficients in the variable X_stride, where the stride is a power of two
     * @param firstKappa as in {@link PowerTree}
     * @return the plan, or null if the table has none for this polynomial
     */
    static PolynomialPlan of(
            double[] coefficients, boolean chebyshev, int stride, double firstKappa, SplitTable table, int depth) {
        Node plain = node(coefficients.clone(), chebyshev, table, depth);
        if (plain == null) {
            return null;
        }
        NavigableSet<Integer> used = new TreeSet<>();
        plain.collectPowers(used);
        PowerTree powers = new PowerTree(chebyshev, firstKappa);
        for (int j : used) {
            powers.need(j * stride);
        }
        return new PolynomialPlan(powers, plain.scaled(powers, stride, 1));
    }

    /**
     * How much larger than with |X_j| up to 1 rounding errors become: the largest product of 1 / kappa over the
     * powers that the error of a sum meets on its way to the root.
     */
    double growth() {
        return root.growth(powers);
    }

    /** Changes c. */
    private static Node node(double[] c, boolean chebyshev, SplitTable table, int depth) {
        List<Product> products = new ArrayList<>();
        NavigableMap<Integer, Double> linear = new TreeMap<>();
        double constant = c[0];
        c[0] = 0;
        boolean onlyLinear = table.isBetterLinear(Parity.of(c), degree(c), depth);
        for (int d = degree(c); d > 0; d = degree(c)) {
            int s = onlyLinear ? d : table.split(Parity.of(c), d, depth);
            if (s == 0) {
                return null;
            }
            double[] q = divide(c, s, chebyshev);
            constant += c[0];
            c[0] = 0;
            if (degree(q) == 0) {
                linear.put(s, q[0]);
                continue;
            }
            Node factor = node(q, chebyshev, table, depth - 1);
            if (factor == null) {
                return null;
            }
            products.add(new Product(factor, s));
        }
        return new Node(products, linear, constant);
    }

    static int degree(double[] c) {
        int d = c.length - 1;
        while (d > 0 && c[d] == 0) {
            d--;
        }
        return d;
    }

    /** Quotient by X_s; the remainder, of lower degree than s, stays in c. */
    static double[] divide(double[] c, int s, boolean chebyshev) {
        double[] q = new double[c.length - s];
        for (int i = c.length - 1; i >= s; i--) {
            if (chebyshev && i > s) {
                // T_i = 2 T_(i-s) T_s - T_|i-2s|
                q[i - s] = 2 * c[i];
                c[Math.abs(i - 2 * s)] -= c[i];
            } else {
                q[i - s] = c[i];
            }
            c[i] = 0;
        }
        return q;
    }

    /** Every other coefficient of an even polynomial, again and again: the stride and what is left. */
    static int stride(double[] c) {
        int stride = 1;
        while (degree(c) >= 2 * stride && onlyMultiples(c, 2 * stride)) {
            stride *= 2;
        }
        return stride;
    }

    private static boolean onlyMultiples(double[] c, int stride) {
        for (int j = 1; j < c.length; j++) {
            if (c[j] != 0 && j % stride != 0) {
                return false;
            }
        }
        return true;
    }

    static double[] compressed(double[] c, int stride) {
        double[] out = new double[degree(c) / stride + 1];
        Arrays.setAll(out, j -> c[j * stride]);
        return out;
    }
}
