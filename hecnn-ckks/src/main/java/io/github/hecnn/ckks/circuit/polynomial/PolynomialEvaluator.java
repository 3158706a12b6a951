package io.github.hecnn.ckks.circuit.polynomial;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.slots.OperationCounts;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.ckks.slots.SlotChecks;

/**
 * Evaluates a polynomial on every slot: the method of Paterson and Stockmeyer (SIAM J. Comput. 2, 1973) in the least
 * multiplicative depth (compare ia.cr/2020/1203, section 3), in powers or in Chebyshev form, with one relinearisation for each
 * sum of products.
 *
 * <p><b>Levels.</b> A polynomial of degree d takes ceil(log2(d + 1)) levels, coefficients included, which is the
 * least possible in general. A Chebyshev series on an interval of width 4 or more may take one more. The map of the
 * interval to [-1, 1] is folded into the coefficients and into basis polynomials that have leading coefficient 1 on
 * the interval, or nearly so, and therefore grow with its width; rounding errors grow with them, by a factor the
 * evaluator knows. It folds while the factor is within a growth limit, 64 by default, which is 6 bits of precision,
 * and spends a level on the map otherwise. On [-8, 8] degree 3 takes 2 levels at a growth of 2^5; degree 7 takes 4,
 * or 3 with a limit of 2^14. To save that level at any degree, scale the input where it is made (in a mask or a
 * matrix) and take the interval [-1, 1].
 *
 * <p><b>Work.</b> The powers and the splitting are found by search, once, when the evaluator is made.
 * Relinearisations (products of two encrypted values):
 *
 * <table>
 * <caption>Exact counts of Chebyshev series; those in powers differ by one or two at most</caption>
 * <tr><th>degree</th><th>levels</th><th>all coefficients</th><th>odd ones and a constant</th></tr>
 * <tr><td>3</td><td>2</td><td>2 (2)</td><td>2 (2)</td></tr>
 * <tr><td>5</td><td>3</td><td>3 (3)</td><td>3 (3)</td></tr>
 * <tr><td>7</td><td>3</td><td>4 (5)</td><td>4 (5)</td></tr>
 * <tr><td>11</td><td>4</td><td>5 (6)</td><td>5 (6)</td></tr>
 * <tr><td>15</td><td>4</td><td>7 (10)</td><td>7 (9)</td></tr>
 * <tr><td>23</td><td>5</td><td>7 (10)</td><td>7 (10)</td></tr>
 * <tr><td>31</td><td>5</td><td>10 (13)</td><td>10 (13)</td></tr>
 * <tr><td>47</td><td>6</td><td>11 (14)</td><td>10 (13)</td></tr>
 * <tr><td>63</td><td>6</td><td>15 (18)</td><td>14 (17)</td></tr>
 * <tr><td>127</td><td>7</td><td>20 (27)</td><td>19 (26)</td></tr>
 * <tr><td>255</td><td>8</td><td>29 (36)</td><td>25 (32)</td></tr>
 * </table>
 *
 * <p>An even polynomial of degree d costs one squaring more than any of degree d/2. All counts of a given evaluator
 * are in {@link #counts}. Zero coefficients cost nothing.
 *
 * <p><b>Precision.</b> The error is that of the input times the steepness of the polynomial, and that of about as
 * many rescalings as there are levels, times the growth. With 40 bits of scale and N = 2^11, coefficients up to 1 and
 * no growth, 26 to 28 bits behind the point are right. A Chebyshev series grows like x^d outside of its interval:
 * keep the input inside. A rehearsal refuses or reports slots outside of it ({@link Polynomial#validOn} declares one for powers).
 *
 * <p>Needs the relinearisation key from degree 2 on. An evaluator belongs to no algebra: rehearse on the simulator,
 * then run. Immutable and thread-safe.
 */
public final class PolynomialEvaluator {
    private static final double DEFAULT_GROWTH_LIMIT = 64;

    private final Polynomial polynomial;
    private final PolynomialPlan plan;
    /** Constant factor that maps the interval to [-1, 1] at the cost of a level; 0 if the map is folded. */
    private final double mapFactor;

    private final long integerFactor;
    private final double shift;
    private final OperationCounts counts;

    private PolynomialEvaluator(Polynomial p, double growthLimit) {
        if (p.degree() == 0) {
            throw new InvalidParametersException(
                    "PolynomialEvaluator: expected a degree of 1 or more, found a constant; use addConstant");
        }
        if (!(growthLimit >= 1)) {
            throw new InvalidParametersException("PolynomialEvaluator: expected a growth limit of 1 or more, found "
                    + growthLimit + "; leave it out for the usual one");
        }
        polynomial = p;
        double[] c = p.coefficients();
        double alpha = p.isChebyshev() ? 2 / (p.hi() - p.lo()) : 1;
        double middle = p.isChebyshev() ? p.lo() + (p.hi() - p.lo()) / 2 : 0;
        long n = Math.max(1, Math.round(alpha));
        PolynomialPlan folded =
                PolynomialPlanner.cheapest(c, p.isChebyshev(), alpha / n, growthLimit, q -> cost(rehearse(q, c)));
        mapFactor = folded == null ? alpha : 0;
        integerFactor = folded == null ? 1 : n;
        shift = folded == null ? -alpha * middle : -n * middle;
        plan = folded != null ? folded : PolynomialPlanner.cheapest(c, true, 1, growthLimit, q -> cost(rehearse(q, c)));
        SimulatedSlotAlgebra books =
                SimulatedSlotAlgebra.builder(2, levels()).booksOnly().build();
        evaluate(books, books.fresh());
        counts = books.counts();
    }

