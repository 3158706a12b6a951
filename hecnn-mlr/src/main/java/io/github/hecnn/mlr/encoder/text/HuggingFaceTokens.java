package io.github.hecnn.mlr.encoder.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.github.hecnn.mlr.data.DataFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** A tokenizer of DJL. The only class that names that library. Thread-safe. */
final class HuggingFaceTokens implements AutoCloseable {
    private static final int MAX_TOKENS = 256;

    private final HuggingFaceTokenizer tokenizer;

    /** Reads a {@code tokenizer.json}; name is for errors. */
    HuggingFaceTokens(String name, byte[] json) {
        Telemetry.off();
        Map<String, String> options =
                Map.of("padding", "false", "truncation", "true", "maxLength", Integer.toString(MAX_TOKENS));
        try {
            tokenizer = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": expected readable bytes, found: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new DataFormatException(
                    name + ": expected a tokenizer.json of HuggingFace tokenizers, found: " + e.getMessage()
                            + "; give the one that belongs to the model",
                    e);
        }
    }

    /** Numbers of a text's tokens with the model's marks around them, at most 256; longer texts are cut off. */
    long[] ids(String text) {
        return tokenizer.encode(text).getIds();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
