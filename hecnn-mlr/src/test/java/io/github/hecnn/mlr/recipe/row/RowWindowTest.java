package io.github.hecnn.mlr.recipe.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.EncryptedTraining;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** More iterations than gradients that are kept. */
class RowWindowTest {
    private static final int ITERATIONS = 2 * RowRecipe.WINDOW + 20;
    private static final int SAMPLES = 256;

    private static SimulatedVector encrypt(SimulatedSlotAlgebra algebra, PlainVector p) {
        double[] re = new double[p.size()];
        double[] im = new double[p.size()];
        for (int s = 0; s < re.length; s++) {
            re[s] = p.re(s);
            im[s] = p.im(s);
        }
        return algebra.encrypt(re, im);
    }

    @Test
    void aStateHasNoMoreGradientsThanThatHoweverManyIterationsThereAre() {
        Random random = new Random(3);
        double[][] features = new double[SAMPLES][6];
        int[] labels = new int[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            labels[i] = i % 3;
            for (int k = 0; k < 6; k++) {
                features[i][k] = (k == labels[i] ? 1 : 0) + random.nextGaussian();
            }
        }
        double[][] x = FeatureScaler.withOnes(
                FeatureScaler.fit(ScalingKind.CENTER, features, null).transform(features));
        MlrConfig config = RowRecipe.settings(SAMPLES, 7, 3, ITERATIONS, SigmoidApproximation.WEIGHTED_7)
                .learningRate(4)
                .build();
        RowRecipe plain = RowRecipe.of(config, new RowLayout(1024, 4, 3, 7, 2), 1);
        BootstrapParameters boot = RowParameters.of(plain, SecurityLevel.NONE).bootstrap();
        ColumnScaling scaling = plain.scaling(x);
        PlainTrainer.History expected = plain.rehearse(x, config.targets(labels));
        RowRecipe recipe = plain.refreshing(plain.refreshScale(expected, scaling, boot.bound()));
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(boot.ckksParameters())
                .refreshing(boot.refreshLimits())
                .rotationSteps(recipe.layout().rotationSteps())
                .build();
        List<SimulatedVector> uploads = new ArrayList<>();
        for (PlainVector p : recipe.encodeInputs(x, config.targets(labels), scaling)) {
            uploads.add(encrypt(algebra, p));
        }
        EncryptedDesign<SimulatedVector> design = recipe.design(algebra, uploads, 0, null);
        EncryptedTraining<SimulatedVector> training = recipe.training(design);
        List<Integer> sizes = new ArrayList<>();
        training.run(training.start(), ITERATIONS, recipe.batches(), false, (state, weights) -> {
            sizes.add(state.terms().size());
            SimulatedVector v = weights.get(0);
            double[][] found = recipe.decodeWeights(
                    List.of(PlainVector.complex(algebra.decrypt(v), algebra.decryptImaginary(v))), scaling);
            double[][] clear = expected.weights().get(state.iteration() - 1);
            for (int j = 0; j < clear.length; j++) {
                for (int k = 0; k < clear[j].length; k++) {
                    assertThat(Math.abs(found[j][k] - clear[j][k]))
                            .as("iteration %d", state.iteration())
                            .isLessThan(1e-7);
                }
            }
        });
        assertThat(sizes).hasSize(ITERATIONS).allMatch(size -> size <= RowRecipe.WINDOW + 1);
        assertThat(algebra.counts().refreshes()).isEqualTo(ITERATIONS + 2 * 2);
    }

    /** One gradient more a step, and two values of what was gathered less often. */
    @Test
    void errorsThatArePromisedGrowWithIterationsAndGatherings() {
        double before = deviation(RowRecipe.WINDOW - 1);
        double after = deviation(RowRecipe.WINDOW);
        assertThat(deviation(1)).isLessThan(before);
        assertThat(before).isLessThan(after);
        assertThat(deviation(4 * RowRecipe.WINDOW)).isBetween(after, 10 * after);
    }

    private static double deviation(int iterations) {
        MlrConfig config = RowRecipe.settings(SAMPLES, 7, 3, iterations, SigmoidApproximation.WEIGHTED_7)
                .build();
        return RowRecipe.of(config, new RowLayout(1024, 4, 3, 7, 2), 1)
                .refreshing(0.25)
                .weightDeviation(1e-4);
    }
}
