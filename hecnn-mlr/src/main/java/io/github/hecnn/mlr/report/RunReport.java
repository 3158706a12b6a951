package io.github.hecnn.mlr.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.rehearsal.WeightComparison;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Everything a run has to say, in the shape of {@code report.json}. Accuracies and recalls are fractions, 0..1. What only an
 * encrypted run has is null in a rehearsal.
 *
 * @param program name of the program
 * @param version of the program
 * @param mode {@code encrypted} or {@code rehearsal}
 * @param recipe which circuit
 * @param dataset name of the data
 * @param samples number of training samples
 * @param testSamples number of test samples
 * @param iterations number of iterations
 * @param features kind of features
 * @param scaling kind of scaling
 * @param accuracyPerIteration of the decrypted (in a rehearsal: simulated) weights on the test data
 * @param maxErrorAgainstRehearsal largest difference of any weight of any iteration
 * @param uploadedCiphertexts ciphertexts to the cloud; null in the clear
 * @param uploadedBytes bytes to the cloud; null in the clear
 * @param evaluationKeyBytes bytes of keys to the cloud; null in the clear
 * @param keySwitches of the training; null in the clear
 * @param levelsUsed levels of the modulus chain the training went down
 * @param ringDegree N; null in the clear
 * @param logQ bits of the ciphertext modulus
 * @param logP bits of the special modulus of the switching keys
 * @param securityBits 128, or 0 for tests; null in the clear
 * @param kernels which loops ran
 * @param threads number of threads
 * @param javaVersion of the running JVM
 * @param seconds wall-clock seconds
 * @param peakMemoryBytes the most memory the process has held
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

    /**
     * Wall-clock seconds of the parts of a run; parts that did not happen are null.
     *
     * @param keyGeneration null if not done here
     * @param encryption null if not done here
     * @param training null if not done here
     * @param decryption null if not done here
     * @param total of the whole run
     */
    public record Seconds(Double keyGeneration, Double encryption, Double training, Double decryption, double total) {}

    /**
     * Errors of the weights of one iteration, decrypted against simulated.
     *
     * @param largest |error| of any weight
     * @param largestRelative largest |error| of a column (a feature's weights over all classes) over the root mean square of its weights,
     *     the largest of all columns that are not zero
     * @param classIndex of the weight that uses up most of its limit
     * @param feature of that weight, 0 for the bias
     * @param error of that weight
     * @param predictedDeviation of that weight, from the noise model
     * @param limit of that weight's |error|: 12 predicted deviations, and the rounding of doubles; beyond it a run is refused
     */
    public record WeightErrors(
            double largest,
            double largestRelative,
            int classIndex,
            int feature,
            double error,
            double predictedDeviation,
            double limit) {
        /**
         * {@return the numbers of a comparison}
         *
         * @param comparison of one iteration
         */
        public static WeightErrors of(WeightComparison comparison) {
            WeightComparison.WeightError w = comparison.farthest();
            return new WeightErrors(
                    comparison.largestError(),
                    comparison.largestRelativeError(),
                    w.classIndex(),
                    w.feature(),
                    w.error(),
                    w.deviation(),
                    w.limit());
        }

        /**
         * {@return how much of its limit the error of a weight uses up, at most, in words}
         *
         * @param errors of each iteration
         */
        public static String margin(List<WeightErrors> errors) {
            double used = errors.stream()
                    .mapToDouble(w -> w.error() == 0 ? 0 : Math.abs(w.error()) / w.limit())
                    .max()
                    .orElse(0);
            return String.format(
                    Locale.ROOT,
                    "Errors use up to %.0f %% of their limit, %d predicted deviations",
                    100 * used,
                    WeightComparison.DEVIATIONS);
        }
    }

    /**
     * The rest of the report.
     *
     * @param operatingSystem its name and version
     * @param seed {@code secure random} or the number given
     * @param initialWeight every weight before the first iteration
     * @param plainAccuracyPerIteration of the same training in plain doubles
     * @param errorAgainstRehearsalPerIteration largest difference of any weight, encrypted against simulated
     * @param weightErrorsPerIteration the same errors against what they are errors of, and against their prediction; none in a rehearsal
     * @param rehearsalErrorAgainstPlain largest difference of any weight, simulated against plain doubles
     * @param largestScorePerIteration largest |z| that each iteration puts into the sigmoid polynomial, to be held against the sigmoid's interval
     * @param scoresPerIteration lowest and highest of these scores
     * @param levelsPerIteration level of the uploads, and of the weights after each iteration
     * @param secondsByOperation what the cloud measured, summed over threads, for each kind of operation; none in a rehearsal
     * @param predictedSecondsByOperation seconds of one thread by the price list, for each kind of operation of the training
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
            List<WeightErrors> weightErrorsPerIteration,
            double rehearsalErrorAgainstPlain,
            List<Double> largestScorePerIteration,
            List<ScoreRange> scoresPerIteration,
            List<Integer> levelsPerIteration,
            Map<String, Double> secondsByOperation,
            Map<String, Double> predictedSecondsByOperation,
            List<String> labelNames,
            List<Integer> trainingClassCounts,
            List<Integer> testClassCounts,
            List<Double> recallPerClass,
            int[][] confusionMatrix,
            List<Double> iterationSeconds,
            Map<String, Object> plan,
            Map<String, Object> settings,
            List<String> notes) {

        /**
         * A class without test samples has no recall: null.
         *
         * @param operatingSystem its name and version
         * @param seed {@code secure random} or the number given
         * @param initialWeight every weight before the first iteration
         * @param plainAccuracyPerIteration of the same training in plain doubles
         * @param errorAgainstRehearsalPerIteration largest difference of any weight, encrypted against simulated
         * @param weightErrorsPerIteration the same errors against what they are errors of, and against their prediction; none in a rehearsal
         * @param rehearsalErrorAgainstPlain largest difference of any weight, simulated against plain doubles
         * @param largestScorePerIteration largest |z| that each iteration puts into the sigmoid polynomial, to be held against the sigmoid's interval
         * @param scoresPerIteration lowest and highest of these scores
         * @param levelsPerIteration level of the uploads, and of the weights after each iteration
         * @param secondsByOperation what the cloud measured, summed over threads, for each kind of operation; none in a rehearsal
         * @param predictedSecondsByOperation seconds of one thread by the price list, for each kind of operation of the training
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
        public Details {
            recallPerClass = recallPerClass.stream()
                    .map(recall -> recall == null || recall.isNaN() ? null : recall)
                    .toList();
        }
    }
}
