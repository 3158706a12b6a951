package io.github.hecnn.ckks.circuit.function;

import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;

/**
 * What the sign is for: comparison, magnitude, maximum and minimum, and the rectifier max(x, 0), slot by slot. Numbers that are nearer
 * than the {@link Sign#resolution} of the sign are compared without certainty; magnitude and maximum are near all the same.
 *
 * <table>
 * <caption>With s the levels of the sign, r its resolution, b its bound and e its error</caption>
 * <tr><th>method</th><th>levels</th><th>largest error</th></tr>
 * <tr><td>{@link #greater}</td><td>s</td><td>e / 2 where r &lt;= |a - b|; else the result is between 0 and 1</td></tr>
 * <tr><td>{@link #magnitude}</td><td>s + 1</td><td>max(r, b e)</td></tr>
 * <tr><td>{@link #maximum}, {@link #minimum}, {@link #rectified}</td><td>s + 1</td><td>max(r, b e) / 2</td></tr>
 * </table>
 *
 * <p>Noise comes on top. All need the relinearisation key. Values have scale degree 1 and two components; arguments of two may have different
 * levels, and levels are counted from the lower one. Slots, or their differences, must be in [-bound, bound]: a rehearsal
 * refuses others, and {@link #greater} what is nearer than the resolution. Immutable and thread-safe.
 */
public final class Comparison {
    private final Sign sign;
    private final PolynomialEvaluator whole;
    private final PolynomialEvaluator step;

    private Comparison(Sign sign) {
        this.sign = sign;
        whole = sign.last(1, 0);
        step = sign.last(0.5, 0.5);
    }

    /**
     * Comparison by a sign.
     *
     * @param sign for the differences that are compared, or for the slots themselves
     * @return comparisons
     */
    public static Comparison by(Sign sign) {
        return new Comparison(sign);
    }

    /** {@return the sign} */
    public Sign sign() {
        return sign;
    }

    /** {@return levels of all but {@link #greater}, which takes one less} */
    public int levels() {
        return sign.levels() + 1;
    }

    /** {@return the largest error of {@link #magnitude}, and twice that of the others but {@link #greater}} */
    public double errorBound() {
        return Math.max(sign.resolution(), sign.high() * sign.errorBound());
    }

    /**
     * Whether one value is greater.
     *
     * @param algebra computes on slots
     * @param a one value
     * @param b another
     * @param <V> values of the algebra
     * @return 1 where a is greater, 0 where b is, {@link Sign#levels} down
     * @throws io.github.hecnn.ckks.error.LevelException if there are fewer levels
     * @throws io.github.hecnn.ckks.error.IntervalException in a rehearsal, if a difference is too large or too small
     */
    public <V> V greater(SlotAlgebra<V> algebra, V a, V b) {
        return greater(algebra, a, b, null);
    }

    /**
     * Whether one value is greater, where some slots do not matter: their differences may be too small.
     *
     * @param algebra computes on slots
     * @param a one value
     * @param b another
     * @param where a vector that is zero in slots that do not matter; null if all do
     * @param <V> values of the algebra
     * @return 1 where a is greater, 0 where b is, {@link Sign#levels} down
     * @throws io.github.hecnn.ckks.error.LevelException if there are fewer levels
     * @throws io.github.hecnn.ckks.error.IntervalException in a rehearsal, if a difference is too large, or one that matters too small
     */
    public <V> V greater(SlotAlgebra<V> algebra, V a, V b, PlainVector where) {
        V difference = algebra.subtract(a, b);
        FunctionChecks.levels("greater", algebra.level(difference), sign.levels());
        algebra.requireMagnitude("greater", difference, sign.resolution(), sign.high(), where);
        return sign.evaluate(algebra, difference, step);
    }

    /**
     * The magnitude of every slot.
     *
     * @param algebra computes on slots
     * @param x a value
     * @param <V> values of the algebra
     * @return |x|, {@link #levels} down
     * @throws io.github.hecnn.ckks.error.LevelException if there are fewer levels
     * @throws io.github.hecnn.ckks.error.IntervalException in a rehearsal, if a slot is too large
     */
    public <V> V magnitude(SlotAlgebra<V> algebra, V x) {
        return times(algebra, "magnitude", x, whole);
    }

    /**
     * The greater of two values.
     *
     * @param algebra computes on slots
     * @param a one value
     * @param b another
     * @param <V> values of the algebra
     * @return max(a, b), {@link #levels} down
     * @throws io.github.hecnn.ckks.error.LevelException if there are fewer levels
     * @throws io.github.hecnn.ckks.error.IntervalException in a rehearsal, if a difference is too large
     */
    public <V> V maximum(SlotAlgebra<V> algebra, V a, V b) {
        return algebra.add(b, rectified("maximum", algebra, algebra.subtract(a, b)));
    }

    /**
     * The smaller of two values.
     *
     * @param algebra computes on slots
     * @param a one value
     * @param b another
     * @param <V> values of the algebra
     * @return min(a, b), {@link #levels} down
     * @throws io.github.hecnn.ckks.error.LevelException if there are fewer levels
     * @throws io.github.hecnn.ckks.error.IntervalException in a rehearsal, if a difference is too large
     */
    public <V> V minimum(SlotAlgebra<V> algebra, V a, V b) {
        return algebra.subtract(a, rectified("minimum", algebra, algebra.subtract(a, b)));
    }

    /**
     * What is positive, and zero elsewhere (ReLU).
     *
     * @param algebra computes on slots
     * @param x a value
     * @param <V> values of the algebra
     * @return max(x, 0), {@link #levels} down
     * @throws io.github.hecnn.ckks.error.LevelException if there are fewer levels
     * @throws io.github.hecnn.ckks.error.IntervalException in a rehearsal, if a slot is too large
     */
    public <V> V rectified(SlotAlgebra<V> algebra, V x) {
        return rectified("rectified", algebra, x);
    }

    private <V> V rectified(String operation, SlotAlgebra<V> algebra, V x) {
        return times(algebra, operation, x, step);
    }

    private <V> V times(SlotAlgebra<V> algebra, String operation, V x, PolynomialEvaluator last) {
        FunctionChecks.levels(operation, algebra.level(x), levels());
        return algebra.rescale(algebra.multiply(x, sign.evaluate(algebra, x, last)));
    }
}
