package io.github.hecnn.mlr.transfer.text;

import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.WholeFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A sentence encoder in an ONNX file, such as an export of a sentence-transformers model: WordPiece tokens in, the mean of the tokens'
 * vectors out, scaled to norm 1. A model that gives one vector a text is taken as it is, but for the norm.
 *
 * <p>Needs {@code com.microsoft.onnxruntime:onnxruntime} on the class path, an optional dependency of this module. Thread-safe; close it
 * when it is no longer used, after all calls have ended.
 */
public final class OnnxSentenceEncoder implements SentenceEncoder, AutoCloseable {
    private static final long MAX_BYTES = Integer.MAX_VALUE - 16L;

    private final WordPieceTokenizer tokenizer;
    private final OnnxModel model;
    private final String name;
    private final int dimension;

    private OnnxSentenceEncoder(String name, WordPieceTokenizer tokenizer, OnnxModel model) {
        this.name = name;
        this.tokenizer = tokenizer;
        this.model = model;
        dimension = model.mean(tokenizer.ids("")).length;
    }

    /**
     * Loads a model.
     *
     * @param file with inputs {@code input_ids} and, if it likes, {@code attention_mask} and {@code token_type_ids}, all [1][tokens] of
     *     64-bit integers, and an output [1][tokens][dimension] or [1][dimension] of floats
     * @param tokenizer with that model's vocabulary
     * @return the encoder
     * @throws UncheckedIOException if the file is missing or cannot be read
     * @throws DataFormatException if it is no such model
     * @throws IllegalStateException if onnxruntime is not on the class path, or the model does not run
     */
    public static OnnxSentenceEncoder open(Path file, WordPieceTokenizer tokenizer) {
        Objects.requireNonNull(tokenizer, "tokenizer");
        byte[] bytes = WholeFile.bytes(file, MAX_BYTES, "take a smaller model");
        OnnxModel model;
        try {
            model = new OnnxModel(file.toString(), bytes);
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "OnnxSentenceEncoder: expected onnxruntime on the class path, found none that works ("
                            + e.getMessage() + "); add the dependency com.microsoft.onnxruntime:onnxruntime",
                    e);
        }
        try {
            return new OnnxSentenceEncoder(file.toString(), tokenizer, model);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    @Override
    public int dimension() {
        return dimension;
    }

    /**
     * Embeds a text.
     *
     * @throws IllegalStateException if the model does not run on it or gives something that is not finite
     */
    @Override
    public double[] encode(String text) {
        float[] mean = model.mean(tokenizer.ids(text));
        double squares = 0;
        for (float v : mean) {
            squares += (double) v * v;
        }
        if (!Double.isFinite(squares) || mean.length != dimension) {
            throw new IllegalStateException(name + ": expected " + dimension
                    + " finite numbers, found others; check that" + " vocabulary and model belong together");
        }
        double scale = squares == 0 ? 0 : 1 / Math.sqrt(squares);
        double[] out = new double[dimension];
        for (int k = 0; k < dimension; k++) {
            out[k] = mean[k] * scale;
        }
        return out;
    }

    @Override
    public void close() {
        model.close();
    }
}
