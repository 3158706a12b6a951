package io.github.hecnn.mlr.transfer;

import io.github.hecnn.mlr.encoder.text.SentenceEncoder;
import io.github.hecnn.mlr.exchange.Sha256;
import io.github.hecnn.mlr.transfer.network.train.BinaryMetrics;
import io.github.hecnn.mlr.transfer.network.train.Committee;
import io.github.hecnn.mlr.transfer.network.train.CryptoTlShapes;
import io.github.hecnn.mlr.transfer.network.train.DpLogisticRegression;
import io.github.hecnn.mlr.transfer.network.train.NetworkTrainingSettings;
import io.github.hecnn.mlr.transfer.network.train.TrainingHistory;
import io.github.hecnn.mlr.transfer.text.TextDataset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A target task: few training examples, many for testing, and the heads that the client trains in the clear. */
public final class TargetTask {
    private static final double HEAD_INPUT = 0.3;

    private final double[][] train;
    private final int[] trainLabels;
    private final double[][] test;
    private final int[] testLabels;
    private final long seed;
    private final String fingerprint;

    /**
     * Takes some texts at random for training, at most so many others for testing.
     *
     * @param target texts with classes
     * @param sentences embeds texts
     * @param samples texts to train on
     * @param mostTests texts to test on, at most
     * @param seed of the choice
     * @throws IllegalArgumentException if there are too few texts, or texts to train or to test on of one class alone
     */
    public TargetTask(TextDataset target, SentenceEncoder sentences, int samples, int mostTests, long seed) {
        this.seed = seed;
        List<TextDataset> parts = target.split(samples, seed);
        TextDataset rest = parts.get(1);
        if (rest.size() > mostTests) {
            rest = rest.split(mostTests, seed + 1).get(0);
        }
        parts.get(0).requireBothClasses("training texts");
        rest.requireBothClasses("test texts besides " + samples + " training texts");
        train = sentences.encodeAll(parts.get(0).texts());
        trainLabels = parts.get(0).labels();
        test = sentences.encodeAll(rest.texts());
        testLabels = rest.labels();
        fingerprint = Sha256.of(
                (parts.get(0).texts() + Arrays.toString(trainLabels) + rest.texts() + Arrays.toString(testLabels))
                        .getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The trained heads' counts on the tests and the losses of the first one's training.
     *
     * @param metrics on the tests
     * @param history of its training
     */
    public record Head(BinaryMetrics metrics, TrainingHistory history) {}

    /** {@return embeddings to train on} */
    public double[][] train() {
        return train;
    }

    /** {@return labels to train on} */
    public int[] trainLabels() {
        return trainLabels.clone();
    }

    /** {@return embeddings to test on} */
    public double[][] test() {
        return test;
    }

    /** {@return number of training texts of class 0 and of class 1} */
    public List<Integer> trainClassCounts() {
        return counts(trainLabels);
    }

    /** {@return number of test texts of class 0 and of class 1} */
    public List<Integer> testClassCounts() {
        return counts(testLabels);
    }

    private static List<Integer> counts(int[] labels) {
        int ones = Arrays.stream(labels).sum();
        return List.of(labels.length - ones, ones);
    }

    /** {@return labels to test on} */
    public int[] testLabels() {
        return testLabels.clone();
    }

    /** {@return training embeddings, then test embeddings} */
    public double[][] inputs() {
        double[][] out = Arrays.copyOf(train, train.length + test.length);
        System.arraycopy(test, 0, out, train.length, test.length);
        return out;
    }

    /** {@return SHA-256 of texts and labels} */
    public String fingerprint() {
        return fingerprint;
    }

    /**
     * {@return the usual heads, deciding together, on features of all {@link #inputs}} Features are first scaled by one factor, so that
     * entries of the training ones have a root mean square of {@value #HEAD_INPUT}, about what encoders give: heads start from weights made
     * for that, and embeddings of norm 1 have entries a sixth as large.
     *
     * @param features [texts][features], training texts first
     */
    public Head head(double[][] features) {
        double[][] scaled = scaled(features);
        double[][] trained = Arrays.copyOf(scaled, train.length);
        Committee heads = CryptoTlShapes.heads(trained, trainLabels, NetworkTrainingSettings.head(seed));
        return new Head(metrics(heads.predict(tested(scaled))), heads.history());
    }

    private double[][] scaled(double[][] features) {
        double squares = 0;
        for (int i = 0; i < train.length; i++) {
            for (double v : features[i]) {
                squares += v * v / features[i].length / train.length;
            }
        }
        double factor = squares == 0 ? 1 : HEAD_INPUT / Math.sqrt(squares);
        return Arrays.stream(features)
                .map(row -> Arrays.stream(row).map(v -> v * factor).toArray())
                .toArray(double[][]::new);
    }

    /**
     * {@return the linear head with that much noise, 0 for none, on features of all {@link #inputs}; the noise's seed must be secret for privacy}
     *
     * @param features [texts][features], training texts first
     * @param noiseMultiplier deviation of the noise over the clipping bound
     * @param noiseSeed of the noise; secret if the head is published
     */
    public BinaryMetrics privateHead(double[][] features, double noiseMultiplier, long noiseSeed) {
        DpLogisticRegression.Settings settings = DpLogisticRegression.Settings.standard(noiseMultiplier, noiseSeed);
        DpLogisticRegression head =
                DpLogisticRegression.train(Arrays.copyOf(features, train.length), trainLabels, settings);
        return metrics(head.predict(tested(features)));
    }

    /**
     * {@return counts of predictions for the first so many tests}
     *
     * @param predictions probabilities of class 1
     */
    public BinaryMetrics metrics(double[] predictions) {
        return BinaryMetrics.of(predictions, Arrays.copyOf(testLabels, predictions.length));
    }

    private double[][] tested(double[][] features) {
        return Arrays.copyOfRange(features, train.length, features.length);
    }
}
