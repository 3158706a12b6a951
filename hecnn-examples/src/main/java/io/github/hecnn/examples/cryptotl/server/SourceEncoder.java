package io.github.hecnn.examples.cryptotl.server;

import io.github.hecnn.mlr.network.Network;
import io.github.hecnn.mlr.network.train.CryptoTlShapes;
import io.github.hecnn.mlr.network.train.TrainableNetwork;
import io.github.hecnn.mlr.network.train.TrainingSettings;
import io.github.hecnn.mlr.text.SentenceEncoder;
import io.github.hecnn.mlr.text.TextDataset;

/** Trains the server's encoder on a source task. */
public final class SourceEncoder {
    private SourceEncoder() {}

    /** The lower layers, without the head that they were trained with. */
    public static Network train(TextDataset source, SentenceEncoder sentences, long seed) {
        TrainableNetwork network = CryptoTlShapes.encoderWithHead(sentences.dimension(), seed);
        network.fit(sentences.encodeAll(source.texts()), source.labels(), TrainingSettings.encoder(seed));
        return network.export(CryptoTlShapes.ENCODER_LAYERS);
    }
}
