package io.github.hecnn.benchmarks.cryptotl;

import io.github.hecnn.mlr.transfer.network.train.BinaryMetrics;

/**
 * What one way to use a target's examples reached on its tests.
 *
 * @param seed of every choice
 * @param source task of the encoder
 * @param target task that was learned
 * @param way {@code transfer}, {@code raw} and so on, see {@link CryptoTlTable}
 * @param metrics counts on the tests
 */
record Measurement(long seed, String source, String target, String way, BinaryMetrics metrics) {
    /** First line of a file of measurements. */
    static final String HEAD = "seed,source,target,way,truePositives,falsePositives,trueNegatives,falseNegatives";

    /** As a line of CSV. */
    String line() {
        return seed + "," + source + "," + target + "," + way + "," + metrics.truePositives() + ","
                + metrics.falsePositives() + "," + metrics.trueNegatives() + "," + metrics.falseNegatives();
    }
}
