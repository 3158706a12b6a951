package io.github.hecnn.mlr.transfer.text;

import io.github.hecnn.mlr.exchange.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * The sentence encoder of a run: hashed words, or a model in a file. Server and client must use the same one.
 *
 * @param model an ONNX file, or null for hashed words; text, since it is kept in a file
 * @param vocabulary its WordPiece vocabulary; null without a model
 * @param cased whether that vocabulary has upper case
 */
public record SentenceModel(String model, String vocabulary, boolean cased) {
    /** Hashed words, which need no file. */
    public static final SentenceModel HASHED = new SentenceModel(null, null, false);

    private static final int MAX_TOKENS = 256;
    private static final int LEAST_WIDTH = 16;
    private static final int MOST_WIDTH = 1024; // four of them fill the slots

    /**
     * What files and switches say.
     *
     * @param model an ONNX file; null for hashed words
     * @param vocabulary its WordPiece vocabulary; null for hashed words
     * @param cased whether that vocabulary has upper case
     * @throws IllegalArgumentException if one of the files is missing
     */
    public static SentenceModel of(Path model, Path vocabulary, boolean cased) {
        return model == null && vocabulary == null && !cased
                ? HASHED
                : new SentenceModel(file("sentence model", model), file("vocabulary", vocabulary), cased);
    }

    private static String file(String what, Path file) {
        if (file == null || !Files.isRegularFile(file)) {
            throw new IllegalArgumentException(what + ": expected a file (a sentence model and its vocabulary go together), found "
                    + (file == null ? "none" : "none at " + file) + "; give both");
        }
        return file.toAbsolutePath().normalize().toString();
    }

    /** Tells models apart without showing them: the same words on both sides mean the same vectors. */
    public String fingerprint() throws IOException {
        if (model == null) {
            return "hashed words";
        }
        return "model " + Sha256.of(Path.of(model)) + ", vocabulary " + Sha256.of(Path.of(vocabulary))
                + (cased ? ", cased" : ", uncased");
    }

    /**
     * Lends the encoder out for a while.
     *
     * @throws IllegalArgumentException if it gives vectors of a length that cannot be used
     * @throws UncheckedIOException if a file is missing or cannot be read
     * @throws io.github.hecnn.mlr.data.DataFormatException if a file is something else
     * @throws IllegalStateException if onnxruntime is missing or the model does not run
     */
    public <T> T use(Function<SentenceEncoder, T> work) {
        if (model == null) {
            return work.apply(new HashedSentenceEncoder());
        }
        WordPieceTokenizer tokenizer = WordPieceTokenizer.read(Path.of(vocabulary), !cased, MAX_TOKENS);
        try (OnnxSentenceEncoder encoder = OnnxSentenceEncoder.open(Path.of(model), tokenizer)) {
            if (encoder.dimension() < LEAST_WIDTH || encoder.dimension() > MOST_WIDTH) {
                throw new IllegalArgumentException("sentence model " + model + ": expected vectors of " + LEAST_WIDTH + ".."
                        + MOST_WIDTH + " numbers, found " + encoder.dimension()
                        + "; take another model, 768 is the width that was measured");
            }
            return work.apply(encoder);
        }
    }
}
