package io.github.hecnn.mlr.recipe.volley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.plan.TrainingRehearsal;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.RecipeContract;
import io.github.hecnn.mlr.recipe.RecipeSimulation;
import io.github.hecnn.mlr.recipe.RecipeSimulation.Data;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolleyRecipeTest extends RecipeContract {
    private static final double PAPER_WEIGHT = 0.0128;

    @Override
    protected TrainingRecipe recipe(MlrConfig config, int slots) {
        return VolleyRecipe.of(config, slots);
    }

    @Override
    protected MlrConfig config(int samples, int features, int classes, int iterations) {
        return MlrConfig.builder(samples, features, classes, iterations)
                .initialWeight(PAPER_WEIGHT)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "128, 401, 10, 2, 32768",
        "128, 401, 10, 1, 16384",
        "128, 401, 10, 2, 8192",
        "64, 401, 10, 1, 32768",
        "100, 30, 3, 3, 1024",
        "64, 5, 2, 3, 512",
        "37, 5, 2, 2, 4096",
        "1, 2, 2, 2, 8",
        "33, 17, 5, 2, 1024",
        "50, 3, 7, 2, 512",
        "30, 2, 2, 2, 16",
        "128, 401, 10, 2, 4096",
        "20, 40, 3, 3, 64",
        "9, 33, 19, 2, 128",
        "70, 11, 6, 2, 32"
    })
    void agreesWithThePlainTrainer(int samples, int features, int classes, int iterations, int slots) {
        MlrConfig config = config(samples, features, classes, iterations);
        assertThat(error(VolleyRecipe.of(config, slots), data(config))).isLessThan(TOLERANCE);
    }

    @Test
    void reproducesThePublishedWeights() {
        String folder = System.getenv("HECNN_DATA");
        assumeThat(folder).as("HECNN_DATA names the folder with paper/").isNotNull();
        Path paper = Path.of(folder, "paper");
        LabeledDataset images = DatasetReader.csv(paper.resolve("regnet-x-400mf-mnist-first128.csv"), 10);
        double[][] x = new double[128][];
        for (int i = 0; i < x.length; i++) {
            x[i] = new double[401];
            x[i][0] = 1;
            System.arraycopy(images.features()[i], 0, x[i], 1, 400);
        }
        VolleyRecipe recipe = VolleyRecipe.of(config(128, 401, 10, 2), 1 << 15);
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(1 << 15, recipe.levels());
        List<double[][]> weights = RecipeSimulation.train(recipe, algebra, new Data(x, images.labels()));
        double[] tolerance = {1e-6, 3e-6};
        for (int t = 0; t < 2; t++) {
            double[][] published =
                    DatasetReader.matrix(paper.resolve("published-weights-iteration-" + (t + 1) + ".csv"));
            assertThat(RecipeSimulation.largestDifference(
                            Collections.singletonList(published), weights.subList(t, t + 1)))
                    .as("iteration %d", t + 1)
                    .isLessThan(tolerance[t]);
        }
    }

    @Test
    void costsOfThePaper() {
        VolleyRecipe recipe = VolleyRecipe.of(config(128, 401, 10, 2), 1 << 15);
        TrainingRehearsal rehearsal = TrainingRehearsal.of(recipe);
        assertThat(recipe.uploads()).isEqualTo(3);
        assertThat(rehearsal.levels()).isEqualTo(9).isEqualTo(recipe.levels());
        assertThat(rehearsal.counts().rotationSteps()).hasSize(23);
        assertThat(rehearsal.iterations().get(0).counts().keySwitches()).isEqualTo(43 + 49);
        assertThat(rehearsal.iterations().get(1).counts().keySwitches()).isEqualTo(49);
        assertThat(rehearsal.iterations().get(1).counts().hoistedRotations()).isEqualTo(10);
        assertThat(rehearsal.weightLevels().get(0).size()).isEqualTo(1);
        assertThat(recipe.workingCiphertexts()).isLessThan(80);
        assertThat(VolleyRecipe.of(config(128, 401, 10, 2), 1 << 14).uploads()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "3, 4", "5, 5", "7, 5", "9, 6"})
    void takesSigmoidPolynomialsOfAnyDegree(int degree, int levelsPerIteration) {
        MlrConfig config = MlrConfig.builder(40, 21, 3, 2)
                .sigmoid(SigmoidApproximation.leastSquares(degree, 6))
                .initialWeight(PAPER_WEIGHT)
                .build();
        VolleyRecipe recipe = VolleyRecipe.of(config, 256);
        assertThat(recipe.levels()).isEqualTo(1 + 2 * levelsPerIteration);
        assertThat(error(recipe, data(config))).isLessThan(TOLERANCE);
    }

    @Test
    void weightsOfAnySizeAreCutIntoTiles() {
        VolleyRecipe recipe = VolleyRecipe.of(config(9, 33, 19, 2), 128);
        assertThat(recipe.toString()).contains(" tiles of features, ", " of classes");
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(128, recipe.levels());
        List<List<SimulatedVector>> weights = recipe.train(algebra, fresh(recipe, algebra), TrainingListener.NONE);
        assertThat(weights.get(1)).hasSizeGreaterThan(1);
        assertThat(VolleyRecipe.of(config(9, 33, 3, 2), 1024).toString()).doesNotContain("tiles");
    }

    /** Slots of padding hold nothing that could grow: decrypted weights are 0 wherever there is no class and no feature. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void paddingStaysZero(int iterations) {
        MlrConfig config = config(20, 9, 3, iterations);
        VolleyRecipe recipe = VolleyRecipe.of(config, 256);
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(256, recipe.levels());
        Data data = data(config);
        List<SimulatedVector> uploads = new ArrayList<>();
        for (PlainVector v : recipe.encodeInputs(data.x(), data.labels(), recipe.scaling(data.x()))) {
            uploads.add(algebra.addPlain(algebra.fresh(), v));
        }
        List<List<SimulatedVector>> weights = recipe.train(algebra, uploads, TrainingListener.NONE);
        double[] last = algebra.decrypt(weights.get(iterations - 1).get(0));
        for (int i = 0; i < last.length; i++) {
            boolean padding = i / 16 % 4 == 3 || i % 16 >= 9;
            assertThat(last[i] == 0).as("slot %d", i).isEqualTo(padding);
        }
        assertThat(Arrays.stream(last).map(Math::abs).max().orElseThrow()).isLessThan(10);
    }

    @Test
    void takesAnyNumberOfUploads() {
        MlrConfig config = config(150, 21, 3, 2);
        VolleyRecipe recipe = VolleyRecipe.of(config, 256);
        assertThat(recipe.uploads()).isGreaterThan(12);
        assertThat(error(recipe, data(config))).isLessThan(TOLERANCE);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> VolleyRecipe.of(config(1 << 20, 4000, 10, 1), 16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("paper recipe: ")
                .hasMessageContaining("at most 1048576 ciphertexts of 16 slots");
        assertThatThrownBy(() -> VolleyRecipe.of(config(2000, 401, 10, 2), 1 << 15, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 6 uploads, found 18 of 32768 slots for 2000 samples of 401 features");
        assertThatThrownBy(() -> VolleyRecipe.of(config(20, 4, 2, 2), 1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("power of two of slots");
    }
}
