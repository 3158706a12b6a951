package io.github.hecnn.mlr.recipe.row;

/**
 * A layout with what it costs.
 *
 * @param layout where everything is
 * @param blocksPerBatch blocks of a minibatch
 * @param iterationCost price of an iteration, the refresh included
 * @param uploads ciphertexts of all whole batches
 * @param uploadBytes their bytes, as they are sent
 * @param keySwitches of an iteration, without those inside the refresh
 */
public record RowPlan(
        RowLayout layout, int blocksPerBatch, double iterationCost, int uploads, long uploadBytes, long keySwitches) {}
