package io.github.hecnn.mlr.roles.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import org.junit.jupiter.api.Test;

class PerturbedRehearsalTest {
    /** Growth of errors in 40 iterations by step size, on data whose columns are far from centred. */
    private static double growth(double step) {
        LabeledDataset data = LongFixture.data(1024, 3);
        double[][] x = new double[data.samples()][13];
        for (int i = 0; i < x.length; i++) {
            x[i][0] = 1;
            System.arraycopy(data.features()[i], 0, x[i], 1, 12);
        }
        MlrConfig config = RowRecipe.settings(1024, 13, 10, 40, SigmoidApproximation.WEIGHTED_15)
                .learningRate(step)
                .outsideInterval(OutsideInterval.GO_ON)
                .build();
        double[][] targets = config.targets(data.labels());
        RowRecipe recipe = RowRecipe.of(config, new RowLayout(1024, 4, 10, 13, 4), 4);
        PlainTrainer.History history = recipe.rehearse(x, targets);
        return PerturbedRehearsal.growth(recipe, x, targets, history);
    }

    @Test
    void errorsOfStableStepsStayWhatTheyAre() {
        assertThat(growth(1)).isBetween(1.0, 30.0);
        assertThat(growth(4)).isBetween(1.0, 30.0);
    }

    @Test
    void aTrainingThatGoesWellInDoublesMayAmplifyErrors() {
        assertThat(growth(6.25)).isGreaterThan(1000);
    }
}
