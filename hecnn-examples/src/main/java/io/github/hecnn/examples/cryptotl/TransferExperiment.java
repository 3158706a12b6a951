package io.github.hecnn.examples.cryptotl;

import io.github.hecnn.mlr.network.Network;
import io.github.hecnn.mlr.network.train.BinaryMetrics;
import io.github.hecnn.mlr.network.train.CryptoTlShapes;
import io.github.hecnn.mlr.network.train.DpLogisticRegression;
import io.github.hecnn.mlr.network.train.TrainableNetwork;
import io.github.hecnn.mlr.network.train.TrainingSettings;
import io.github.hecnn.mlr.text.SentenceEncoder;
import io.github.hecnn.mlr.text.TextDataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One target task: few training examples, many for testing, and the ways to use them. */
final class TransferExperiment {
    private static final int MOST_SOURCE_SAMPLES = 300;
    private static final int JOINT_EPOCHS = 6;

    private final double[][] train;
    private final int[] trainLabels;
    private final double[][] test;
    private final int[] testLabels;
    private final long seed;

    /** Takes some texts at random for training, at most so many others for testing. */
    TransferExperiment(TextDataset target, SentenceEncoder encoder, int samples, int mostTests, long seed) {
        this.seed = seed;
        List<TextDataset> parts = target.split(samples, seed);
        TextDataset rest = parts.get(1);
        if (rest.size() > mostTests) {
            rest = rest.split(mostTests, seed + 1).get(0);
        }
        train = encoder.encodeAll(parts.get(0).texts());
        trainLabels = parts.get(0).labels();
        test = encoder.encodeAll(rest.texts());
        testLabels = rest.labels();
    }

    /** Trains the server's encoder on a source task. */
    static Network sourceEncoder(TextDataset source, SentenceEncoder encoder, long seed) {
        TrainableNetwork n = CryptoTlShapes.encoderWithHead(encoder.dimension(), seed);
        n.fit(encoder.encodeAll(source.texts()), source.labels(), TrainingSettings.encoder(seed));
        return n.export(CryptoTlShapes.ENCODER_LAYERS);
    }

    double[][] train() {
        return train;
    }

    double[][] test() {
        return test;
    }

    /** A head on given features of the training and test texts, which may be the first ones only. */
    BinaryMetrics head(double[][] trainFeatures, double[][] testFeatures) {
        TrainableNetwork head = CryptoTlShapes.head(trainFeatures[0].length, seed);
        head.fit(trainFeatures, first(trainLabels, trainFeatures.length), TrainingSettings.head(seed));
        return BinaryMetrics.of(head.predict(testFeatures), first(testLabels, testFeatures.length));
    }

    /** The private linear head on given features. */
    BinaryMetrics privateHead(double[][] trainFeatures, double[][] testFeatures, double noiseMultiplier) {
        DpLogisticRegression.Settings settings = DpLogisticRegression.Settings.standard(noiseMultiplier, seed);
        DpLogisticRegression head = DpLogisticRegression.train(trainFeatures, trainLabels, settings);
        return BinaryMetrics.of(head.predict(testFeatures), testLabels);
    }

    /** The head on the encoder's outputs, in the clear. */
    BinaryMetrics transfer(Network encoder) {
        return head(encoder.applyAll(train), encoder.applyAll(test));
    }

    /** The head on the embedding itself. */
    BinaryMetrics raw() {
        return head(train, test);
    }

    /** All layers trained on both tasks' examples, from the source's encoder on: nothing is kept from anyone. */
    BinaryMetrics everything(Network encoder, TextDataset source, SentenceEncoder sentences) {
        TextDataset some = source.size() > MOST_SOURCE_SAMPLES
                ? source.split(MOST_SOURCE_SAMPLES, seed).get(0)
                : source;
        List<double[]> x = new ArrayList<>(List.of(sentences.encodeAll(some.texts())));
        List<Integer> y = new ArrayList<>();
        for (int label : some.labels()) {
            y.add(label);
        }
        for (int i = 0; x.size() < 2 * some.size(); i = (i + 1) % train.length) {
            x.add(train[i]);
            y.add(trainLabels[i]);
        }
        TrainableNetwork n = CryptoTlShapes.fineTuning(encoder, seed);
        TrainingSettings s = TrainingSettings.encoder(seed);
        TrainingSettings settings =
                new TrainingSettings(JOINT_EPOCHS, s.batch(), s.learningRate(), s.weightDecay(), 0, 1, seed);
        n.fit(x.toArray(new double[0][]), y.stream().mapToInt(i -> i).toArray(), settings);
        return BinaryMetrics.of(n.predict(test), testLabels);
    }

    private static int[] first(int[] labels, int count) {
        return Arrays.copyOf(labels, count);
    }
}
