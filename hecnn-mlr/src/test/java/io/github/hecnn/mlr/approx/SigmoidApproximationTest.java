package io.github.hecnn.mlr.approx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SigmoidApproximationTest {
    /** From numpy: Legendre projection with a 400-node Gauss rule. */
    @Test
    void leastSquaresCoefficientsAgreeWithNumpy() {
        assertOdd(SigmoidApproximation.leastSquares(3, 8), 0.15012041327353465, -0.0015930174072204084);
        assertOdd(
                SigmoidApproximation.leastSquares(5, 8),
                0.1913048866173666,
                -0.004596051921874823,
                4.223017286232772e-05);
        assertOdd(
                SigmoidApproximation.leastSquares(7, 16),
                0.14627260713712703,
                -0.0018614402077282836,
                1.0776860322848575e-05,
                -2.0880267443416462e-08);
    }

    private static void assertOdd(SigmoidApproximation s, double... expected) {
        assertThat(s.degree()).isEqualTo(2 * expected.length - 1);
        assertThat(s.coefficients()[0]).isEqualTo(0.5);
        for (int k = 0; k < expected.length; k++) {
            assertThat(s.coefficients()[2 * k + 1]).isCloseTo(expected[k], within(1e-12 * Math.abs(expected[k])));
        }
        assertThat(s.isOdd()).isTrue();
    }

    @Test
    void paperCubicIsAsPublished() {
        for (double z : new double[] {-8, -1.5, 0, 0.25, 3, 9}) {
            assertThat(SigmoidApproximation.PAPER_CUBIC.applyAsDouble(z))
                    .isCloseTo(0.5 + 0.106795345 * z * (1 - 0.003605331 * z * z), within(1e-15));
        }
    }

    /** What the class comment of LeastSquaresFit says: the published cubic is not the best one on [-8, 8]. */
    @Test
    void paperCubicIsNotTheLeastSquaresFitOnItsInterval() {
        double[] fit = SigmoidApproximation.leastSquares(3, 8).coefficients();
        double[] paper = SigmoidApproximation.PAPER_CUBIC.coefficients();
        assertThat(fit[1] - paper[1]).isCloseTo(0.0433, within(1e-4));
        assertThat(rms(SigmoidApproximation.leastSquares(3, 8))).isCloseTo(0.0596, within(1e-4));
        assertThat(rms(SigmoidApproximation.PAPER_CUBIC)).isCloseTo(0.1118, within(1e-4));
        assertThat(SigmoidApproximation.PAPER_CUBIC.maxError()).isCloseTo(0.1703, within(1e-3));
    }

    private static double rms(SigmoidApproximation s) {
        double sum = 0;
        for (int i = 0; i < 10_000; i++) {
            double z = -8 + 16 * (i + 0.5) / 10_000;
            double d = s.applyAsDouble(z) - SigmoidApproximation.sigmoid(z);
            sum += d * d;
        }
        return Math.sqrt(sum / 10_000);
    }

    @Test
    void sigmoidNeitherOverflowsNorLosesSymmetry() {
        assertThat(SigmoidApproximation.sigmoid(0)).isEqualTo(0.5);
        assertThat(SigmoidApproximation.sigmoid(800)).isEqualTo(1);
        assertThat(SigmoidApproximation.sigmoid(-800)).isEqualTo(0);
        assertThat(SigmoidApproximation.sigmoid(-40)).isCloseTo(4.248354255291589e-18, within(1e-32));
        assertThat(SigmoidApproximation.sigmoid(1.25) + SigmoidApproximation.sigmoid(-1.25))
                .isCloseTo(1, within(1e-16));
    }

    @Test
    void isAValue() {
        double[] c = {0.5, 0.2};
        SigmoidApproximation s = new SigmoidApproximation(c, -1, 1);
        c[1] = 9;
        s.coefficients()[1] = 9;
        assertThat(s.applyAsDouble(1)).isEqualTo(0.7);
        assertThat(s)
                .isEqualTo(new SigmoidApproximation(new double[] {0.5, 0.2}, -1, 1))
                .hasSameHashCodeAs(new SigmoidApproximation(new double[] {0.5, 0.2}, -1, 1));
        assertThat(s).isNotEqualTo(new SigmoidApproximation(new double[] {0.5, 0.3}, -1, 1));
        assertThat(s).isNotEqualTo(new SigmoidApproximation(new double[] {0.5, 0.2}, -1, 2));
        assertThat(s).hasToString("0.5 + 0.2 z on [-1.0, 1.0]");
        assertThat(new SigmoidApproximation(new double[] {0.5, 0.2, 0.1}, -1, 1).isOdd())
                .isFalse();
    }

    @Test
    void theChebyshevFormIsTheSamePolynomialWithSmallCoefficients() {
        SigmoidApproximation s = SigmoidApproximation.WEIGHTED_15;
        Polynomial c = s.chebyshev();
        assertThat(c.isChebyshev()).isTrue();
        assertThat(List.of(c.lo(), c.hi(), c.degree())).isEqualTo(List.of(s.lo(), s.hi(), s.degree()));
        for (double z = s.lo(); z <= s.hi(); z += 0.5) {
            assertThat(c.valueAt(z)).isCloseTo(s.applyAsDouble(z), within(1e-9));
        }
        assertThat(Arrays.stream(c.coefficients()).map(Math::abs).max().orElseThrow())
                .isLessThan(1);
    }

    @Test
    void refusesConstantsInfiniteCoefficientsAndEmptyIntervals() {
        assertThatThrownBy(() -> new SigmoidApproximation(new double[] {0.5}, -1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "of degree 1 or more, found a polynomial of degree 0 [0.5]; give Polynomial.monomial");
        assertThatThrownBy(() -> new SigmoidApproximation(Polynomial.chebyshev(-1, 1, 0.5, 0.2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a polynomial in powers of z");
        assertThatThrownBy(() -> new SigmoidApproximation(Polynomial.monomial(0.5, 0.2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found [-Infinity, Infinity]");
        assertThatThrownBy(() -> new SigmoidApproximation(new double[] {0.5, Double.NaN}, -1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found NaN for z^1");
        assertThatThrownBy(() -> new SigmoidApproximation(new double[] {0.5, 1}, 1, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found [1.0, -1.0]");
        assertThatThrownBy(() -> SigmoidApproximation.leastSquares(3, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
