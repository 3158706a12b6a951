package io.github.hecnn.mlr.encoder.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sentence embedding that needs no model file: words, pairs of words and pieces of words are hashed, each hash adds a few fixed
 * signed unit steps to the vector, and the vector is scaled to norm 1.
 *
 * <p>That is the hashing trick (Weinberger and others, 2009) followed by a sparse random projection (Achlioptas, 2003), in one go:
 * feature f contributes w(f) * (1 + ln count(f)) * r(f), where r(f) has {@value #STEPS} entries of +-1/sqrt({@value #STEPS}) at
 * places drawn from the hash and the seed. Inner products of embeddings are then, up to about 1/sqrt(dimension), inner products of
 * the weighted counts. There is no training and no dictionary, so it costs no privacy and is the same everywhere; it also knows
 * nothing about meaning beyond shared words. A real sentence encoder does better.
 *
 * <p>Immutable and thread-safe; the result depends on the text, the dimension and the seed only.
 */
public final class HashedSentenceEncoder implements SentenceEncoder {
    /** The dimension of common sentence encoders, used by the CryptoTL network. */
    public static final int DEFAULT_DIMENSION = 768;

    private static final int STEPS = 4;
    private static final double STEP = 1 / Math.sqrt(STEPS);
    private static final double PAIR_WEIGHT = 0.6;
    private static final double PIECE_WEIGHT = 0.25;
    private static final double COMMON_WEIGHT = 0.3;
    private static final int SHORTEST_PIECE = 3;
    private static final int LONGEST_PIECE = 4;

    private final int dimension;
    private final long seed;

    /** {@value #DEFAULT_DIMENSION} dimensions and seed 1. */
    public HashedSentenceEncoder() {
        this(DEFAULT_DIMENSION, 1);
    }

    /**
     * Any dimension.
     *
     * @param dimension at least 8
     * @param seed another one gives another projection; both sides of a task must use the same
     * @throws IllegalArgumentException if the dimension is smaller
     */
    public HashedSentenceEncoder(int dimension, long seed) {
        if (dimension < 8) {
            throw new IllegalArgumentException(
                    "HashedSentenceEncoder: expected at least 8 dimensions, found " + dimension + "; 768 is usual");
        }
        this.dimension = dimension;
        this.seed = seed;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public double[] encode(String text) {
        List<String> tokens = Tokens.of(text);
        Map<String, double[]> features = new LinkedHashMap<>(); // weight and count; sums of doubles need a fixed order
        String previous = "^";
        for (String token : tokens) {
            double weight = Tokens.isCommon(token) ? COMMON_WEIGHT : 1;
            put(features, "w " + token, weight);
            put(features, "p " + previous + ' ' + token, PAIR_WEIGHT);
            if (Character.isLetter(token.charAt(0)) && weight == 1) {
                pieces('^' + token + '$', features);
            }
            previous = token;
        }
        double[] out = new double[dimension];
        features.forEach((f, v) -> addFeature(out, f, v[0] * (1 + Math.log(v[1]))));
        double norm = 0;
        for (double v : out) {
            norm += v * v;
        }
        if (norm > 0) {
            double scale = 1 / Math.sqrt(norm);
            for (int i = 0; i < dimension; i++) {
                out[i] *= scale;
            }
        }
        return out;
    }

    private static void pieces(String word, Map<String, double[]> features) {
        for (int n = SHORTEST_PIECE; n <= LONGEST_PIECE; n++) {
            for (int i = 0; i + n <= word.length(); i++) {
                put(features, "c " + word.substring(i, i + n), PIECE_WEIGHT);
            }
        }
    }

    private static void put(Map<String, double[]> features, String feature, double weight) {
        features.computeIfAbsent(feature, f -> new double[] {weight, 0})[1]++;
    }

    private void addFeature(double[] out, String feature, double weight) {
        long state = seed;
        for (int i = 0; i < feature.length(); i++) {
            state = mix(state ^ feature.charAt(i)) + i;
        }
        for (int s = 0; s < STEPS; s++) {
            state = mix(state + 0x9e3779b97f4a7c15L);
            int place = (int) Long.remainderUnsigned(state >>> 1, dimension);
            out[place] += (state & 1) == 0 ? weight * STEP : -weight * STEP;
        }
    }

    /** The finaliser of SplitMix64: a bijection that spreads every bit. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
