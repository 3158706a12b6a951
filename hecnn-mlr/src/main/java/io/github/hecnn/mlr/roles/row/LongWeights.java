package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.Refresher;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import io.github.hecnn.mlr.serving.QueryProfile;
import java.util.Arrays;
import java.util.List;

/**
 * What the owner keeps of its data to read weights later: centring and names in an untrained model, a factor for each feature, and for each iteration
 * one number to know the right weights by. Immutable and thread-safe.
 */
final class LongWeights {
    /** Noise changes weights by far less; a wrong key makes them millions of times larger. */
    private static final double TOLERANCE = 0.05;

    private static final double ABSOLUTE_TOLERANCE = 0.01;

    private final RowRecipe recipe;
    private final MlrModel untrained;
    private final ColumnScaling columns;
    private final List<Double> norms;

    LongWeights(RowRecipe recipe, LongOwnerFile state, MlrModel untrained) {
        double[] factors = state.columnFactors().stream().mapToDouble(f -> f).toArray();
        if (factors.length != recipe.config().features()
                || state.weightNorms().size() != recipe.config().iterations()) {
            throw new DataFormatException("owner's settings: expected factors of "
                    + recipe.config().features() + " features and "
                    + recipe.config().iterations() + " iterations, found " + factors.length + " and "
                    + state.weightNorms().size() + "; " + LongFiles.ASK_AGAIN);
        }
        this.recipe = recipe;
        this.untrained = untrained;
        columns = new ColumnScaling(factors);
        norms = state.weightNorms();
    }

    /** The model of decrypted slots. */
    MlrModel model(int iteration, PlainVector slots) {
        double[][] weights = recipe.decodeWeights(List.of(slots), columns);
        double found = norm(weights);
        double expected = norms.get(iteration - 1);
        if (!(Math.abs(found - expected) <= TOLERANCE * expected + ABSOLUTE_TOLERANCE)) {
            throw new IllegalArgumentException("decrypt weights of iteration " + iteration
                    + ": expected a norm of about " + expected + " as in the rehearsal, found " + found
                    + "; the secret key, the files of the run or the cloud's circuit are not those of this run: "
                    + LongFiles.TRAIN_AGAIN + ", or " + LongFiles.ASK_AGAIN);
        }
        return new MlrModel(
                new LinearModel(weights, untrained.labelNames()),
                untrained.scaling(),
                untrained.featureNames(),
                untrained.provenance().with("iterations", iteration));
    }

    /** What the owner needs to ask the encrypted model. */
    QueryProfile profile(LongOwnerFile state, Refresher.Limits refresh) {
        return QueryProfile.ofTraining(state.runId(), recipe, columns, state.weightNorm(), refresh, untrained);
    }

    RowRecipe recipe() {
        return recipe;
    }

    static double norm(double[][] weights) {
        return Math.sqrt(Arrays.stream(weights)
                .flatMapToDouble(Arrays::stream)
                .map(w -> w * w)
                .sum());
    }
}
