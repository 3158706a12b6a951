package io.github.hecnn.mlr.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.plan.TrainingRehearsal;
import io.github.hecnn.mlr.recipe.RecipeSimulation.Data;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What every recipe promises: {@link TrainingRecipe}. */
public abstract class RecipeContract {
    protected static final double TOLERANCE = 1e-9;

    /** For the recipes' own tests. */
    protected RecipeContract() {}

    private static final int SLOTS = 256;

    /** The recipe, with a layout of its own choice. */
    protected abstract TrainingRecipe recipe(MlrConfig config, int slots);

    /** Settings that the recipe is made for. */
    protected abstract MlrConfig config(int samples, int features, int classes, int iterations);

    private TrainingRecipe small() {
        return recipe(config(40, 21, 3, 2), SLOTS);
    }

    /** Samples and labels for the settings. */
    protected static Data data(MlrConfig config) {
        return RecipeSimulation.data(config.samples(), config.features(), config.classes(), 7);
    }

    /** Runs with exactly the levels and rotation keys announced; returns the largest difference from the plain trainer over all iterations. */
    protected static double error(TrainingRecipe recipe, Data data) {
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(recipe.slots(), recipe.levels())
                .rotationSteps(TrainingRehearsal.of(recipe).counts().rotationSteps())
                .build();
        assertThat(recipe.encodeInputs(data.x(), data.labels(), recipe.scaling(data.x())))
                .hasSize(recipe.uploads());
        List<double[][]> weights = RecipeSimulation.train(recipe, algebra, data);
        assertThat(weights).hasSize(recipe.config().iterations());
        assertThat(algebra.counts().lowestLevel()).isZero();
        List<double[][]> plain = PlainTrainer.train(data.x(), data.labels(), recipe.config());
        return RecipeSimulation.largestDifference(plain, weights);
    }

    /** Uploads of which nothing is known but that they are there. */
    protected static List<SimulatedVector> fresh(TrainingRecipe recipe, SimulatedSlotAlgebra algebra) {
        return Collections.nCopies(recipe.uploads(), algebra.fresh());
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
            assertThat(error(recipe(config, 128), data(config)))
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
        assertThat(error(recipe(config, SLOTS), data)).isLessThan(TOLERANCE);
    }

    @Test
    void reportsEveryIterationAndProgress() {
        TrainingRecipe recipe = small();
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(SLOTS, recipe.levels());
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

    @Test
    void everyAnnouncedKeyIsNeeded() {
        TrainingRecipe recipe = small();
        Set<Integer> steps = TrainingRehearsal.of(recipe).counts().rotationSteps();
        for (int step : steps) {
            Set<Integer> fewer = new TreeSet<>(steps);
            fewer.remove(step);
            SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(SLOTS, recipe.levels())
                    .rotationSteps(fewer)
                    .booksOnly()
                    .build();
            assertThatThrownBy(() -> recipe.train(algebra, fresh(recipe, algebra), TrainingListener.NONE))
                    .isInstanceOf(MissingKeyException.class)
                    .hasMessageContaining("no key for " + step + " steps");
        }
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(SLOTS, recipe.levels())
                .withoutConjugationKey()
                .build();
        assertThatThrownBy(() -> recipe.train(algebra, fresh(recipe, algebra), TrainingListener.NONE))
                .isInstanceOf(MissingKeyException.class);
    }

    @Test
    void refusesTooFewLevels() {
        TrainingRecipe recipe = small();
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(SLOTS, recipe.levels() - 1);
        assertThatThrownBy(() -> recipe.train(algebra, fresh(recipe, algebra), TrainingListener.NONE))
                .isInstanceOf(LevelException.class)
                .hasMessageContaining("expected uploads of level " + recipe.levels()
                        + " or more for 2 iterations, found " + (recipe.levels() - 1));
    }

    @Test
    void refusesOtherUploads() {
        TrainingRecipe recipe = small();
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(SLOTS, recipe.levels());
        List<SimulatedVector> fewer = fresh(recipe, algebra).subList(1, recipe.uploads());
        assertThatThrownBy(() -> recipe.train(algebra, fewer, TrainingListener.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "expected " + recipe.uploads() + " uploads of 256 slots, found " + (recipe.uploads() - 1));
        SimulatedSlotAlgebra larger = new SimulatedSlotAlgebra(2 * SLOTS, recipe.levels());
        assertThatThrownBy(() -> recipe.train(larger, fresh(recipe, larger), TrainingListener.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found " + recipe.uploads() + " of 512");
    }

    @Test
    void refusesOtherData() {
        TrainingRecipe recipe = small();
        Data other = RecipeSimulation.data(40, 20, 3, 1);
        assertThatThrownBy(() -> recipe.encodeInputs(other.x(), other.labels(), recipe.scaling(other.x())))
                .isInstanceOf(IllegalArgumentException.class);
        Data right = data(recipe.config());
        right.labels()[3] = 3;
        assertThatThrownBy(() -> recipe.encodeInputs(right.x(), right.labels(), recipe.scaling(right.x())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesOtherWeights() {
        TrainingRecipe recipe = small();
        Data data = data(recipe.config());
        int count = TrainingRehearsal.of(recipe).weightLevels().get(0).size();
        assertThatThrownBy(() -> recipe.decodeWeights(List.of(), recipe.scaling(data.x())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected " + count + " vectors of 256 slots, found 0");
        List<PlainVector> small = Collections.nCopies(count, PlainVector.constant(0, SLOTS / 2));
        assertThatThrownBy(() -> recipe.decodeWeights(small, recipe.scaling(data.x())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[128]");
    }
}
