package io.github.hecnn.mlr.report.row;

import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.model.ClassificationReport;
import io.github.hecnn.mlr.report.Html;
import io.github.hecnn.mlr.roles.row.LongJobFile;
import io.github.hecnn.mlr.roles.row.LongOwnerFile;
import io.github.hecnn.mlr.roles.row.LongResult;
import io.github.hecnn.mlr.roles.row.LongResultFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a long training has to say, {@code report.json}.
 *
 * @param version of the library
 * @param dataset its name
 * @param features name of the features
 * @param job what was asked for
 * @param iterations that were done
 * @param stopped whether the owner said to stop
 * @param testSamples that accuracies are of
 * @param accuracyPerIteration on them, of the decrypted weights, 0..1
 * @param plainAccuracyPerIteration the same of the training in the clear
 * @param scoresPerIteration what each iteration put into the sigmoid polynomial, from the owner's rehearsal
 * @param classes answers class by class, after the last iteration
 * @param levels that every iteration goes through
 * @param iterationSeconds of each iteration, refresh and checkpoint included
 * @param secondsByOperation what the cloud measured, summed over threads, for each kind of operation
 * @param predicted what the plan said
 * @param seconds what it took
 * @param bytes of what was written
 * @param owner peak memory of the encrypting process, in bytes
 * @param cloud peak memory of the training process, in bytes
 * @param ringDegree N
 * @param logQ of the modulus, with the levels of refreshes
 * @param logP of the special primes
 * @param securityBits that the parameters have at least
 * @param kernels arithmetic kernels of the cloud
 * @param threads of the cloud
 * @param javaVersion of the cloud
 * @param operatingSystem of this process
 * @param notes what a reader of results must know
 */
