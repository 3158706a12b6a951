package io.github.hecnn.mlr.plan;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationPrices;
import io.github.hecnn.ckks.slots.OperationCounts;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A training run on books alone, which gives exactly the levels, keys and operations of a real one. Immutable and thread-safe. */
public final class TrainingRehearsal {
    private final int levels;
    private final SimulatedSlotAlgebra books;
    private final OperationCounts counts;
    private final List<IterationReport> iterations;
    private final List<List<Integer>> weightLevels;

    private TrainingRehearsal(TrainingRecipe recipe, int levels) {
        this.levels = levels;
        books = SimulatedSlotAlgebra.builder(recipe.slots(), levels).booksOnly().build();
        List<SimulatedVector> uploads = new ArrayList<>();
        for (int i = 0; i < recipe.uploads(); i++) {
            uploads.add(books.fresh());
        }
        List<IterationReport> reports = new ArrayList<>();
        List<List<Integer>> weights = new ArrayList<>();
        for (List<SimulatedVector> iteration : recipe.train(books, uploads, reports::add)) {
            weights.add(iteration.stream().map(books::level).toList());
        }
        counts = books.counts();
        iterations = List.copyOf(reports);
        weightLevels = List.copyOf(weights);
    }

    /**
     * Runs a recipe with just the levels it takes.
     *
     * @param recipe any recipe
     * @return its books
     */
    public static TrainingRehearsal of(TrainingRecipe recipe) {
        TrainingRehearsal run = new TrainingRehearsal(recipe, recipe.levels());
        int spare = run.counts.lowestLevel();
        return spare == 0 ? run : new TrainingRehearsal(recipe, recipe.levels() - spare);
    }

    /** {@return levels the training takes} */
    public int levels() {
        return levels;
    }

    /** {@return all operations} */
    public OperationCounts counts() {
        return counts;
    }

    /** {@return one report an iteration; its levels are those of a run with just enough of them, its seconds mean nothing} */
    public List<IterationReport> iterations() {
        return iterations;
    }

    /** {@return levels of the encrypted weights, a list for each iteration} */
    public List<List<Integer>> weightLevels() {
        return weightLevels;
    }

    /**
     * What all operations would take on one thread, each at its level.
     *
     * @param prices those of the parameters
     * @return seconds: good for comparing plans and for a progress bar, not a promise
     */
    public double seconds(OperationPrices prices) {
        return books.seconds(prices);
    }

    /**
     * {@return the same for each kind of operation there is}
     *
     * @param prices of operations
     */
    public Map<Operation, Double> secondsByOperation(OperationPrices prices) {
        return books.secondsByOperation(prices);
    }
}
