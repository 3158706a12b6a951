package io.github.hecnn.examples.cryptotl.shared;

import io.github.hecnn.mlr.exchange.FileSeal;
import java.util.List;

/**
 * What the server says about its work.
 *
 * @param runId of the job
 * @param source task of the encoder; the server tells it
 * @param circuit sizes, levels and keys of the circuit
 * @param secondsPerCiphertext of each evaluation; the first one encodes the weights, too
 * @param floodingDeviation of the noise added to every slot
 * @param files the answers
 */
public record ServerAccount(
        String runId,
        String source,
        String circuit,
        List<Double> secondsPerCiphertext,
        double floodingDeviation,
        String kernels,
        int threads,
        String javaVersion,
        long peakMemoryBytes,
        List<FileSeal> files) {}
