package io.github.hecnn.mlr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.plan.PlanLimits;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import io.github.hecnn.mlr.recipe.packed.PackedRecipe;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import org.junit.jupiter.api.Test;

class CheapestRecipeTest {
    private static TrainingPlan plan(RecipeKind kind, MlrConfig config) {
        return TrainingPlan.smallest(config, kind::recipe, PlanLimits.DEFAULT.withMaxMemoryBytes(1L << 34));
    }

    /** A hundred samples would leave most rows empty, and every one of many uploads has to be encrypted. */
    @Test
    void fewSamplesArePackedAsBefore() {
        MlrConfig config = MlrConfig.of(128, 197, 10, 2);
        TrainingPlan plan = plan(RecipeKind.CHEAPEST, config);
        assertThat(plan.recipe()).isInstanceOf(PackedRecipe.class);
        assertThat(plan.toString())
                .contains("fast: ")
                .isEqualTo(plan(RecipeKind.FAST, config).toString());
    }

    @Test
    void manySamplesAreRowsWhichTakeFewerSeconds() {
        MlrConfig config = MlrConfig.of(1500, 201, 10, 2);
        TrainingPlan plan = plan(RecipeKind.CHEAPEST, config);
        assertThat(plan.recipe()).isInstanceOf(RowRecipe.class);
        assertThat(plan.toString()).contains("rows: ", "3 groups");
        TrainingPlan packed = plan(RecipeKind.FAST, config);
        assertThat(plan.predictedSeconds()).isLessThan(packed.predictedSeconds() / 2);
        assertThat(plan.uploadBytes()).isGreaterThan(packed.uploadBytes());
    }

    @Test
    void rowsAreNotTakenBeyondTheUploadsOrFromStartWeightsTheyCannotHave() {
        MlrConfig config = MlrConfig.of(1500, 201, 10, 2);
        int slots = 8192;
        TrainingRecipe rows = RecipeKind.CHEAPEST.recipe(config, slots, Integer.MAX_VALUE);
        assertThat(rows).isInstanceOf(RowRecipe.class);
        TrainingRecipe packed = RecipeKind.FAST.recipe(config, slots, Integer.MAX_VALUE);
        assertThat(packed.uploads()).isLessThan(rows.uploads());
        assertThat(RecipeKind.CHEAPEST.recipe(config, slots, packed.uploads())).isInstanceOf(PackedRecipe.class);
        MlrConfig everywhere = config.toBuilder().initialWeight(0.1).build();
        assertThat(RecipeKind.CHEAPEST.recipe(everywhere, slots, Integer.MAX_VALUE))
                .isInstanceOf(PackedRecipe.class);
        assertThatThrownBy(() -> RecipeKind.CHEAPEST.recipe(config, 8, Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
