package io.github.hecnn.mlr.recipe.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.plan.NoPlanException;
import io.github.hecnn.mlr.plan.PlanRefusal;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.RecipeContract;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackedRecipeTest extends RecipeContract {
    @Override
    protected TrainingRecipe recipe(MlrConfig config, int slots) {
        return PackedRecipe.of(config, slots);
    }

    @Override
    protected MlrConfig config(int samples, int features, int classes, int iterations) {
        return MlrConfig.of(samples, features, classes, iterations);
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
