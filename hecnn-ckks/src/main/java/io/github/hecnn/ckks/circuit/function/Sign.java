package io.github.hecnn.ckks.circuit.function;

import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.util.ArrayList;
import java.util.List;

/**
 * The sign of numbers that are not too small, by a composition of odd polynomials, each of least error for what the ones before leave
 * (Cheon, Kim, Kim, ia.cr/2019/1234; Lee, Lee, No, Kim, ia.cr/2020/834).
 *
 * <p><b>Domain.</b> [-bound, bound] without (-resolution, resolution). In there the result is between -1 and 1 and anything, of the right
 * sign; a rehearsal refuses such slots. {@link Comparison} does with them.
 *
 * <p><b>Cost.</b> About 1.4 log2(bound / resolution) levels, and a few more for the precision; for a bound of 1 and errors up to 2^-10:
 *
 * <table>
 * <caption>Degrees, levels and relinearisations by resolution</caption>
 * <tr><th>resolution</th><th>degrees</th><th>levels</th><th>relinearisations</th></tr>
 * <tr><td>2^-4</td><td>3, 7, 7</td><td>8</td><td>10</td></tr>
 * <tr><td>2^-6</td><td>15, 31</td><td>9</td><td>17</td></tr>
 * <tr><td>2^-8</td><td>7, 15, 31</td><td>12</td><td>21</td></tr>
 * <tr><td>2^-10</td><td>7, 7, 7, 31</td><td>14</td><td>22</td></tr>
 * <tr><td>2^-12</td><td>7, 7, 31, 31</td><td>16</td><td>28</td></tr>
 * </table>
 *
 * <p><b>Scale.</b> Argument and result have scale degree 1, at the canonical scale of their level.
 *
 * <p><b>Error.</b> {@link #errorBound} holds where resolution is at most |x|. Noise of the input grows by up to the steepness at zero, which is
 * the product of those of the polynomials, and is squeezed again by the last ones. Immutable and thread-safe.
 */
public final class Sign implements SlotFunction {
    private static final double LEAST_RESOLUTION = 0x1p-16;

    private final double bound;
    private final double resolution;
    private final SignPlan plan;
    private final List<PolynomialEvaluator> evaluators;

    private Sign(double bound, double resolution, SignPlan plan) {
        this.bound = bound;
        this.resolution = resolution;
        this.plan = plan;
        List<PolynomialEvaluator> all = new ArrayList<>();
        for (int i = 0; i < plan.stages().size(); i++) {
            all.add(PolynomialEvaluator.of(i == 0 ? first() : plan.stages().get(i)));
        }
        evaluators = List.copyOf(all);
    }

    /**
     * The sign on an interval.
     *
     * @param bound largest magnitude of a slot, positive
     * @param resolution smallest magnitude of a slot, above 0 and below the bound, at least 2^-16 of it
     * @param precisionBits the error is at most 2^-precisionBits, 1..40
     * @return the function
     * @throws InvalidParametersException if a number is out of range, or 48 levels are not enough
     */
    public static Sign of(double bound, double resolution, int precisionBits) {
        double wanted = FunctionChecks.error("sign", precisionBits);
        FunctionChecks.positive("sign", resolution, bound);
        SignPlan plan = resolution / bound >= LEAST_RESOLUTION ? SignPlan.of(resolution / bound, wanted) : null;
        if (plan == null) {
            throw new InvalidParametersException(
                    "sign: expected a resolution of at least 2^-16 of the bound and 48 levels"
                            + " that bring it within 2^-" + precisionBits + ", found " + FunctionChecks.text(resolution)
                            + " of "
                            + FunctionChecks.text(bound) + "; ask for a larger resolution, or fewer precisionBits");
        }
        return new Sign(bound, resolution, plan);
    }

    /** The first polynomial, on the interval of the input. */
    private Polynomial first() {
        return Polynomial.chebyshev(-bound, bound, plan.stages().get(0).coefficients());
    }

    /** The last polynomial times a factor and plus a constant: what the sign is used for has them without a level. */
    PolynomialEvaluator last(double factor, double constant) {
        Polynomial p = evaluators.get(evaluators.size() - 1).polynomial();
        double[] c = SignPlan.scaled(p, factor).coefficients();
        c[0] += constant;
        return PolynomialEvaluator.of(Polynomial.chebyshev(p.lo(), p.hi(), c));
    }

    /** Without a look at small slots. */
    <V> V evaluate(SlotAlgebra<V> algebra, V x, PolynomialEvaluator last) {
        V y = x;
        for (PolynomialEvaluator e : evaluators.subList(0, evaluators.size() - 1)) {
            y = e.evaluate(algebra, y);
        }
        return last.evaluate(algebra, y);
    }

    /** {@return the smallest magnitude whose sign is certain} */
    public double resolution() {
        return resolution;
    }

    /** {@return the degrees of the polynomials, in order} */
    public List<Integer> degrees() {
        return plan.stages().stream().map(Polynomial::degree).toList();
    }

    @Override
    public String name() {
        return "sign on " + FunctionChecks.interval(low(), high()) + " from " + FunctionChecks.text(resolution);
    }

    @Override
    public double low() {
        return -bound;
    }

    @Override
    public double high() {
        return bound;
    }

    @Override
    public int degree() {
        return degrees().stream().reduce(1, (a, b) -> a * b);
    }

    @Override
    public int levels() {
        return evaluators.stream().mapToInt(PolynomialEvaluator::levels).sum();
    }

    @Override
    public long relinearizations() {
        return evaluators.stream().mapToLong(e -> e.counts().relinearizations()).sum();
    }

    @Override
    public double errorBound() {
        return plan.error();
    }

    @Override
    public double valueAt(double x) {
        double y = x;
        for (PolynomialEvaluator e : evaluators) {
            y = e.polynomial().valueAt(y);
        }
        return y;
    }

    @Override
    public double exactAt(double x) {
        return Math.signum(x);
    }

    @Override
    public <V> V evaluate(SlotAlgebra<V> algebra, V x) {
        return evaluate(algebra, x, (PlainVector) null);
    }

    /**
     * Evaluates the sign where some slots do not matter: they may be smaller than the resolution, as those that are not used.
     *
     * @param algebra computes on slots
     * @param x as in {@link #evaluate(SlotAlgebra, Object)}
     * @param where a vector that is zero in slots that do not matter; null if all do
     * @param <V> values of the algebra
     * @return as there
     * @throws io.github.hecnn.ckks.error.LevelException if x has fewer levels
     * @throws io.github.hecnn.ckks.error.IntervalException in a rehearsal, if a slot that matters is too small, or any too large
     */
    public <V> V evaluate(SlotAlgebra<V> algebra, V x, PlainVector where) {
        FunctionChecks.levels("sign", algebra.level(x), levels());
        algebra.requireMagnitude("sign", x, resolution, bound, where);
        return evaluate(algebra, x, evaluators.get(evaluators.size() - 1));
    }

    @Override
    public String toString() {
        return name() + ": degrees " + degrees() + ", " + levels() + " levels, error "
                + FunctionChecks.text(errorBound());
    }
}
