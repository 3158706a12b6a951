package io.github.hecnn.ckks.circuit.polynomial;

import io.github.hecnn.ckks.circuit.polynomial.PolynomialPlan.Node;
import io.github.hecnn.ckks.circuit.polynomial.PolynomialPlan.Product;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One evaluation of a plan. Powers are made when needed and remembered, at lower levels too. Coefficients that would round to zero at
 * the scale are left out, which costs no more precision than their rounding. For one thread.
 */
final class PolynomialRun<V> {
    private final SlotAlgebra<V> algebra;
    private final PolynomialPlan plan;
    private final Map<Integer, V> powers = new HashMap<>();
    private final Map<Lowered, V> lowered = new HashMap<>();

    private record Lowered(int power, int level) {}

    /** @param first X_1 */
    PolynomialRun(SlotAlgebra<V> algebra, PolynomialPlan plan, V first) {
        this.algebra = algebra;
        this.plan = plan;
        powers.put(1, first);
    }

    V value() {
        return value(plan.root());
    }

    private V value(Node node) {
        V sum = null;
        if (!node.linear().isEmpty()) {
            sum = linearSum(node);
        }
        if (!node.products().isEmpty()) {
            V products = sumOfProducts(node.products());
            sum = sum == null ? products : algebra.add(products, sum);
        }
        if (Math.abs(node.constant()) >= algebra.smallestConstant(sum)) {
            sum = algebra.addConstant(sum, node.constant());
        }
        return algebra.relinearizeAndRescale(sum);
    }

    private V linearSum(Node node) {
        int level = Integer.MAX_VALUE;
        for (int j : node.linear().keySet()) {
            level = Math.min(level, algebra.level(power(j)));
        }
        V sum = null;
        for (Map.Entry<Integer, Double> term : node.linear().entrySet()) {
            V power = power(term.getKey(), level);
            if (Math.abs(term.getValue()) >= algebra.smallestConstant(power)) {
                V product = algebra.multiplyConstant(power, term.getValue());
                sum = sum == null ? product : algebra.add(sum, product);
            }
        }
        if (sum == null && node.products().isEmpty()) { // nothing else is left: the smallest constant there is
            V power = power(node.linear().firstKey(), level);
            double least = Math.copySign(
                    algebra.smallestConstant(power), node.linear().firstEntry().getValue());
            sum = algebra.multiplyConstant(power, least);
        }
        return sum;
    }

    private V sumOfProducts(List<Product> products) {
        List<V> factors = new ArrayList<>(products.size());
        int level = Integer.MAX_VALUE;
        for (Product p : products) {
            V factor = value(p.factor());
            factors.add(factor);
            level = Math.min(level, Math.min(algebra.level(factor), algebra.level(power(p.power()))));
        }
        List<V> others = new ArrayList<>(products.size());
        for (Product p : products) {
            others.add(power(p.power(), level));
        }
        return algebra.sumOfProducts(factors, others);
    }

    /** X_j at a level it reaches. */
    private V power(int j, int level) {
        V full = power(j);
        if (algebra.level(full) == level) {
            return full;
        }
        return lowered.computeIfAbsent(new Lowered(j, level), k -> algebra.dropToLevel(full, level));
    }

    private V power(int j) {
        V known = powers.get(j);
        if (known != null) {
            return known;
        }
        PowerTree.Step step = plan.powers().step(j);
        V a = power(step.a());
        V b = power(step.b());
        int level = Math.min(algebra.level(a), algebra.level(b));
        V left = power(step.a(), level);
        if (step.n() != 1) {
            left = algebra.multiplyInteger(left, step.n());
        }
        V product = algebra.multiplyNoRelin(left, power(step.b(), level));
        if (step.back() != 0) {
            product = step.a() == step.b()
                    ? algebra.addConstant(product, -step.back())
                    : algebra.subtract(
                            product, algebra.multiplyConstant(power(step.a() - step.b(), level), step.back()));
        }
        V out = algebra.relinearizeAndRescale(product);
        powers.put(j, out);
        return out;
    }
}
