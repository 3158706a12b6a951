package io.github.hecnn.mlr.transfer;

import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.RunFile;
import java.util.List;
import java.util.Objects;

/**
 * What the server says about its work, {@code server-account.json}.
 *
 * @param runId of the job
 * @param source task of the encoder; the server tells it
 * @param circuit sizes, levels and keys of the circuit
 * @param secondsPerCiphertext of each evaluation; the first one encodes the weights, too
 * @param floodingDeviation of the noise added to every slot
 * @param kernels arithmetic kernels that ran
 * @param threads worker threads
 * @param javaVersion of its virtual machine
 * @param neededMemoryBytes heap that it took the work to need
 * @param peakMemoryBytes the most memory its process has held
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
        long neededMemoryBytes,
        long peakMemoryBytes,
        List<FileSeal> files)
        implements RunFile {
    /**
     * Copies the lists; as it comes from a file, nothing may be missing.
     *
     * @param runId of the job
     * @param source task of the encoder; the server tells it
     * @param circuit sizes, levels and keys of the circuit
     * @param secondsPerCiphertext of each evaluation; the first one encodes the weights, too
     * @param floodingDeviation of the noise added to every slot
     * @param kernels arithmetic kernels that ran
     * @param threads worker threads
     * @param javaVersion of its virtual machine
     * @param neededMemoryBytes heap that it took the work to need
     * @param peakMemoryBytes the most memory its process has held
     * @param files the answers
     */
    public ServerAccount {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(circuit, "circuit");
        Objects.requireNonNull(kernels, "kernels");
        Objects.requireNonNull(javaVersion, "javaVersion");
        secondsPerCiphertext = List.copyOf(secondsPerCiphertext);
        files = List.copyOf(files);
    }
}
