package io.github.hecnn.mlr.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * From 1.29 on ONNX Runtime sends names and hashes of models to its makers, on Linux and macOS too, and only a variable of the environment keeps
 * it from that. A library for encrypted computing does not bring such a thing along.
 */
class OnnxRuntimeTelemetryTest {
    private static final String LIBRARY = "/ai/onnxruntime/native/linux-x64/libonnxruntime.so";
    private static final String COLLECTOR = "events.data.microsoft.com";

    @Test
    void theNativeLibraryKnowsNobodyToTell() throws IOException {
        byte[] bytes;
        try (InputStream in = OnnxRuntimeTelemetryTest.class.getResourceAsStream(LIBRARY)) {
            bytes = in.readAllBytes();
        }
        String library = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(library.indexOf("CPUExecutionProvider"))
                .as("a text that it has")
                .isPositive();
        assertThat(library.indexOf(COLLECTOR)).as(COLLECTOR).isNegative();
    }
}
