package io.github.hecnn.mlr.encoder.text;

import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.Objects;

/**
 * Any embedding model of langchain4j as a sentence encoder: its vectors, scaled to norm 1.
 *
 * <p>Needs {@code dev.langchain4j:langchain4j-core}, an optional dependency of this module, on the class path. A model of a remote service
 * sees the texts; one that runs in this process, such as {@link MiniLm}, shows them to nobody. As deterministic and as thread-safe as the model.
 */
public final class EmbeddingModelEncoder implements SentenceEncoder {
    private final EmbeddingModel model;
    private final int dimension;

    /**
     * Asks the model for the length of its vectors.
     *
     * @param model any, used for every text
     * @throws IllegalStateException if its vectors have no entry
     */
    @SuppressWarnings("exports") // who has such a model requires its module, which nobody else needs
    public EmbeddingModelEncoder(EmbeddingModel model) {
        this.model = Objects.requireNonNull(model, "model");
        dimension = model.dimension();
        if (dimension < 1) {
            throw new IllegalStateException(
                    "sentence encoder: expected a model with vectors of at least 1 number, found " + dimension
                            + "; take another embedding model");
        }
    }

    @Override
    public int dimension() {
        return dimension;
    }

    /**
     * Embeds a text; one without any visible character has nothing to embed.
     *
     * @throws IllegalStateException if the model gives a vector of another length or one that is not finite
     */
    @Override
    public double[] encode(String text) {
        return hasContent(text)
                ? UnitVectors.of("embedding model", model.embed(text).content().vector(), dimension)
                : new double[dimension];
    }

    /** Models refuse blank texts, and tokenizers drop marks, controls and the like: a text of these alone has no token. */
    private static boolean hasContent(String text) {
        return text.codePoints().anyMatch(c -> switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> c != 0xFFFD;
        });
    }
}
