package io.github.hecnn.examples.mnist;

import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.examples.exchange.CloudReport;
import java.util.List;

/**
 * What an encrypted run adds to its rehearsal.
 *
 * @param weights decrypted, after each iteration
 * @param elapsedSeconds of all roles
 */
record RunOutcome(
        List<double[][]> weights,
        OwnerState owner,
        CloudReport cloud,
        CkksParameters parameters,
        double decryptionSeconds,
        double elapsedSeconds) {}
