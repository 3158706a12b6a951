package io.github.hecnn.mlr.encoder.text;

import io.github.hecnn.core.files.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;

/**
 * Names the sentence encoder of a run, so that it can be kept in a file and opened again. Server and client must use the same one.
 *
 * @param kind which encoder
 * @param model an ONNX file; null for the others. Text, since it is kept in a file
 * @param tokenizer its {@code tokenizer.json}; null for the others
 */
public record SentenceModel(Kind kind, String model, String tokenizer) {
    /** Where vectors come from. */
    public enum Kind {
        /** {@link HashedSentenceEncoder}, 768 numbers. */
        HASHED,
        /** {@link MiniLm}, 384 numbers. */
        MINI_LM,
        /** {@link OnnxSentenceEncoder} on two files. */
        FILES
    }

    /** Hashed words, which need no library and no file. */
    public static final SentenceModel HASHED = new SentenceModel(Kind.HASHED, null, null);

    /** The model of {@link MiniLm}. */
    public static final SentenceModel MINI_LM = new SentenceModel(Kind.MINI_LM, null, null);

    private static final int LEAST_WIDTH = 16;
    private static final int MOST_WIDTH = 1024; // four of them fill the slots

    /**
     * Checks the components.
     *
     * @param kind which encoder
     * @param model an ONNX file; null for the others. Text, since it is kept in a file
     * @param tokenizer its {@code tokenizer.json}; null for the others
     * @throws IllegalArgumentException if files are missing, or given with a kind that has none
     */
    public SentenceModel {
        Objects.requireNonNull(kind, "kind");
        if ((kind == Kind.FILES) != (model != null && tokenizer != null)
                || (kind != Kind.FILES && (model != null || tokenizer != null))) {
            throw new IllegalArgumentException("sentence model: expected a model and a tokenizer with kind "
                    + Kind.FILES + " and none otherwise, found " + kind + ", " + model + ", " + tokenizer
                    + "; give both or none");
        }
    }

    /**
     * {@return an ONNX model and its tokenizer}
     *
     * @param model an ONNX file
     * @param tokenizer its {@code tokenizer.json}
     * @throws IllegalArgumentException if one of the files is missing
     */
    public static SentenceModel of(Path model, Path tokenizer) {
        return new SentenceModel(Kind.FILES, file("sentence model", model), file("tokenizer", tokenizer));
    }

    /** {@return {@link #MINI_LM} where it runs, otherwise {@link #HASHED}; {@link MiniLm#unavailable} says why} */
    public static SentenceModel best() {
        return MiniLm.unavailable().isEmpty() ? MINI_LM : HASHED;
    }

    private static String file(String what, Path file) {
        if (file == null || !Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    what + ": expected a file (a sentence model and its tokenizer.json go together), found "
                            + (file == null ? "none" : "none at " + file) + "; give both");
        }
        return file.toAbsolutePath().normalize().toString();
    }

    /** {@return its name, as in reports} */
    public String label() {
        return switch (kind) {
            case HASHED -> "hashed words";
            case MINI_LM -> "all-MiniLM-L6-v2, 8 bits";
            case FILES -> Path.of(model).getFileName().toString();
        };
    }

    /**
     * Tells models apart without showing them: the same words on both sides mean the same vectors.
     *
     * @return a text that differs between models
     * @throws IOException if a file is missing or cannot be read
     * @throws IllegalStateException if the model of {@link MiniLm} is missing
     */
    public String fingerprint() throws IOException {
        return switch (kind) {
            case HASHED -> "hashed words";
            case MINI_LM -> MiniLm.fingerprint();
            case FILES -> "model " + Sha256.of(Path.of(model)) + ", tokenizer " + Sha256.of(Path.of(tokenizer));
        };
    }

    /**
     * Lends the encoder out for a while.
     *
     * @param work gets the encoder, which is closed afterwards
     * @param <T> what the work returns
     * @return what the work returns
     * @throws IllegalArgumentException if it gives vectors of a length that cannot be used
     * @throws UncheckedIOException if a file is missing or cannot be read
     * @throws io.github.hecnn.mlr.data.DataFormatException if a file is something else
     * @throws IllegalStateException if a library is missing or the model does not run
     */
    public <T> T use(Function<SentenceEncoder, T> work) {
        return switch (kind) {
            case HASHED -> work.apply(new HashedSentenceEncoder());
            case MINI_LM -> work.apply(MiniLm.encoder());
            case FILES -> useFiles(work);
        };
    }

    private <T> T useFiles(Function<SentenceEncoder, T> work) {
        try (OnnxSentenceEncoder encoder = OnnxSentenceEncoder.open(Path.of(model), Path.of(tokenizer))) {
            if (encoder.dimension() < LEAST_WIDTH || encoder.dimension() > MOST_WIDTH) {
                throw new IllegalArgumentException(
                        "sentence model " + model + ": expected vectors of " + LEAST_WIDTH + ".."
                                + MOST_WIDTH + " numbers, found " + encoder.dimension()
                                + "; take another model, 384 and 768 are the widths that were measured");
            }
            return work.apply(encoder);
        }
    }
}
