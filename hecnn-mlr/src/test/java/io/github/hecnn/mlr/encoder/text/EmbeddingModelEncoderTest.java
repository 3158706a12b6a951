package io.github.hecnn.mlr.encoder.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EmbeddingModelEncoderTest {
    /** A model of langchain4j that is a function. */
    private record Model(int dimension, Function<String, float[]> function) implements EmbeddingModel {
        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> texts) {
            return Response.from(texts.stream()
                    .map(t -> Embedding.from(function.apply(t.text())))
                    .toList());
        }
    }

    @Test
    void anyModelsVectorsAreScaledToNormOne() {
        SentenceEncoder encoder =
                new EmbeddingModelEncoder(new Model(2, t -> new float[] {3 * t.length(), 4 * t.length()}));
        assertThat(encoder.dimension()).isEqualTo(2);
        assertThat(encoder.encode("abc")).containsExactly(new double[] {0.6, 0.8}, within(1e-12));
        assertThat(encoder.encodeAll(List.of("a", "bcd"))).hasDimensions(2, 2);
    }

    @Test
    void aTextWithoutAnythingToEmbedIsZeros() {
        SentenceEncoder encoder = new EmbeddingModelEncoder(new Model(2, t -> {
            throw new IllegalArgumentException("blank: " + t);
        }));
        for (String text : List.of("", " \t\n", "\uFEFF", "\u00A0\u200B\u0301")) {
            assertThat(encoder.encode(text)).containsExactly(0, 0);
        }
        assertThatThrownBy(() -> encoder.encode(".")).hasMessageContaining("blank");
    }

    @Test
    void vectorsThatCannotBeUsedAreRefused() {
        SentenceEncoder infinite =
                new EmbeddingModelEncoder(new Model(2, t -> new float[] {1, Float.POSITIVE_INFINITY}));
        assertThatThrownBy(() -> infinite.encode("a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expected 2 finite numbers, found others");
        SentenceEncoder longer = new EmbeddingModelEncoder(new Model(2, t -> new float[3]));
        assertThatThrownBy(() -> longer.encode("a")).hasMessageContaining("found 3 of them");
        assertThatThrownBy(() -> new EmbeddingModelEncoder(new Model(0, t -> new float[0])))
                .hasMessageContaining("at least 1 number, found 0");
    }
}
