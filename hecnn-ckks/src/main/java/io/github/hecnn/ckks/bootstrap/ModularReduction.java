package io.github.hecnn.ckks.bootstrap;

import java.util.Arrays;
import java.util.List;

/**
 * The modular reduction in the middle of bootstrapping, see {@link ModularReductionPlan}. Immutable and thread-safe.
 *
 * <p>The cosine is evaluated in the basis 1, t_1, t_2, ... with t_k = 2 T_k(v), v = 2u^2 - 1, in which products have no factors: t_a t_b = t_(a+b) +
 * t_|a-b|. Powers t_1, t_2, t_3, t_4, t_8, then the polynomial split at 8, at 4 and, on its longest path only, at 2, so that its depth is 4. Every node
 * is computed at the scale that its parent needs; factors are integers of about the size of a prime.
 *
 * @param <V> a value
 */
final class ModularReduction<V> {
    private final ModularReductionPlan plan;
    private final ScaledAlgebra<V> algebra;

    ModularReduction(ModularReductionPlan plan, ScaledAlgebra<V> algebra) {
        this.plan = plan;
        this.algebra = algebra;
    }

    /**
     * Reduces every slot.
     *
     * @param x slots x/range, |x| at most the range less 1/4, at the plan's top level and scale; used up
     * @return z in every slot, at the user's top level and its canonical scale
     */
    V apply(V x) {
        V u = algebra.addConstant(x, -0.25 / plan.range());
        V d = cosine(algebra.declare(u, algebra.scale(u) / 2));
        algebra.release(u);
        for (int i = 0; i < ModularReductionPlan.DOUBLE_ANGLES; i++) {
            V twice = doubled(d);
            algebra.release(d);
            d = twice;
        }
        return algebra.declare(corrected(d), plan.outScale());
    }

    /** 2 cos of the whole angle, of 2u. */
    private V cosine(V u2) {
        int e = plan.topLevel();
        V t1 = doubled(u2); // e - 1
        V t2 = doubled(t1);
        V t3 = product(t2, t1, sum(e - 2, algebra.scale(t2) * algebra.scale(t1), new double[] {0, -1}, List.of(t1)));
        V t4 = doubled(t2); // e - 3
        V t8 = doubled(t4); // e - 4
        List<V> powers = List.of(t1, t2, t3);
        double[] g = plan.cosine().clone();
        for (int k = 1; k < g.length; k++) {
            g[k] /= 2;
        }
        double[][] at8 = split(g, 8);
        double[][] high = split(at8[0], 4);
        double[][] low = split(at8[1], 4);
        double[][] highest = split(high[0], 2);
        // scales before and after the rescale of every node, from the root down
        double rootProduct = plan.cosineScale() * algebra.prime(e - 4);
        double highScale = rootProduct / algebra.scale(t8);
        double lowScale = rootProduct / algebra.scale(t4);
        double highProduct = highScale * algebra.prime(e - 3);
        double upperScale = highProduct / algebra.scale(t4);
        double upperProduct = upperScale * algebra.prime(e - 2);
        double leafScale = upperProduct / algebra.scale(t2);
        // ((leaf t2 + ..) t4 + ..) t8 + (..) t4 + ..
        V leaf = rescaled(sum(e - 1, leafScale * algebra.prime(e - 1), highest[0], powers), leafScale);
        V upper = algebra.declare(product(leaf, t2, sum(e - 2, upperProduct, highest[1], powers)), upperScale);
        V eighth = algebra.declare(product(upper, t4, sum(e - 3, highProduct, high[1], powers)), highScale);
        V fourth = rescaled(sum(e - 3, lowScale * algebra.prime(e - 3), low[0], powers), lowScale);
        V rest = sum(e - 4, rootProduct, low[1], powers);
        V root = algebra.multiply(List.of(eighth, fourth), List.of(t8, t4), rest);
        for (V done : List.of(t1, t2, t3, t4, t8, leaf, upper, eighth, fourth)) {
            algebra.release(done);
        }
        return algebra.declare(root, plan.cosineScale());
    }

    /** z from d = 2 sin(2 pi z/ratio), which is used up. */
    private V corrected(V d) {
        double[] c = plan.correction();
        if (c.length == 1) {
            return d;
        }
        V square = product(d, d, null);
        V factor;
        if (c.length == 2) {
            factor = algebra.addConstant(square, c[0] / c[1]);
        } else {
            double h = c[1] / (2 * c[2]);
            V w = algebra.addConstant(square, h);
            factor = algebra.addConstant(product(w, w, null), c[0] / c[2] - h * h);
            algebra.release(w);
        }
        V z = product(factor, d, null);
        algebra.release(factor);
        algebra.release(d);
        return z;
    }

    private V product(V a, V b, V plus) {
        return algebra.multiply(List.of(a), List.of(b), plus);
    }

    /** t_2k from t_k, and 2 cos(2a) from 2 cos(a): a square less 2. */
    private V doubled(V a) {
        return algebra.addConstant(product(a, a, null), -2);
    }

    /** One level down; a is used up. */
    private V rescaled(V a, double scale) {
        V out = algebra.declare(algebra.rescale(a), scale);
        algebra.release(a);
        return out;
    }

    /** g[0] + g[1] t_1 + ... */
    private V sum(int level, double scale, double[] g, List<V> powers) {
        return algebra.sum(level, scale, g[0], Arrays.copyOfRange(g, 1, g.length), powers.subList(0, g.length - 1));
    }

    /** In the basis 1, t_1, t_2, ...: g = quotient * t_m + remainder, both of m coefficients, for up to 2m. */
    static double[][] split(double[] g, int m) {
        double[] quotient = new double[m];
        double[] remainder = Arrays.copyOf(g, m);
        quotient[0] = g[m];
        for (int k = m + 1; k < g.length; k++) { // t_(k-m) t_m = t_k + t_(2m-k)
            quotient[k - m] = g[k];
            remainder[2 * m - k] -= g[k];
        }
        return new double[][] {quotient, remainder};
    }
}
