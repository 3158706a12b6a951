package io.github.hecnn.mlr.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.Iris;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.recipe.MlrConfig;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PreconditionerChoiceTest {
    private static final int SAMPLES = 400;
    private static final int FEATURES = 20;

    private final int[] labels = new int[SAMPLES];
    private final double[][] x = new double[SAMPLES][FEATURES];

    /** Two classes of unequal size under a large common disturbance, whose products cancel in X^T X but not in magnitudes. */
    PreconditionerChoiceTest() {
        Random random = new Random(7);
        double[][] means = new double[2][FEATURES];
        for (double[] mean : means) {
            Arrays.setAll(mean, k -> 0.5 * random.nextGaussian());
        }
        for (int i = 0; i < SAMPLES; i++) {
            int label = Math.min(1, (int) (2 * Math.pow(random.nextDouble(), 2)));
            double common = 3 * random.nextGaussian();
            Arrays.setAll(
                    x[i], k -> k == 0 ? 1 : means[label][k] + common * (k % 2 == 0 ? 1 : -1) + random.nextGaussian());
            labels[i] = label;
        }
    }

    @Test
    void algorithm1IsChosenWhereItIsBetterByTwoStandardErrors() {
        PreconditionerChoice choice = PreconditionerChoice.of(x, labels, MlrConfig.of(SAMPLES, FEATURES, 2, 1));
        assertThat(choice.chosen()).isEqualTo(Preconditioner.ALGORITHM_1);
        assertThat(choice.samples()).isEqualTo(SAMPLES);
        assertThat(choice.algorithm1Right()).isGreaterThan(choice.programBoundRight() + 10);
        assertThat(choice.reason()).contains("better by over two standard errors", "" + choice.algorithm1Right());
    }

    @Test
    void theSettingsOwnPreconditionerDoesNotMatter() {
        MlrConfig config = MlrConfig.of(SAMPLES, FEATURES, 2, 1);
        assertThat(PreconditionerChoice.of(x, labels, config.withPreconditioner(Preconditioner.ALGORITHM_1)))
                .isEqualTo(PreconditionerChoice.of(x, labels, config));
    }

    @Test
    void theProgramsBoundIsKeptWhereNeitherIsBetter() {
        PreconditionerChoice choice =
                PreconditionerChoice.of(Iris.standardized(), Iris.labels(), MlrConfig.of(150, 5, 3, 2));
        assertThat(choice.chosen()).isEqualTo(Preconditioner.PROGRAM_BOUND);
        assertThat(choice.reason()).contains("not better");
        assertThat(choice.samples()).isEqualTo(150);
    }

    @Test
    void theProgramsBoundIsTakenWithoutATrialForFewSamplesAndIterations() {
        double[][] few = Arrays.copyOf(x, FEATURES - 1);
        int[] fewLabels = Arrays.copyOf(labels, FEATURES - 1);
        PreconditionerChoice choice =
                PreconditionerChoice.of(few, fewLabels, MlrConfig.of(FEATURES - 1, FEATURES, 2, 2));
        assertThat(choice.chosen()).isEqualTo(Preconditioner.PROGRAM_BOUND);
        assertThat(choice.samples()).isZero();
        assertThat(choice.reason()).contains("fewer samples than features");
        assertThat(PreconditionerChoice.of(few, fewLabels, MlrConfig.of(FEATURES - 1, FEATURES, 2, 3))
                        .samples())
                .isEqualTo(FEATURES - 1);
        assertThat(PreconditionerChoice.of(Arrays.copyOf(x, 7), new int[7], MlrConfig.of(7, FEATURES, 2, 3))
                        .reason())
                .contains("too few samples");
    }

    @Test
    void trainingsThatOverflowAreNoReasonToFail() {
        MlrConfig config = MlrConfig.builder(150, 5, 3, 9).initialWeight(1e5).build();
        assertThatCode(() -> PreconditionerChoice.of(Iris.standardized(), Iris.labels(), config))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesDataOfAnotherShape() {
        assertThatThrownBy(() -> PreconditionerChoice.of(x, labels, MlrConfig.of(SAMPLES, FEATURES + 1, 2, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected rows of 21 columns");
    }
}
