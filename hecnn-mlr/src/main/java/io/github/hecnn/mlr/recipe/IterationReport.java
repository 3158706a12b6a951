package io.github.hecnn.mlr.recipe;

import io.github.hecnn.ckks.slots.OperationCounts;

/**
 * What one iteration of a training took.
 *
 * @param iteration 1 for the first
 * @param level level of its encrypted weights
 * @param counts operations of this iteration; in the first one also those that prepare the uploads
 * @param seconds wall clock time of the same
 */
public record IterationReport(int iteration, int level, OperationCounts counts, double seconds) {}
