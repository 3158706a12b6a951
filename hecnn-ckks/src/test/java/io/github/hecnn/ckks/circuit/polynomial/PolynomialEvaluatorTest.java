package io.github.hecnn.ckks.circuit.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.slots.OperationCounts;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Polynomials against their plain values, in exactly the levels and counts that are announced. */
class PolynomialEvaluatorTest {
    private static final int SLOTS = 64;

    private static int[] degrees() {
        return IntStream.concat(IntStream.rangeClosed(1, 65), IntStream.of(95, 127, 200, 255))
                .toArray();
    }

    /** Keeps one coefficient in so many, beginning with one. */
    private static double[] coefficients(int degree, int first, int step, Random r) {
        double[] c = new double[degree + 1];
        for (int j = first; j <= degree; j += step) {
            c[j] = r.nextGaussian();
        }
        c[0] = r.nextGaussian();
        return c;
    }

    private static void check(PolynomialEvaluator e) {
        Polynomial p = e.polynomial();
        double lo = p.isChebyshev() ? p.lo() : -1;
        double hi = p.isChebyshev() ? p.hi() : 1;
        double size = 0;
        for (double c : p.coefficients()) {
            size += Math.abs(c);
        }
        double[] x = new double[SLOTS];
        for (int i = 0; i < SLOTS; i++) {
            x[i] = lo + (hi - lo) * i / (SLOTS - 1);
        }
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(SLOTS, e.levels());
        SimulatedVector y = e.evaluate(algebra, algebra.encrypt(x));
        assertThat(y.level()).isZero();
        assertThat(y.scaleDegree()).isEqualTo(1);
        assertThat(y.components()).isEqualTo(2);
        assertThat(algebra.counts()).isEqualTo(e.counts());
        assertThat(algebra.counts().rotations() + algebra.counts().plainMultiplications())
                .isZero();
        double[] got = algebra.decrypt(y);
        double worst = 0;
        for (int i = 0; i < SLOTS; i++) {
            worst = Math.max(worst, Math.abs(got[i] - p.valueAt(x[i])));
        }
        assertThat(worst).as(e.toString()).isLessThan(1e-9 * size);
        // a value with levels to spare ends as many levels down, with the same books
        SimulatedSlotAlgebra higher = new SimulatedSlotAlgebra(SLOTS, e.levels() + 3);
        assertThat(e.evaluate(higher, higher.encrypt(x)).level()).isEqualTo(3);
        assertThat(higher.counts().alignments()).isEqualTo(e.counts().alignments());
    }

