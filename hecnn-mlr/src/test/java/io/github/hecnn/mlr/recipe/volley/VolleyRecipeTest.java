package io.github.hecnn.mlr.recipe.volley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.hecnn.ckks.circuit.PlainVector;
import io.github.hecnn.ckks.circuit.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.circuit.SimulatedVector;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.plan.TrainingRehearsal;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.RecipeSimulation;
import io.github.hecnn.mlr.recipe.RecipeSimulation.Data;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolleyRecipeTest {
    private static final double TOLERANCE = 1e-9;
    private static final double PAPER_WEIGHT = 0.0128;

    private static MlrConfig config(int samples, int features, int classes, int iterations) {
        return MlrConfig.builder(samples, features, classes, iterations)
                .initialWeight(PAPER_WEIGHT)
                .build();
    }

    private static Data data(MlrConfig config) {
        return RecipeSimulation.data(config.samples(), config.features(), config.classes(), 11);
    }

    /** Runs with exactly the levels and rotation keys announced; returns the largest difference from the plain trainer. */
    private static double error(VolleyRecipe recipe, Data data) {
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(recipe.slots(), recipe.levels())
                .rotationSteps(TrainingRehearsal.of(recipe).counts().rotationSteps())
                .build();
        assertThat(recipe.encodeInputs(data.x(), data.labels(), recipe.scaling(data.x())))
                .hasSize(recipe.uploads());
        List<double[][]> encrypted = RecipeSimulation.train(recipe, algebra, data);
        assertThat(encrypted).hasSize(recipe.config().iterations());
        assertThat(algebra.counts().lowestLevel()).isZero();
        List<double[][]> plain = PlainTrainer.train(data.x(), data.labels(), recipe.config());
        return RecipeSimulation.largestDifference(plain, encrypted);
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
    void takesPolynomialsWithEvenAndMissingTerms() {
        double[][] all = {{0.5, 0, 0.01}, {0.4, 0.1, 0.01, 0, 0.001}, {0.5, 0, 0, 0.002}, {0.5, 0.1, 0, 0}};
        for (double[] coefficients : all) {
            SigmoidApproximation polynomial = new SigmoidApproximation(coefficients, -5, 4);
            MlrConfig config =
                    MlrConfig.builder(20, 9, 2, 2).sigmoid(polynomial).build();
            assertThat(error(VolleyRecipe.of(config, 128), data(config)))
                    .as(polynomial.toString())
                    .isLessThan(TOLERANCE);
        }
    }

    @Test
    void featureThatIsAlwaysZeroKeepsItsFirstWeight() {
        MlrConfig config = config(20, 9, 2, 2);
        Data data = data(config);
        for (double[] row : data.x()) {
            row[4] = 0;
        }
        assertThat(error(VolleyRecipe.of(config, 256), data)).isLessThan(TOLERANCE);
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
    void reportsEveryIterationAndProgress() {
        VolleyRecipe recipe = VolleyRecipe.of(config(40, 21, 3, 2), 256);
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(256, recipe.levels());
        List<IterationReport> reports = new ArrayList<>();
        List<String> phases = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void iterationDone(IterationReport report) {
                reports.add(report);
            }

            @Override
            public void progress(String phase, double fraction) {
                assertThat(fraction).isBetween(0.0, 1.0);
                phases.add(phase);
            }
        };
        recipe.train(algebra, fresh(recipe, algebra), listener);
        assertThat(reports).extracting(IterationReport::iteration).containsExactly(1, 2);
        assertThat(reports).extracting(IterationReport::level).containsExactly(3, 0);
        assertThat(reports).allSatisfy(r -> assertThat(r.seconds()).isPositive());
        assertThat(reports.stream().mapToLong(r -> r.counts().keySwitches()).sum())
                .isEqualTo(algebra.counts().keySwitches());
        assertThat(phases).contains("preparation", "iteration 1", "iteration 2");
    }

    private static List<SimulatedVector> fresh(VolleyRecipe recipe, SimulatedSlotAlgebra algebra) {
        return Collections.nCopies(recipe.uploads(), algebra.fresh());
    }

    @Test
    void everyAnnouncedKeyIsNeeded() {
        VolleyRecipe recipe = VolleyRecipe.of(config(40, 21, 3, 2), 256);
        Set<Integer> steps = TrainingRehearsal.of(recipe).counts().rotationSteps();
        for (int step : steps) {
            Set<Integer> fewer = new TreeSet<>(steps);
            fewer.remove(step);
            SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(256, recipe.levels())
                    .rotationSteps(fewer)
                    .booksOnly()
                    .build();
            assertThatThrownBy(() -> recipe.train(algebra, fresh(recipe, algebra), TrainingListener.NONE))
                    .isInstanceOf(MissingKeyException.class)
                    .hasMessageContaining("no key for " + step + " steps");
        }
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(256, recipe.levels())
                .withoutConjugationKey()
                .build();
        assertThatThrownBy(() -> recipe.train(algebra, fresh(recipe, algebra), TrainingListener.NONE))
                .isInstanceOf(MissingKeyException.class);
    }

    @Test
    void refusesTooFewLevels() {
        VolleyRecipe recipe = VolleyRecipe.of(config(40, 21, 3, 2), 256);
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(256, recipe.levels() - 1);
        assertThatThrownBy(() -> recipe.train(algebra, fresh(recipe, algebra), TrainingListener.NONE))
                .isInstanceOf(LevelException.class)
                .hasMessageContaining("expected uploads of level 9 or more for 2 iterations, found 8");
    }

    @Test
    void refusesOtherUploads() {
        VolleyRecipe recipe = VolleyRecipe.of(config(40, 21, 3, 2), 256);
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(256, recipe.levels());
        assertThatThrownBy(() -> recipe.train(algebra, List.of(algebra.fresh()), TrainingListener.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected " + recipe.uploads() + " uploads of 256 slots, found 1");
        SimulatedSlotAlgebra larger = new SimulatedSlotAlgebra(512, recipe.levels());
        assertThatThrownBy(() -> recipe.train(larger, fresh(recipe, larger), TrainingListener.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of 512");
    }

    @Test
    void refusesOtherDataAndWeights() {
        VolleyRecipe recipe = VolleyRecipe.of(config(40, 21, 3, 2), 256);
        Data other = RecipeSimulation.data(40, 20, 3, 1);
        assertThatThrownBy(() -> recipe.encodeInputs(other.x(), other.labels(), recipe.scaling(other.x())))
                .isInstanceOf(IllegalArgumentException.class);
        Data right = RecipeSimulation.data(40, 21, 3, 1);
        assertThatThrownBy(() -> recipe.decodeWeights(List.of(), recipe.scaling(right.x())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 1 vectors of 256 slots, found 0");
        assertThatThrownBy(() -> recipe.decodeWeights(List.of(PlainVector.constant(0, 128)), recipe.scaling(right.x())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[128]");
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
        SigmoidApproximation constant = new SigmoidApproximation(new double[] {0.5, 0}, -8, 8);
        assertThatThrownBy(() -> VolleyRecipe.of(
                        MlrConfig.builder(40, 21, 3, 2).sigmoid(constant).build(), 256))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("degree 1 or more");
    }
}
