package io.github.hecnn.benchmarks.cryptotl;

import io.github.hecnn.mlr.encoder.text.SentenceEncoder;
import io.github.hecnn.mlr.transfer.TargetTask;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.train.BinaryMetrics;
import io.github.hecnn.mlr.transfer.network.train.CryptoTlShapes;
import io.github.hecnn.mlr.transfer.network.train.NetworkTrainingSettings;
import io.github.hecnn.mlr.transfer.network.train.TrainableNetwork;
import io.github.hecnn.mlr.transfer.text.TextDataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Training on both sides' texts at once, which needs somebody who has both: for comparison only. */
final class TransferExperiment {
    private static final int MOST_SOURCE_SAMPLES = 300;
    private static final int JOINT_EPOCHS = 6;

    private TransferExperiment() {}

    /** The source's encoder with the head that it is trained with, as {@code SourceEncoder} trains them. */
    static TrainableNetwork source(TextDataset source, SentenceEncoder sentences, long seed) {
        TrainableNetwork network = CryptoTlShapes.encoderWithHead(sentences.dimension(), seed);
        network.fit(sentences.encodeAll(source.texts()), source.labels(), NetworkTrainingSettings.encoder(seed));
        return network;
    }

    /** All layers trained on both tasks' examples, from the source's encoder on. */
    static BinaryMetrics joint(
            TargetTask target, Network encoder, TextDataset source, SentenceEncoder sentences, long seed) {
        TextDataset some = source.size() > MOST_SOURCE_SAMPLES
                ? source.split(MOST_SOURCE_SAMPLES, seed).get(0)
                : source;
        List<double[]> x = new ArrayList<>(List.of(sentences.encodeAll(some.texts())));
        List<Integer> y = new ArrayList<>();
        Arrays.stream(some.labels()).forEach(y::add);
        int[] labels = target.trainLabels();
        for (int i = 0; x.size() < 2 * some.size(); i = (i + 1) % labels.length) {
            x.add(target.train()[i]);
            y.add(labels[i]);
        }
        TrainableNetwork n = CryptoTlShapes.fineTuning(encoder, seed);
        NetworkTrainingSettings s = NetworkTrainingSettings.encoder(seed);
        NetworkTrainingSettings settings =
                new NetworkTrainingSettings(JOINT_EPOCHS, s.batch(), s.learningRate(), s.weightDecay(), 0, 1, seed);
        n.fit(x.toArray(new double[0][]), y.stream().mapToInt(i -> i).toArray(), settings);
        return target.metrics(n.predict(target.test()));
    }
}