    @ParameterizedTest
    @MethodSource("degrees")
    void everyDegreeInLeastDepth(int degree) {
        Random r = new Random(degree);
        int least = 32 - Integer.numberOfLeadingZeros(degree);
        for (int[] kept : new int[][] {{0, 1}, {1, 2}, {0, 2}, {0, 4}, {degree, degree}}) {
            double[] c = coefficients(degree, kept[0], kept[1], r);
            for (Polynomial p : new Polynomial[] {Polynomial.monomial(c), Polynomial.chebyshev(-1, 1, c)}) {
                if (p.degree() == 0) {
                    continue;
                }
                PolynomialEvaluator e = PolynomialEvaluator.of(p);
                check(e);
                assertThat(e.levels()).isEqualTo(PolynomialEvaluator.levels(p.degree()));
                if (p.degree() == degree) {
                    assertThat(e.levels()).isEqualTo(least);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void scatteredCoefficients(long seed) {
        Random r = new Random(seed);
        for (int round = 0; round < 20; round++) {
            double[] c = new double[2 + r.nextInt(40)];
            for (int k = 0; k < 4; k++) {
                c[1 + r.nextInt(c.length - 1)] = r.nextGaussian();
            }
            check(PolynomialEvaluator.of(Polynomial.chebyshev(-1, 1, c)));
            check(PolynomialEvaluator.of(Polynomial.monomial(c)));
        }
    }

    /** The interval is mapped within the coefficients up to a growth, and with a level of its own beyond. */
    @ParameterizedTest
    @CsvSource({
        "-1, 1, 15, 64, 4",
        "-0.01, 0.03, 15, 64, 4",
        "0, 1, 15, 64, 4",
        "3, 4.4, 31, 64, 5",
        "-2, 2, 63, 64, 6",
        "-1, 3, 63, 64, 6",
        "-2, 2, 127, 64, 7",
        "-2, 2, 255, 64, 9",
        "-1.95, 1.95, 255, 64, 8",
        "-8, 8, 1, 64, 1",
        "-8, 8, 2, 64, 2",
        "-8, 8, 3, 64, 2",
        "-8, 8, 7, 64, 4",
        "-8, 8, 7, 16384, 3",
        "-8, 8, 7, 16383, 4",
        "-100, 20, 1, 64, 1",
        "-100, 20, 3, 64, 3",
        "-100, 20, 31, 64, 6"
    })
    void intervals(double lo, double hi, int degree, double growthLimit, int levels) {
        double[] c = coefficients(degree, 0, 1, new Random(degree));
        PolynomialEvaluator e = PolynomialEvaluator.of(Polynomial.chebyshev(lo, hi, c), growthLimit);
        assertThat(e.levels()).isEqualTo(levels);
        check(e);
    }

    @Test
    void narrowIntervalsDoNotShrinkThePowers() {
        double[] c = coefficients(31, 0, 1, new Random(3));
        for (double half : new double[] {1e-5, 0.003, 0.3, 0.6, 0.7, 0.9, 1.4, 1.7, 1.99}) {
            PolynomialEvaluator e = PolynomialEvaluator.of(Polynomial.chebyshev(1 - half, 1 + half, c));
            assertThat(e.levels()).isEqualTo(5);
            check(e);
        }
    }

    /** The table of the documentation. */
    @ParameterizedTest
    @CsvSource({
        "3, 2, 2, 2, 2, 2",
        "5, 3, 3, 3, 3, 3",
        "7, 3, 5, 4, 5, 4",
        "11, 4, 6, 5, 6, 5",
        "15, 4, 10, 7, 9, 7",
        "23, 5, 10, 7, 10, 7",
        "31, 5, 13, 10, 13, 10",
        "47, 6, 14, 11, 13, 10",
        "63, 6, 18, 15, 17, 14",
        "127, 7, 27, 20, 26, 19",
        "255, 8, 36, 29, 32, 25"
    })
    void documentedCounts(
            int degree, int levels, int products, int relinearizations, int oddProducts, int oddRelinearizations) {
        PolynomialEvaluator all =
                PolynomialEvaluator.of(Polynomial.chebyshev(-1, 1, coefficients(degree, 0, 1, new Random(1))));
        assertThat(all.levels()).isEqualTo(levels);
        assertThat(all.counts().multiplications()).isEqualTo(products);
        assertThat(all.counts().relinearizations()).isEqualTo(relinearizations);
        PolynomialEvaluator odd =
                PolynomialEvaluator.of(Polynomial.chebyshev(-1, 1, coefficients(degree, 1, 2, new Random(1))));
        assertThat(odd.levels()).isEqualTo(levels);
        assertThat(odd.counts().multiplications()).isEqualTo(oddProducts);
        assertThat(odd.counts().relinearizations()).isEqualTo(oddRelinearizations);
        assertThat(odd).asString().contains(levels + " levels, " + oddRelinearizations + " relinearisations");
    }

    @Test
    void anEvenPolynomialCostsOneSquaringMoreThanHalfTheDegree() {
        for (int degree : new int[] {2, 6, 14, 30, 46}) {
            OperationCounts even = PolynomialEvaluator.of(
                            Polynomial.chebyshev(-1, 1, coefficients(degree, 0, 2, new Random(1))))
                    .counts();
            OperationCounts half = PolynomialEvaluator.of(
                            Polynomial.chebyshev(-1, 1, coefficients(degree / 2, 0, 1, new Random(1))))
                    .counts();
            assertThat(even.relinearizations()).isEqualTo(half.relinearizations() + 1);
            assertThat(even.multiplications()).isEqualTo(half.multiplications() + 1);
        }
    }

    private static double[] filled(double value) {
        double[] x = new double[SLOTS];
        java.util.Arrays.fill(x, value);
        return x;
    }

    @Test
    void linearPolynomialsNeedNoKey() {
        SimulatedSlotAlgebra bare = SimulatedSlotAlgebra.builder(SLOTS, 1)
                .withoutRelinearizationKey()
                .build();
        PolynomialEvaluator line = PolynomialEvaluator.of(Polynomial.chebyshev(-4, 8, 1, 3));
        SimulatedVector y = line.evaluate(bare, bare.encrypt(filled(8)));
        assertThat(bare.decrypt(y)).containsOnly(4);
        assertThat(line.counts().relinearizations()).isZero();
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> PolynomialEvaluator.of(Polynomial.monomial(3)))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("found a constant");
        Polynomial p = Polynomial.chebyshev(-1, 1, 1, 2, 3, 4, 5);
        assertThatThrownBy(() -> PolynomialEvaluator.of(p, 0.5))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("1 or more, found 0.5");
        assertThatThrownBy(() -> PolynomialEvaluator.of(p, Double.NaN)).isInstanceOf(InvalidParametersException.class);
        PolynomialEvaluator e = PolynomialEvaluator.of(p);
        SimulatedSlotAlgebra g = new SimulatedSlotAlgebra(SLOTS, 4);
        assertThatThrownBy(() -> e.evaluate(g, g.dropToLevel(g.fresh(), 2)))
                .isInstanceOf(LevelException.class)
                .hasMessageContaining("level 3 or more for degree 4, found 2");
        assertThat(g.counts().multiplications()).isZero();
        SimulatedVector square = g.square(g.fresh());
        assertThatThrownBy(() -> e.evaluate(g, square)).isInstanceOf(ScaleException.class);
        SimulatedVector three = g.rescale(g.multiplyNoRelin(g.fresh(), g.fresh()));
        assertThatThrownBy(() -> e.evaluate(g, three)).isInstanceOf(MismatchException.class);
        SimulatedSlotAlgebra bare = SimulatedSlotAlgebra.builder(SLOTS, 4)
                .withoutRelinearizationKey()
                .build();
        assertThatThrownBy(() -> e.evaluate(bare, bare.fresh())).isInstanceOf(MissingKeyException.class);
    }
}
