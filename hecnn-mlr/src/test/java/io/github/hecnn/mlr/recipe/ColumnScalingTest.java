package io.github.hecnn.mlr.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.features.QuadraticGradient;
import org.junit.jupiter.api.Test;

class ColumnScalingTest {
    private static final double[][] X = {{1, 2, 0}, {1, -1, 0}, {1, 0, 0}, {1, 3, 0}};

    @Test
    void factorsAreTheRootOfTheQuadraticGradientTimesABalance() {
        ColumnScaling scaling = ColumnScaling.of(X, io.github.hecnn.mlr.features.Preconditioner.PROGRAM_BOUND);
        double[] b = QuadraticGradient.diagonal(X);
        double rho = ColumnScaling.balance(4, 3);
        assertThat(rho).isEqualTo(2);
        for (int k = 0; k < 2; k++) {
            assertThat(scaling.factor(k)).isCloseTo(rho * Math.sqrt(b[k]), within(1e-12));
            assertThat(scaling.decodeWeight(scaling.encodeWeight(0.7, k), k, 0.7))
                    .isCloseTo(0.7, within(1e-12));
        }
    }

    @Test
    void columnsOfZerosAreLeftAlone() {
        ColumnScaling scaling = ColumnScaling.of(X, io.github.hecnn.mlr.features.Preconditioner.PROGRAM_BOUND);
        assertThat(scaling.factor(2)).isZero();
        assertThat(scaling.encodeWeight(0.7, 2)).isZero();
        assertThat(scaling.decodeWeight(123, 2, 0.7)).isEqualTo(0.7);
    }

    @Test
    void balanceIsAPowerOfTwoNearTheFourthRoot() {
        assertThat(ColumnScaling.balance(128, 401)).isEqualTo(16);
        assertThat(ColumnScaling.balance(1, 2)).isEqualTo(1);
    }
}
