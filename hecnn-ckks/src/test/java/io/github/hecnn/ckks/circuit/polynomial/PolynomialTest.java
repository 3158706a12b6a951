package io.github.hecnn.ckks.circuit.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.InvalidParametersException;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PolynomialTest {
    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void valuesArePlainSums() {
        Random r = new Random(1);
        for (int degree = 0; degree < 20; degree++) {
            double[] c = r.doubles(degree + 1, -1, 1).toArray();
            Polynomial powers = Polynomial.monomial(c);
            Polynomial series = Polynomial.chebyshev(-3, 5, c);
            for (double t = -1; t <= 1; t += 0.125) {
                double p = 0;
                double s = 0;
                for (int j = 0; j <= degree; j++) {
                    p += c[j] * Math.pow(t, j);
                    s += c[j] * Math.cos(j * Math.acos(t));
                }
                assertThat(powers.valueAt(t)).isCloseTo(p, Offset.offset(1e-12));
                assertThat(series.valueAt(1 + 4 * t)).isCloseTo(s, Offset.offset(1e-12));
            }
        }
    }

    @Test
    void leadingZerosAreDropped() {
        Polynomial p = Polynomial.monomial(1, 2, 0, 0);
        assertThat(p.degree()).isEqualTo(1);
        assertThat(p.coefficients()).containsExactly(1, 2);
        assertThat(Polynomial.monomial().degree()).isZero();
        assertThat(Polynomial.monomial(0, 0).coefficients()).containsExactly(0);
    }

    @Test
    void interpolatesAtChebyshevNodes() {
        Polynomial exact = Polynomial.chebyshev(-2, 7, 1, -2, 3, 0.5);
        assertThat(Polynomial.interpolate(exact::valueAt, 3, -2, 7).coefficients())
                .containsExactly(exact.coefficients(), Offset.offset(1e-13));
        assertThat(Polynomial.interpolate(Math::exp, 20, -1, 1).valueAt(0.3))
                .isCloseTo(Math.exp(0.3), Offset.offset(1e-14));
        // the nearest singularity, pi i, sets the rate: (pi / 8 + sqrt(1 + (pi / 8)^2))^-31
        Polynomial p = Polynomial.interpolate(PolynomialTest::sigmoid, 31, -8, 8);
        double worst = 0;
        for (double x = -8; x <= 8; x += 0.01) {
            worst = Math.max(worst, Math.abs(p.valueAt(x) - sigmoid(x)));
        }
        assertThat(worst).isBetween(1e-7, 1e-5);
    }

    @Test
    void symmetryShowsInTheCoefficients() {
        double[] odd =
                Polynomial.interpolate(PolynomialTest::sigmoid, 15, -8, 8).coefficients();
        assertThat(odd[0]).isCloseTo(0.5, Offset.offset(1e-15));
        for (int j = 2; j < odd.length; j += 2) {
            assertThat(odd[j]).isZero();
        }
        double[] even = Polynomial.interpolate(Math::cos, 15, -8, 8).coefficients();
        assertThat(even).hasSize(15);
        for (int j = 1; j < even.length; j += 2) {
            assertThat(even[j]).isZero();
        }
    }

    private static void refuses(String text, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidParametersException.class).hasMessageContaining(text);
    }

    @Test
    void refusals() {
        refuses("found NaN at index 1", () -> Polynomial.monomial(1, Double.NaN));
        refuses("found Infinity at index 0", () -> Polynomial.chebyshev(0, 1, Double.POSITIVE_INFINITY));
        refuses("found 2.0 to 1.0", () -> Polynomial.chebyshev(2, 1, 1));
        refuses("found 1.0 to 1.0", () -> Polynomial.interpolate(Math::exp, 3, 1, 1));
        refuses("found 0.0 to Infinity", () -> Polynomial.chebyshev(0, Double.POSITIVE_INFINITY, 1));
        refuses("found NaN to 1.0", () -> Polynomial.chebyshev(Double.NaN, 1, 1));
        double[] long1 = new double[1025];
        long1[1024] = 1;
        refuses("at most 1023, found 1024", () -> Polynomial.monomial(long1));
        refuses("from 0 to 1023, found -1", () -> Polynomial.interpolate(Math::exp, -1, 0, 1));
        refuses("finite coefficients", () -> Polynomial.interpolate(Math::log, 3, -1, 1));
    }
}
