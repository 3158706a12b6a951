package io.github.hecnn.mlr.transfer.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.hecnn.mlr.transfer.network.train.BinaryMetrics;
import java.util.List;
import java.util.Map;

/**
 * Everything a run of CryptoTL has to say, in the shape of {@code report.json}. Shares are fractions, 0..1.
 *
 * @param source task of the encoder, as the server tells it
 * @param target task that the client learned
 * @param trainingClassCounts training texts of class 0 and of class 1
 * @param testClassCounts test texts of class 0 and of class 1
 * @param sentences what embeds the texts
 * @param seed of the choice of examples and of the heads; keys and noise are always secure
 * @param heads what the client's heads reach on the tests, by name
 * @param losses training losses of the heads, epoch by epoch, by name
 * @param comparison with the same pipeline in the clear; null if the roles ran apart, when nobody has both sides
 * @param privacy of the head called {@code private}; null if there is none
 * @param notes what a reader must know to judge the numbers
 */
@JsonPropertyOrder({"program", "version", "source", "target"})
public record TransferReport(
        String program,
        String version,
        String source,
        String target,
        int samples,
        int tests,
        List<Integer> trainingClassCounts,
        List<Integer> testClassCounts,
        String sentences,
        int lanes,
        long seed,
        Map<String, Score> heads,
        Map<String, List<Double>> losses,
        Comparison comparison,
        Privacy privacy,
        Traffic traffic,
        Scheme scheme,
        Seconds seconds,
        Host machine,
        List<String> notes) {

    /** This with other heads, and with a comparison. */
    TransferReport with(Map<String, Score> otherHeads, Map<String, List<Double>> otherLosses, Comparison compared) {
        return new TransferReport(
                program,
                version,
                source,
                target,
                samples,
                tests,
                trainingClassCounts,
                testClassCounts,
                sentences,
                lanes,
                seed,
                otherHeads,
                otherLosses,
                compared,
                privacy,
                traffic,
                scheme,
                seconds,
                machine,
                notes);
    }

    /** A head on the tests. */
    public record Score(
            double accuracy, double f1, double kappa, double precision, double recall, BinaryMetrics counts) {
        /** Of those counts. */
        public static Score of(BinaryMetrics m) {
            return new Score(m.accuracy(), m.f1(), m.kappa(), m.precision(), m.recall(), m);
        }
    }

    /**
     * The decrypted outputs beside the encoder's in the clear.
     *
     * @param largestError of an output
     * @param rootMeanSquareError of all outputs
     * @param accuracyPoints by which the head on the decrypted outputs is ahead
     */
    public record Comparison(double largestError, double rootMeanSquareError, double accuracyPoints) {}

    /** Differential privacy of a training example, added or removed, against whoever sees the private head. */
    public record Privacy(double epsilon, double delta, double noiseMultiplier, int steps) {}

    /** Bytes of files. */
    public record Traffic(
            int queries, long bytesUpPerQuery, long bytesDownPerQuery, long evaluationKeyBytes, long publicKeyBytes) {}

    /** Parameters and circuit. */
    public record Scheme(
            String parameters,
            int ringDegree,
            int levels,
            double logQ,
            double logP,
            int securityBits,
            String circuit,
            double floodingDeviation) {}

    /**
     * Wall-clock seconds.
     *
     * @param perCiphertext evaluations in order; the first one encodes the weights, too
     * @param perText median evaluation over lanes
     */
    public record Seconds(
            double keyGeneration,
            double encryption,
            List<Double> perCiphertext,
            double medianPerCiphertext,
            double perText,
            double decryption,
            double heads) {}

    /** Where it ran. */
    public record Host(
            String kernels,
            int serverThreads,
            String serverJava,
            long serverNeededMemoryBytes,
            long serverPeakMemoryBytes,
            String clientJava,
            long clientPeakMemoryBytes,
            String operatingSystem) {}
}
