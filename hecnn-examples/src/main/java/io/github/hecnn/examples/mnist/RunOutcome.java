package io.github.hecnn.examples.mnist;

import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.examples.exchange.CloudReport;
import io.github.hecnn.mlr.rehearsal.WeightComparison;
import java.util.List;

/**
 * What an encrypted run adds to its rehearsal.
 *
 * @param weights decrypted, after each iteration
 * @param comparisons of these weights with the rehearsal's
 * @param elapsedSeconds of all roles
 */
record RunOutcome(
        List<double[][]> weights,
        List<WeightComparison> comparisons,
        OwnerState owner,
        CloudReport cloud,
        CkksParameters parameters,
        double decryptionSeconds,
        double elapsedSeconds) {}
