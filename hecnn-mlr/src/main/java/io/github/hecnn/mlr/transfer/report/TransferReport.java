package io.github.hecnn.mlr.transfer.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.hecnn.mlr.transfer.network.train.BinaryMetrics;
import java.util.List;
import java.util.Map;

/**
 * Everything a run of CryptoTL has to say, in the shape of {@code report.json}. Shares are fractions, 0..1.
 *
 * @param program name of the program
 * @param version of the program
 * @param source task of the encoder, as the server tells it
 * @param target task that the client learned
 * @param samples texts trained on
 * @param tests texts tested on
 * @param trainingClassCounts training texts of class 0 and of class 1
 * @param testClassCounts test texts of class 0 and of class 1
 * @param sentences what embeds the texts
 * @param lanes texts in a ciphertext
 * @param seed of the choice of examples and of the heads; keys and noise are always secure
 * @param heads what the client's heads reach on the tests, by name
 * @param losses training losses of the heads, epoch by epoch, by name
 * @param comparison with the same pipeline in the clear; null if the roles ran apart, when nobody has both sides
 * @param privacy of the head called {@code private}; null if there is none
 * @param traffic bytes
 * @param scheme parameters
 * @param seconds times
 * @param machine where it ran
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

    /**
     * A head on the tests.
     *
     * @param accuracy share that is right
     * @param f1 harmonic mean of precision and recall
     * @param kappa Cohen's
     * @param precision of class 1
     * @param recall of class 1
     * @param counts by class and prediction
     */
    public record Score(
            double accuracy, double f1, double kappa, double precision, double recall, BinaryMetrics counts) {
        /**
         * {@return the score of those counts}
         *
         * @param m counts
         */
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

    /**
     * Differential privacy of a training example, added or removed, against whoever sees the private head.
     *
     * @param epsilon of the whole training
     * @param delta probability that the guarantee fails, above 0
     * @param noiseMultiplier deviation of the noise over the clipping bound
     * @param steps of the training
     */
    public record Privacy(double epsilon, double delta, double noiseMultiplier, int steps) {}

    /**
     * Bytes of files.
     *
     * @param queries ciphertexts sent
     * @param bytesUpPerQuery to the server
     * @param bytesDownPerQuery to the client
     * @param evaluationKeyBytes bytes of keys for the other side
     * @param publicKeyBytes bytes of the public key
     */
    public record Traffic(
            int queries, long bytesUpPerQuery, long bytesDownPerQuery, long evaluationKeyBytes, long publicKeyBytes) {}

    /**
     * Parameters and circuit.
     *
     * @param parameters in words
     * @param ringDegree N
     * @param levels of the chain
     * @param logQ bits of Q
     * @param logP bits of P
     * @param securityBits 128, or 0 for tests
     * @param circuit in words
     * @param floodingDeviation of the noise added to answers; 0 if none
     */
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
     * @param keyGeneration at the client
     * @param encryption of all queries
     * @param perCiphertext evaluations in order; the first one encodes the weights, too
     * @param medianPerCiphertext median of those
     * @param perText median evaluation over lanes
     * @param decryption of all answers
     * @param heads training them
     */
    public record Seconds(
            double keyGeneration,
            double encryption,
            List<Double> perCiphertext,
            double medianPerCiphertext,
            double perText,
            double decryption,
            double heads) {}

    /**
     * Where it ran.
     *
     * @param kernels which loops ran
     * @param serverThreads number of threads
     * @param serverJava version
     * @param serverNeededMemoryBytes what the plan said
     * @param serverPeakMemoryBytes what its process held
     * @param clientJava version
     * @param clientPeakMemoryBytes what its process held
     * @param operatingSystem its name and version
     */
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