    private static OperationCounts rehearse(PolynomialPlan plan, double[] c) {
        SimulatedSlotAlgebra books = SimulatedSlotAlgebra.builder(2, levels(c.length - 1))
                .booksOnly()
                .build();
        new PolynomialRun<>(books, plan, books.fresh()).value();
        return books.counts();
    }

    private static long cost(OperationCounts c) {
        return c.relinearizations() * SumPrices.RELINEARIZATION
                + c.rescales() * SumPrices.RESCALE
                + c.alignments() * SumPrices.ALIGNMENT
                + c.multiplications() * SumPrices.MULTIPLICATION
                + c.constantMultiplications() * SumPrices.CONSTANT;
    }

    /**
     * An evaluator with the usual growth limit.
     *
     * @param p a polynomial of degree 1 or more
     * @return the evaluator
     * @throws InvalidParametersException for a constant
     */
    public static PolynomialEvaluator of(Polynomial p) {
        return of(p, DEFAULT_GROWTH_LIMIT);
    }

    /**
     * An evaluator that may trade precision for a level.
     *
     * @param p a polynomial of degree 1 or more
     * @param growthLimit factor by which rounding errors may grow before the interval of a Chebyshev series is mapped
     *     to [-1, 1] at the cost of a level; at least 1
     * @return the evaluator
     * @throws InvalidParametersException for a constant or a smaller limit
     */
    public static PolynomialEvaluator of(Polynomial p, double growthLimit) {
        return new PolynomialEvaluator(p, growthLimit);
    }

    /**
     * Levels of a polynomial whose interval needs no map of its own.
     *
     * @param degree degree, at least 1
     * @return ceil(log2(degree + 1))
     */
    public static int levels(int degree) {
        return PowerTree.depth(degree + 1);
    }

    /**
     * Levels of this polynomial.
     *
     * @return {@link #levels(int)} of its degree, or one more if the interval is mapped first
     */
    public int levels() {
        return levels(polynomial.degree()) + (mapFactor == 0 ? 0 : 1);
    }

    /** {@return the polynomial that is evaluated} */
    public Polynomial polynomial() {
        return polynomial;
    }

    /**
     * What one evaluation adds to the books of an algebra of {@link #levels()} levels, exactly.
     *
     * @return counts of a rehearsal
     */
    public OperationCounts counts() {
        return counts;
    }

    /**
     * Evaluates the polynomial.
     *
     * @param algebra computes on slots
     * @param x a value of scale degree 1, two components and at least {@link #levels()} levels; its slots in the
     *     interval of a Chebyshev series
     * @param <V> values of the algebra
     * @return p(x) in every slot, scale degree 1, {@link #levels()} levels down
     * @throws LevelException if x has fewer levels
     * @throws io.github.hecnn.ckks.error.ScaleException if x has scale degree 2
     * @throws MismatchException if x has three components and the degree is above 1
     * @throws io.github.hecnn.ckks.error.MissingKeyException without a relinearisation key, from degree 2 on
     * @throws io.github.hecnn.ckks.error.IntervalException in a rehearsal, if a slot is outside of the interval the polynomial is
     *     good for; a real run cannot see its slots
     */
    public <V> V evaluate(SlotAlgebra<V> algebra, V x) {
        return evaluate(algebra, x, null);
    }

    /**
     * Evaluates the polynomial where some slots do not matter, because they are masked out afterwards: they may lie outside of the
     * interval, as long as the results still fit under the modulus.
     *
     * @param algebra computes on slots
     * @param x as in {@link #evaluate(SlotAlgebra, Object)}
     * @param where a vector that is zero in slots that do not matter; null if all do
     * @param <V> values of the algebra
     * @return p(x) in every slot, scale degree 1, {@link #levels()} levels down
     * @throws LevelException if x has fewer levels
     * @throws io.github.hecnn.ckks.error.ScaleException if x has scale degree 2
     * @throws MismatchException if x has three components and the degree is above 1, or the vector has another size
     * @throws io.github.hecnn.ckks.error.MissingKeyException without a relinearisation key, from degree 2 on
     * @throws io.github.hecnn.ckks.error.IntervalException in a rehearsal, if a slot that matters is outside of the interval
     */
    public <V> V evaluate(SlotAlgebra<V> algebra, V x, PlainVector where) {
        int level = algebra.level(x);
        if (level < levels()) {
            throw new LevelException(
                    "PolynomialEvaluator: expected a value of level " + levels() + " or more for degree "
                            + polynomial.degree() + ", found " + level
                            + "; evaluate it earlier in the circuit, or choose parameters"
                            + " with more levels");
        }
        SlotChecks.scaleDegreeOne("PolynomialEvaluator", algebra.scaleDegree(x));
        algebra.requireWithin("PolynomialEvaluator", x, polynomial.validFrom(), polynomial.validTo(), where);
        V first = x;
        if (mapFactor != 0) {
            first = algebra.rescale(algebra.multiplyConstant(x, mapFactor));
        } else if (integerFactor != 1) {
            first = algebra.multiplyInteger(x, integerFactor);
        }
        if (Math.abs(shift) >= algebra.smallestConstant(first)) {
            first = algebra.addConstant(first, shift);
        }
        return algebra.dropToLevel(new PolynomialRun<>(algebra, plan, first).value(), level - levels());
    }

    @Override
    public String toString() {
        return polynomial + ": " + levels() + " levels, " + counts.relinearizations() + " relinearisations, "
                + counts.multiplications() + " products, " + counts.rescales() + " rescalings, " + counts.alignments()
                + " alignments";
    }
}
