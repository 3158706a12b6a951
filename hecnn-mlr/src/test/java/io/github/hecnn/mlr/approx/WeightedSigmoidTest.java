package io.github.hecnn.mlr.approx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import org.junit.jupiter.api.Test;

class WeightedSigmoidTest {
    /** Chebyshev coefficients of an implementation in numpy, rounded to six places. */
    private static final double[] DEGREE_15 = {
        0.42775, 0.642187, 0.107383, -0.146126, -0.123001, 0.082723, 0.069439, 0.010532, -0.081089, 0.014235, 0.008798,
        0.060027, -0.05807, 0.029682, -0.020126, 0.063974
    };

    @Test
    void hasTheCoefficientsOfTheReference() {
        assertThat(SigmoidApproximation.WEIGHTED_15.chebyshev().coefficients())
                .containsExactly(DEGREE_15, within(6e-7));
        assertThat(SigmoidApproximation.WEIGHTED_15.applyAsDouble(0)).isCloseTo(0.494382, within(6e-7));
    }

    @Test
    void isNearTheSigmoidWhereScoresAreAndBoundedElsewhere() {
        double near = 0;
        double all = 0;
        for (double z = -24; z <= 16; z += 0.01) {
            double error =
                    Math.abs(SigmoidApproximation.WEIGHTED_15.applyAsDouble(z) - SigmoidApproximation.sigmoid(z));
            all = Math.max(all, error);
            near = z >= -12 && z <= 8 ? Math.max(near, error) : near;
        }
        assertThat(near).isCloseTo(0.0313, within(1e-4));
        assertThat(all).isLessThan(0.5);
    }

    @Test
    void isTheSamePolynomialInBothForms() {
        for (SigmoidApproximation s : new SigmoidApproximation[] {
            SigmoidApproximation.WEIGHTED_15, SigmoidApproximation.WEIGHTED_7, SigmoidApproximation.PAPER_CUBIC
        }) {
            Polynomial p = s.chebyshev();
            for (double z = s.lo(); z <= s.hi(); z += (s.hi() - s.lo()) / 100) {
                assertThat(p.valueAt(z)).isCloseTo(s.applyAsDouble(z), within(1e-9));
            }
        }
    }

    @Test
    void refusesWeightsThatAreNoWeights() {
        assertThatThrownBy(() -> SigmoidApproximation.weighted(15, -24, 16, -4, 0, 0.003))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("positive spread and floor");
        assertThatThrownBy(() -> SigmoidApproximation.weighted(15, -24, 16, -4, 5, 0))
                .hasMessageContaining("positive spread and floor");
        assertThatThrownBy(() -> SigmoidApproximation.weighted(32, -24, 16, -4, 5, 0.003))
                .hasMessageContaining("degree of 1..31");
        assertThatThrownBy(() -> SigmoidApproximation.weighted(7, 16, -24, -4, 5, 0.003))
                .hasMessageContaining("lo < hi");
    }
}
