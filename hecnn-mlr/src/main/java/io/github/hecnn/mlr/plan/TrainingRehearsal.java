package io.github.hecnn.mlr.plan;

import io.github.hecnn.ckks.circuit.OperationCounts;
import io.github.hecnn.ckks.circuit.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.circuit.SimulatedVector;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import java.util.ArrayList;
import java.util.List;

/**
 * A training run on books alone, which gives exactly the levels, keys and operations of a real one.
 *
 * @param levels levels it takes
 * @param counts all operations
 * @param iterations one report an iteration; its levels are those of a run with just enough of them, its seconds mean nothing
 * @param weightCiphertexts encrypted weights of one iteration
 */
public record TrainingRehearsal(
        int levels, OperationCounts counts, List<IterationReport> iterations, int weightCiphertexts) {
    /** More than any chain has. */
    static final int PLENTY = 1000;

    public static TrainingRehearsal of(TrainingRecipe recipe) {
        int levels = PLENTY - counts(recipe).lowestLevel();
        TrainingRehearsal exact = run(recipe, levels);
        return new TrainingRehearsal(levels, exact.counts, exact.iterations, exact.weightCiphertexts);
    }

    /** The operations alone, with levels to spare. */
    public static OperationCounts counts(TrainingRecipe recipe) {
        return run(recipe, PLENTY).counts;
    }

    private static TrainingRehearsal run(TrainingRecipe recipe, int levels) {
        SimulatedSlotAlgebra algebra =
                SimulatedSlotAlgebra.builder(recipe.slots(), levels).booksOnly().build();
        List<SimulatedVector> uploads = new ArrayList<>();
        for (int i = 0; i < recipe.uploads(); i++) {
            uploads.add(algebra.fresh());
        }
        List<IterationReport> reports = new ArrayList<>();
        List<List<SimulatedVector>> weights;
        try {
            weights = recipe.train(algebra, uploads, reports::add);
        } catch (LevelException e) {
            throw new IllegalArgumentException(
                    "training plan: expected a training of at most " + levels + " levels, found one of more ("
                            + e.getMessage() + "); choose fewer iterations",
                    e);
        }
        return new TrainingRehearsal(
                levels, algebra.counts(), List.copyOf(reports), weights.get(0).size());
    }
}
