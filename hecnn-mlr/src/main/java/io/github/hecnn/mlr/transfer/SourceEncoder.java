package io.github.hecnn.mlr.transfer;

import io.github.hecnn.mlr.encoder.text.SentenceEncoder;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.train.CryptoTlShapes;
import io.github.hecnn.mlr.transfer.network.train.NetworkTrainingSettings;
import io.github.hecnn.mlr.transfer.network.train.TrainableNetwork;
import io.github.hecnn.mlr.transfer.text.TextDataset;

/** Trains the server's encoder on a source task. */
public final class SourceEncoder {
    private SourceEncoder() {}

    /**
     * {@return the lower layers, without the head that they were trained with}
     *
     * @param source task to train on
     * @param sentences embeds texts
     * @param seed of everything random
     * @throws IllegalArgumentException if the source has texts of one class alone
     */
    public static Network train(TextDataset source, SentenceEncoder sentences, long seed) {
        source.requireBothClasses("training texts");
        TrainableNetwork network = CryptoTlShapes.encoderWithHead(sentences.dimension(), seed);
        network.fit(sentences.encodeAll(source.texts()), source.labels(), NetworkTrainingSettings.encoder(seed));
        return network.export(CryptoTlShapes.ENCODER_LAYERS);
    }
}
