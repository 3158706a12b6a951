package io.github.hecnn.examples.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

/**
 * Everything a run has to say, in the shape of {@code report.json}. Accuracies and recalls are fractions, 0..1. What only an
 * encrypted run has is null in a rehearsal.
 *
 * @param mode {@code encrypted} or {@code rehearsal}
 * @param accuracyPerIteration of the decrypted (in a rehearsal: simulated) weights on the test data
 * @param maxErrorAgainstRehearsal largest difference of any weight of any iteration
 * @param levelsUsed levels of the modulus chain the training went down
 * @param logQ bits of the ciphertext modulus
 * @param logP bits of the special modulus of the switching keys
 * @param details everything else
 */
@JsonPropertyOrder({"program", "version", "mode"})
public record RunReport(
        String program,
        String version,
        String mode,
        String recipe,
        String dataset,
        int samples,
        int testSamples,
        int iterations,
        String features,
        String scaling,
        List<Double> accuracyPerIteration,
        Double maxErrorAgainstRehearsal,
        Integer uploadedCiphertexts,
        Long uploadedBytes,
        Long evaluationKeyBytes,
        Long keySwitches,
        Integer levelsUsed,
        Integer ringDegree,
        Double logQ,
        Double logP,
        Integer securityBits,
        String kernels,
        int threads,
        String javaVersion,
        Seconds seconds,
        long peakMemoryBytes,
        Details details) {

    /** Wall-clock seconds of the parts of a run; parts that did not happen are null. */
    public record Seconds(Double keyGeneration, Double encryption, Double training, Double decryption, double total) {}

    /**
     * The rest of the report.
     *
     * @param seed {@code secure random} or the number given
     * @param plainAccuracyPerIteration of the same training in plain doubles
     * @param errorAgainstRehearsalPerIteration largest difference of any weight, encrypted against simulated
     * @param rehearsalErrorAgainstPlain largest difference of any weight, simulated against plain doubles
     * @param largestScorePerIteration largest |z| that each iteration puts into the sigmoid polynomial, to be held against the sigmoid's interval
     * @param labelNames what each class is called in the data, in the order of the weights' rows
     * @param trainingClassCounts training samples of each class
     * @param testClassCounts test samples of each class
     * @param recallPerClass after the last iteration
     * @param confusionMatrix [true][predicted] after the last iteration
     * @param iterationSeconds training time of each iteration
     * @param plan what the plan predicted
     * @param settings parameters of the scheme and the training
     * @param notes what a reader must know to judge the numbers
     */
    @SuppressWarnings("ArrayRecordComponent") // written out, never compared
    public record Details(
            String operatingSystem,
            String seed,
            double initialWeight,
            List<Double> plainAccuracyPerIteration,
            List<Double> errorAgainstRehearsalPerIteration,
            double rehearsalErrorAgainstPlain,
            List<Double> largestScorePerIteration,
            List<String> labelNames,
            List<Integer> trainingClassCounts,
            List<Integer> testClassCounts,
            List<Double> recallPerClass,
            int[][] confusionMatrix,
            List<Double> iterationSeconds,
            Map<String, Object> plan,
            Map<String, Object> settings,
            List<String> notes) {

        /** A class without test samples has no recall: null. */
        public Details {
            recallPerClass = recallPerClass.stream()
                    .map(recall -> recall == null || recall.isNaN() ? null : recall)
                    .toList();
        }
    }
}
