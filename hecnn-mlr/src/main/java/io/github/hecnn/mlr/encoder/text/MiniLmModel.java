package io.github.hecnn.mlr.encoder.text;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.io.InputStream;

/** The only class that names the model's library, so that everything else works without it. */
final class MiniLmModel {
    private static final SentenceEncoder ENCODER = load();

    private MiniLmModel() {}

    private static SentenceEncoder load() {
        Telemetry.off();
        try {
            OrtEnvironment.getEnvironment().setTelemetry(false);
        } catch (OrtException e) {
            throw new IllegalStateException(
                    "MiniLm: expected ONNX Runtime to take settings, found: " + e.getMessage()
                            + "; use the version that this library names",
                    e);
        }
        return new EmbeddingModelEncoder(new AllMiniLmL6V2QuantizedEmbeddingModel());
    }

    static SentenceEncoder encoder() {
        return ENCODER;
    }

    /** A file of the model's jar; null if it is not there. */
    static InputStream resource(String name) {
        return AllMiniLmL6V2QuantizedEmbeddingModel.class.getResourceAsStream(name);
    }
}
