package io.github.hecnn.mlr.encoder.text;

import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.WholeFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A sentence encoder in an ONNX file, such as an export of a sentence-transformers model: tokens in, the mean of the tokens' vectors out,
 * scaled to norm 1. A model that gives one vector a text is taken as it is, but for the norm.
 *
 * <p>Needs {@code com.microsoft.onnxruntime:onnxruntime} and {@code ai.djl.huggingface:tokenizers} on the class path, optional dependencies of
 * this module. Thread-safe; close it when it is no longer used, after all calls have ended.
 */
public final class OnnxSentenceEncoder implements SentenceEncoder, AutoCloseable {
    private static final long MAX_BYTES = Integer.MAX_VALUE - 16L;
    private static final long MAX_TOKENIZER_BYTES = 64 << 20;

    private final HuggingFaceTokens tokens;
    private final OnnxModel model;
    private final String name;
    private final int dimension;

    private OnnxSentenceEncoder(String name, HuggingFaceTokens tokens, OnnxModel model) {
        this.name = name;
        this.tokens = tokens;
        this.model = model;
        dimension = model.mean(tokens.ids("")).length;
    }

    /**
     * Loads a model.
     *
     * @param file with inputs {@code input_ids} and, if it likes, {@code attention_mask} and {@code token_type_ids}, all [1][tokens] of
     *     64-bit integers, and an output [1][tokens][dimension] or [1][dimension] of floats
     * @param tokenizer that model's {@code tokenizer.json}; texts of more than 256 tokens are cut off
     * @return the encoder
     * @throws UncheckedIOException if a file is missing or cannot be read
     * @throws DataFormatException if a file is something else
     * @throws IllegalStateException if one of the libraries is not on the class path, or the model does not run
     */
    public static OnnxSentenceEncoder open(Path file, Path tokenizer) {
        byte[] json = WholeFile.bytes(tokenizer, MAX_TOKENIZER_BYTES, "give the model's tokenizer.json");
        byte[] bytes = WholeFile.bytes(file, MAX_BYTES, "take a smaller model");
        OnnxModel model = linked(
                "onnxruntime", "com.microsoft.onnxruntime:onnxruntime", () -> new OnnxModel(file.toString(), bytes));
        HuggingFaceTokens tokens = null;
        try {
            tokens = linked(
                    "the tokenizers of DJL",
                    "ai.djl.huggingface:tokenizers",
                    () -> new HuggingFaceTokens(tokenizer.toString(), json));
            return new OnnxSentenceEncoder(file.toString(), tokens, model);
        } catch (RuntimeException e) {
            model.close();
            if (tokens != null) {
                tokens.close();
            }
            throw e;
        }
    }

    private static <T> T linked(String library, String dependency, Supplier<T> made) {
        try {
            return made.get();
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "OnnxSentenceEncoder: expected " + library + " on the class path, found none that works ("
                            + e.getMessage() + "); add the dependency " + dependency,
                    e);
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
        return UnitVectors.of(name, model.mean(tokens.ids(text)), dimension);
    }

    @Override
    public void close() {
        model.close();
        tokens.close();
    }
}
