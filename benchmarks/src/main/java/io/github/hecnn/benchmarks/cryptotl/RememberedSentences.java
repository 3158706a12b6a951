package io.github.hecnn.benchmarks.cryptotl;

import io.github.hecnn.mlr.encoder.text.SentenceEncoder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A sentence encoder that embeds every text once, for measurements that come back to the same texts with every seed. */
final class RememberedSentences implements SentenceEncoder {
    private final SentenceEncoder encoder;
    private final Map<String, double[]> known = new ConcurrentHashMap<>();

    RememberedSentences(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public int dimension() {
        return encoder.dimension();
    }

    @Override
    public double[] encode(String text) {
        return known.computeIfAbsent(text, encoder::encode).clone();
    }
}
