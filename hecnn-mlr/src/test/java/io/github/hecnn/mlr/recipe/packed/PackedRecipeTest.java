package io.github.hecnn.mlr.recipe.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.circuit.PlainVector;
import io.github.hecnn.ckks.circuit.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.circuit.SimulatedVector;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.plan.NoPlanException;
import io.github.hecnn.mlr.plan.PlanRefusal;
import io.github.hecnn.mlr.plan.TrainingRehearsal;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.RecipeSimulation;
import io.github.hecnn.mlr.recipe.RecipeSimulation.Data;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackedRecipeTest {
    private static final double TOLERANCE = 1e-9;

    /** Runs with exactly the levels announced; returns the largest difference from the plain trainer over all iterations. */
    private static double error(PackedRecipe recipe, Data data) {
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(recipe.slots(), recipe.levels());
        List<double[][]> plain = PlainTrainer.train(data.x(), data.labels(), recipe.config());
        List<double[][]> packed = RecipeSimulation.train(recipe, algebra, data);
        assertThat(packed).hasSize(recipe.config().iterations());
        assertThat(algebra.counts().lowestLevel()).isZero();
        return RecipeSimulation.largestDifference(plain, packed);
    }

    private static Data data(MlrConfig config) {
        return RecipeSimulation.data(config.samples(), config.features(), config.classes(), 7);
    }

    @ParameterizedTest
    @CsvSource({
        "128, 393, 10, 1, 8192",
        "128, 393, 10, 2, 8192",
        "128, 401, 10, 2, 16384",
        "128, 401, 10, 3, 8192",
        "100, 30, 3, 1, 1024",
        "100, 30, 3, 3, 2048",
        "64, 5, 2, 3, 512",
        "64, 5, 2, 2, 4096",
        "1, 2, 2, 2, 8",
        "33, 17, 5, 2, 1024"
    })
    void agreesWithThePlainTrainer(int samples, int features, int classes, int iterations, int slots) {
        MlrConfig config = MlrConfig.of(samples, features, classes, iterations);
        PackedRecipe recipe = PackedRecipe.of(config, slots);
        assertThat(error(recipe, data(config))).isLessThan(TOLERANCE);
    }

    /** Every shape of the layout: lone blocks of samples and features, one class slot to spare or none, repeated samples. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16, 32, 64})
    void agreesForEveryWidth(int width) {
        for (int samples : new int[] {3, 20, 40}) {
            MlrConfig config = MlrConfig.of(samples, 21, 3, 2);
            PackedRecipe recipe = PackedRecipe.withWidth(config, 256, width);
            assertThat(error(recipe, data(config))).as(recipe.toString()).isLessThan(TOLERANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void startsFromOtherWeights(int iterations) {
        for (int width : new int[] {4, 32}) {
            MlrConfig config = MlrConfig.builder(40, 21, 3, iterations)
                    .initialWeight(0.0128)
                    .build();
            PackedRecipe recipe = PackedRecipe.withWidth(config, 512, width);
            assertThat(recipe.levels()).isEqualTo(1 + 4 * iterations);
            assertThat(error(recipe, data(config))).isLessThan(TOLERANCE);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "3, 4", "5, 5", "7, 5", "9, 6", "15, 6"})
    void takesSigmoidPolynomialsOfAnyDegree(int degree, int levelsPerIteration) {
        MlrConfig config = MlrConfig.builder(40, 21, 3, 2)
                .sigmoid(SigmoidApproximation.leastSquares(degree, 6))
                .build();
        PackedRecipe recipe = PackedRecipe.withWidth(config, 256, 8);
        assertThat(recipe.levels()).isEqualTo(2 + levelsPerIteration);
        assertThat(error(recipe, data(config))).isLessThan(TOLERANCE);
    }

    @Test
    void takesPolynomialsWithEvenAndMissingTerms() {
        double[][] all = {
            {0.5, 0, 0.01},
            {0.4, 0.1, 0.01, 0, 0.001},
            {0.5, 0, 0, 0.002},
            {0.5, 0.1, 0, 0, 0, 0, 0.0001, 0},
            {0.5, 0.1, 0, 0}
        };
        for (double[] coefficients : all) {
            SigmoidApproximation polynomial = new SigmoidApproximation(coefficients, -5, 4);
            MlrConfig config =
                    MlrConfig.builder(20, 9, 2, 2).sigmoid(polynomial).build();
            assertThat(error(PackedRecipe.withWidth(config, 128, 4), data(config)))
                    .as(polynomial.toString())
                    .isLessThan(TOLERANCE);
        }
    }

    @Test
    void featureThatIsAlwaysZeroKeepsItsFirstWeight() {
        MlrConfig config = MlrConfig.builder(20, 9, 2, 2).initialWeight(0.25).build();
        Data data = data(config);
        for (double[] row : data.x()) {
            row[4] = 0;
        }
        PackedRecipe recipe = PackedRecipe.of(config, 256);
        assertThat(error(recipe, data)).isLessThan(TOLERANCE);
    }

    @Test
    void reportsEveryIterationAndProgress() {
        MlrConfig config = MlrConfig.of(40, 21, 3, 2);
        PackedRecipe recipe = PackedRecipe.of(config, 256);
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
        recipe.train(algebra, uploads(recipe, algebra), listener);
        assertThat(reports).extracting(IterationReport::iteration).containsExactly(1, 2);
        assertThat(reports).extracting(IterationReport::level).containsExactly(3, 0);
        assertThat(reports).allSatisfy(r -> assertThat(r.seconds()).isPositive());
        assertThat(reports.stream().mapToLong(r -> r.counts().keySwitches()).sum())
                .isEqualTo(algebra.counts().keySwitches());
        assertThat(phases).contains("preparation", "iteration 1", "iteration 2");
    }

    private static List<SimulatedVector> uploads(PackedRecipe recipe, SimulatedSlotAlgebra algebra) {
        List<SimulatedVector> out = new ArrayList<>();
        for (int i = 0; i < recipe.uploads(); i++) {
            out.add(algebra.fresh());
        }
        return out;
    }

    @Test
    void everyAnnouncedRotationKeyIsNeeded() {
        PackedRecipe recipe = PackedRecipe.of(MlrConfig.of(40, 21, 3, 2), 256);
        Set<Integer> steps = TrainingRehearsal.of(recipe).counts().rotationSteps();
        trainWithKeys(recipe, steps);
        for (int step : steps) {
            Set<Integer> fewer = new TreeSet<>(steps);
            fewer.remove(step);
            assertThatThrownBy(() -> trainWithKeys(recipe, fewer))
                    .isInstanceOf(MissingKeyException.class)
                    .hasMessageContaining(Integer.toString(step));
        }
    }

    private static void trainWithKeys(PackedRecipe recipe, Set<Integer> steps) {
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(recipe.slots(), recipe.levels())
                .rotationSteps(steps)
                .booksOnly()
                .build();
        recipe.train(algebra, uploads(recipe, algebra), TrainingListener.NONE);
    }

    @Test
    void refusesMissingConjugationKey() {
        PackedRecipe recipe = PackedRecipe.of(MlrConfig.of(40, 21, 3, 2), 256);
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(256, recipe.levels())
                .withoutConjugationKey()
                .build();
        assertThatThrownBy(() -> recipe.train(algebra, uploads(recipe, algebra), TrainingListener.NONE))
                .isInstanceOf(MissingKeyException.class);
    }

    @Test
    void refusesTooFewLevels() {
        PackedRecipe recipe = PackedRecipe.of(MlrConfig.of(40, 21, 3, 2), 256);
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(256, recipe.levels() - 1);
        assertThatThrownBy(() -> recipe.train(algebra, uploads(recipe, algebra), TrainingListener.NONE))
                .isInstanceOf(LevelException.class)
                .hasMessageContaining("expected uploads of level 6 or more for 2 iterations, found 5");
    }

    @Test
    void refusesOtherUploads() {
        PackedRecipe recipe = PackedRecipe.of(MlrConfig.of(40, 21, 3, 2), 256);
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(256, recipe.levels());
        List<SimulatedVector> fewer = uploads(recipe, algebra).subList(1, recipe.uploads());
        assertThatThrownBy(() -> recipe.train(algebra, fewer, TrainingListener.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected " + recipe.uploads() + " uploads of 256 slots");
        SimulatedSlotAlgebra larger = new SimulatedSlotAlgebra(512, recipe.levels());
        assertThatThrownBy(() -> recipe.train(larger, uploads(recipe, larger), TrainingListener.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found " + recipe.uploads() + " of 512");
    }

    @Test
    void refusesOtherData() {
        PackedRecipe recipe = PackedRecipe.of(MlrConfig.of(40, 21, 3, 2), 256);
        Data other = RecipeSimulation.data(40, 20, 3, 1);
        assertThatThrownBy(() -> recipe.encodeInputs(other.x(), other.labels(), recipe.scaling(other.x())))
                .isInstanceOf(IllegalArgumentException.class);
        Data right = RecipeSimulation.data(40, 21, 3, 1);
        right.labels()[3] = 3;
        assertThatThrownBy(() -> recipe.encodeInputs(right.x(), right.labels(), recipe.scaling(right.x())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesOtherWeights() {
        PackedRecipe recipe = PackedRecipe.of(MlrConfig.of(40, 21, 3, 2), 256);
        Data data = RecipeSimulation.data(40, 21, 3, 1);
        assertThatThrownBy(() -> recipe.decodeWeights(List.of(), recipe.scaling(data.x())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0");
        List<PlainVector> small = new ArrayList<>();
        for (int i = 0; i < TrainingRehearsal.of(recipe).weightLevels().get(0).size(); i++) {
            small.add(PlainVector.constant(0, 128));
        }
        assertThatThrownBy(() -> recipe.decodeWeights(small, recipe.scaling(data.x())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[128]");
    }

    @Test
    void refusesConstantSigmoid() {
        SigmoidApproximation constant = new SigmoidApproximation(new double[] {0.5, 0}, -8, 8);
        MlrConfig config = MlrConfig.builder(40, 21, 3, 2).sigmoid(constant).build();
        assertThatThrownBy(() -> PackedRecipe.of(config, 256))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("degree 1 or more");
    }

    @Test
    void refusesTooManyUploadsWithTheNumbers() {
        assertThatThrownBy(() -> PackedRecipe.of(MlrConfig.of(128, 401, 10, 2), 2048, 6))
                .isInstanceOfSatisfying(NoPlanException.class, e -> {
                    assertThat(e.reasons()).containsOnlyKeys(12);
                    assertThat(e.reasons().get(12).kind()).isEqualTo(PlanRefusal.Kind.UPLOADS);
                    assertThat(e.reasons().get(12).expected()).isEqualTo(6);
                })
                .hasMessageContaining("at most 6 uploads for 128 samples x 401 features x 10 classes in 2048 slots")
                .hasMessageContaining("at width 32");
        assertThatThrownBy(() -> PackedRecipe.of(MlrConfig.of(128, 401, 10, 2), 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows longer than that");
    }

    @Test
    void refusesImpossibleLayouts() {
        MlrConfig config = MlrConfig.of(40, 21, 3, 2);
        assertThatThrownBy(() -> PackedRecipe.of(config, 1000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PackedRecipe.withWidth(config, 256, 12)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PackedRecipe.withWidth(config, 256, 128))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row of at most 256 slots");
    }

    @Test
    void sameSettingsGiveTheSameLayout() {
        MlrConfig config = MlrConfig.of(128, 393, 10, 2);
        assertThat(PackedRecipe.of(config, 8192))
                .hasToString(PackedRecipe.of(config, 8192).toString());
    }
}