public record LongReport(
        String version,
        String dataset,
        String features,
        LongJobFile job,
        int iterations,
        boolean stopped,
        int testSamples,
        List<Double> accuracyPerIteration,
        List<Double> plainAccuracyPerIteration,
        List<ScoreRange> scoresPerIteration,
        Classes classes,
        Levels levels,
        List<Double> iterationSeconds,
        Map<String, Double> secondsByOperation,
        Predicted predicted,
        Seconds seconds,
        Bytes bytes,
        long owner,
        long cloud,
        int ringDegree,
        double logQ,
        double logP,
        int securityBits,
        String kernels,
        int threads,
        String javaVersion,
        String operatingSystem,
        List<String> notes) {
    /**
     * What the plan said before anything started.
     *
     * @param preparationSeconds keys and encryption
     * @param trainingSeconds of the iterations that were asked for
     * @param encryptBytes memory
     * @param trainBytes memory
     * @param diskBytes in all
     */
    public record Predicted(
            double preparationSeconds, double trainingSeconds, long encryptBytes, long trainBytes, long diskBytes) {}

    /**
     * Answers on the test samples, class by class.
     *
     * @param labelNames what each class is called in the data
     * @param confusionMatrix [true][predicted] counts
     * @param recallPerClass the part of its samples that is found, 0..1; null of a class without samples
     */
    @SuppressWarnings("ArrayRecordComponent") // written out, never compared
    public record Classes(List<String> labelNames, int[][] confusionMatrix, List<Double> recallPerClass) {
        static Classes of(ClassificationReport test) {
            List<Double> recall = new ArrayList<>();
            for (int c = 0; c < test.classes(); c++) {
                recall.add(Double.isNaN(test.recall(c)) ? null : test.recall(c));
            }
            return new Classes(test.labelNames(), test.confusion(), recall);
        }
    }

    /**
     * Levels that an iteration goes down before the refresh brings its gradient back up, and the scale at all of them.
     *
     * @param weights after a refresh, where an iteration begins
     * @param scores of features and weights
     * @param errors after the sigmoid polynomial, where the backward pass begins
     * @param gradients before the refresh, which takes the levels that are left
     * @param scaleBits log2 of the scale
     */
    public record Levels(int weights, int scores, int errors, int gradients, int scaleBits) {
        static Levels of(LongJobFile job, CkksParameters parameters) {
            int top = parameters.maxLevel();
            int degree = job.sigmoidCoefficients().size() - 1;
            int errors = top - 2 - PolynomialEvaluator.levels(degree);
            return new Levels(top, top - 2, errors, errors - 1, parameters.scaleBits());
        }
    }

    /**
     * Wall-clock times.
     *
     * @param features reading images and extracting features, of the encrypting role
     * @param keys making and writing keys
     * @param encryption encoding, encrypting and writing
     * @param training of the cloud's last process, from the keys on the disk to the last weights
     * @param decryption decrypting and testing all iterations
     */
    public record Seconds(double features, double keys, double encryption, double training, double decryption) {
        /** {@return all of them} */
        public double total() {
            return features + keys + encryption + training + decryption;
        }
    }

    /**
     * What was written.
     *
     * @param upload encrypted data
     * @param keys for the cloud
     * @param checkpoint state after the last iteration
     */
    public record Bytes(long upload, long keys, long checkpoint) {}

    /**
     * Copies the lists.
     *
     * @param version of the library
     * @param dataset its name
     * @param features name of the features
     * @param job what was asked for
     * @param iterations that were done
     * @param stopped whether the owner said to stop
     * @param testSamples that accuracies are of
     * @param accuracyPerIteration on them, of the decrypted weights, 0..1
     * @param plainAccuracyPerIteration the same of the training in the clear
     * @param scoresPerIteration what each iteration put into the sigmoid polynomial, from the owner's rehearsal
     * @param classes answers class by class, after the last iteration
     * @param levels that every iteration goes through
     * @param iterationSeconds of each iteration, refresh and checkpoint included
     * @param secondsByOperation what the cloud measured, summed over threads, for each kind of operation
     * @param predicted what the plan said
     * @param seconds what it took
     * @param bytes of what was written
     * @param owner peak memory of the encrypting process, in bytes
     * @param cloud peak memory of the training process, in bytes
     * @param ringDegree N
     * @param logQ of the modulus, with the levels of refreshes
     * @param logP of the special primes
     * @param securityBits that the parameters have at least
     * @param kernels arithmetic kernels of the cloud
     * @param threads of the cloud
     * @param javaVersion of the cloud
     * @param operatingSystem of this process
     * @param notes what a reader of results must know
     */
    public LongReport {
        accuracyPerIteration = List.copyOf(accuracyPerIteration);
        plainAccuracyPerIteration = List.copyOf(plainAccuracyPerIteration);
        scoresPerIteration = List.copyOf(scoresPerIteration);
        iterationSeconds = List.copyOf(iterationSeconds);
        notes = List.copyOf(notes);
    }

    /**
     * What owner and program knew before the cloud trained.
     *
     * @param dataset its name
     * @param features name of the features
     * @param plainAccuracyPerIteration of the training in the clear, as far as it was rehearsed
     * @param predicted by the plan
     * @param featureSeconds reading images and extracting features
     * @param notes what a reader of results must know
     */
    public record Before(
            String dataset,
            String features,
            List<Double> plainAccuracyPerIteration,
            Predicted predicted,
            double featureSeconds,
            List<String> notes) {}

    /**
     * {@return the report of a result}
     *
     * @param before what was known
     * @param owner what the owner remembers
     * @param result of the cloud
     * @param parameters of the scheme
     * @param tests of every iteration on the test samples
     * @param decryptionSeconds decrypting and testing
     */
    public static LongReport of(
            Before before,
            LongOwnerFile owner,
            LongResult result,
            CkksParameters parameters,
            List<ClassificationReport> tests,
            double decryptionSeconds) {
        LongResultFile account = result.account();
        ClassificationReport last = tests.get(tests.size() - 1);
        return new LongReport(
                Machine.version(),
                before.dataset(),
                before.features(),
                owner.job(),
                result.iterations(),
                account.stopped(),
                last.samples(),
                tests.stream().map(ClassificationReport::accuracy).toList(),
                before.plainAccuracyPerIteration().subList(0, result.iterations()),
                result.rehearsedScores(),
                Classes.of(last),
                Levels.of(owner.job(), parameters),
                account.iterationSeconds(),
                Html.operationNames(account.secondsByOperation()),
                before.predicted(),
                new Seconds(
                        before.featureSeconds(),
                        owner.keySeconds(),
                        owner.encryptionSeconds(),
                        account.trainingSeconds(),
                        decryptionSeconds),
                new Bytes(owner.uploadedBytes(), owner.keyBytes(), account.checkpointBytes()),
                owner.peakMemoryBytes(),
                account.machine().peakMemoryBytes(),
                parameters.ringDegree(),
                parameters.chain().logQ(),
                parameters.chain().logP(),
                owner.job().securityBits(),
                account.machine().kernels(),
                account.machine().threads(),
                account.machine().javaVersion(),
                Machine.operatingSystem(),
                before.notes());
    }

    /** {@return accuracy after the last iteration, 0..1} */
    public double accuracy() {
        return accuracyPerIteration.get(iterations - 1);
    }
}
