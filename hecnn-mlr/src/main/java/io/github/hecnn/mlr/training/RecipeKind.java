package io.github.hecnn.mlr.training;

import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import io.github.hecnn.mlr.recipe.packed.PackedRecipe;
import io.github.hecnn.mlr.recipe.volley.VolleyRecipe;
import java.util.Arrays;
import java.util.Locale;

/** The ways there are to lay out a training in slots. All compute the same iteration. */
public enum RecipeKind {
    /** {@link PackedRecipe}: few key switches, four levels an iteration with a cubic. */
    FAST {
        @Override
        public TrainingRecipe recipe(MlrConfig config, int slots, int maxUploads) {
            return PackedRecipe.of(config, slots, maxUploads);
        }
    },
    /** {@link VolleyRecipe}: the layout of arXiv 2304.03807. */
    PAPER {
        @Override
        public TrainingRecipe recipe(MlrConfig config, int slots, int maxUploads) {
            return VolleyRecipe.of(config, slots, maxUploads);
        }
    },
    /**
     * {@link PackedRecipe} or {@link io.github.hecnn.mlr.recipe.row.RowRecipe}, which takes fewer operations and more uploads: whatever costs less by the price
     * list, encryption included. {@link io.github.hecnn.mlr.plan.TrainingPlan} says which was taken.
     */
    CHEAPEST {
        @Override
        public TrainingRecipe recipe(MlrConfig config, int slots, int maxUploads) {
            return CheapestRecipe.of(config, slots, maxUploads);
        }
    };

    /**
     * {@return the recipe of this kind}
     *
     * @param config settings of the training
     * @param slots half the ring degree, a power of two
     * @param maxUploads ciphertexts the owner may upload
     * @throws IllegalArgumentException if the training does not fit into so many slots
     */
    public abstract TrainingRecipe recipe(MlrConfig config, int slots, int maxUploads);

    /** The name in options and reports, {@code fast}, {@code paper} or {@code cheapest}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the opposite of {@link #toString}}
     *
     * @param name {@code fast}, {@code paper} or {@code cheapest}
     * @throws IllegalArgumentException if there is no such kind
     */
    public static RecipeKind named(String name) {
        for (RecipeKind kind : values()) {
            if (kind.toString().equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "recipe: expected one of " + Arrays.toString(values()) + ", found '" + name + "'; choose one of these");
    }
}
