package io.github.hecnn.mlr.encoder.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.encoder.ClassPath;
import io.github.hecnn.mlr.encoder.OnnxBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On models that the test writes: every token has a vector of its own. */
class OnnxSentenceEncoderTest {
    private static final float[][] TABLE = {{0, 0, 0}, {0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {2, 3, 5}, {-1, 4, 0}};

    @TempDir
    private Path folder;

    private Path tokenizer;

    @BeforeEach
    void writes() throws IOException {
        String json = TokenizerJson.of(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "good", "bad"));
        tokenizer = Files.writeString(folder.resolve("tokenizer.json"), json);
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(folder, "model", ".onnx"), bytes);
    }

    private static double[] unit(double... v) {
        double norm = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        return new double[] {v[0] / norm, v[1] / norm, v[2] / norm};
    }

    @Test
    void isTheMeanOfTheTokensScaledToNormOne() throws IOException {
        try (OnnxSentenceEncoder e = OnnxSentenceEncoder.open(
                file(OnnxBytes.embedding(TABLE, null, "input_ids", "attention_mask", "token_type_ids")), tokenizer)) {
            assertThat(e.dimension()).isEqualTo(3);
            assertThat(e.encode("Good bad good")).containsExactly(unit(1 + 2 - 1 + 2, 1 + 3 + 4 + 3, 10), within(1e-6));
            assertThat(e.encode("")).containsExactly(unit(1, 1, 0), within(1e-6));
            assertThat(e.encode("other")).containsExactly(unit(1, 1, 0), within(1e-6));
        }
    }

    @Test
    void appliesLayersAndNeedsOnlyTheNumbers() throws IOException {
        float[][] swap = {{0, 1, 0}, {1, 0, 0}, {0, 0, -2}};
        try (OnnxSentenceEncoder e =
                OnnxSentenceEncoder.open(file(OnnxBytes.embedding(TABLE, swap, "input_ids")), tokenizer)) {
            assertThat(e.encode("good")).containsExactly(unit(4, 3, -10), within(1e-6));
        }
    }

    @Test
    void manyTextsAtOnceAreTheSame() throws IOException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            texts.add("good ".repeat(i % 7) + "bad ".repeat(i % 5));
        }
        try (OnnxSentenceEncoder e = OnnxSentenceEncoder.open(
                file(OnnxBytes.embedding(TABLE, null, "input_ids", "attention_mask")), tokenizer)) {
            double[][] all = e.encodeAll(texts);
            for (int i = 0; i < all.length; i++) {
                assertThat(all[i]).isEqualTo(e.encode(texts.get(i)));
            }
        }
    }

    @Test
    void zerosStayZerosAndWhatIsNotFiniteIsRefused() throws IOException {
        float[][] table = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {Float.NaN, 0, 0}, {0, 0, 0}};
        try (OnnxSentenceEncoder e =
                OnnxSentenceEncoder.open(file(OnnxBytes.embedding(table, null, "input_ids")), tokenizer)) {
            assertThat(e.encode("bad")).containsOnly(0);
            assertThatThrownBy(() -> e.encode("good"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("finite");
        }
    }

    @Test
    void refusesWhatIsNoSuchModel() throws IOException {
        assertThatThrownBy(() -> OnnxSentenceEncoder.open(folder.resolve("none.onnx"), tokenizer))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("expected a file, found none");
        byte[] good = OnnxBytes.embedding(TABLE, null, "input_ids");
        for (byte[] bytes : List.of(new byte[] {1, 2, 3}, Arrays.copyOf(good, good.length / 2))) {
            Path file = file(bytes);
            assertThatThrownBy(() -> OnnxSentenceEncoder.open(file, tokenizer))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining("expected an ONNX model");
        }
        Path inputs = file(OnnxBytes.embedding(TABLE, null, "input_ids", "pixels"));
        assertThatThrownBy(() -> OnnxSentenceEncoder.open(inputs, tokenizer))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("pixels");
        Path small = file(OnnxBytes.embedding(new float[][] {{1, 2, 3}}, null, "input_ids"));
        assertThatThrownBy(() -> OnnxSentenceEncoder.open(small, tokenizer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tokenizer and model belong together");
    }

    @Test
    void refusesWhatIsNoTokenizer() throws IOException {
        Path model = file(OnnxBytes.embedding(TABLE, null, "input_ids"));
        Path words = Files.write(folder.resolve("vocab.txt"), List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]"));
        assertThatThrownBy(() -> OnnxSentenceEncoder.open(model, words))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("vocab.txt: expected a tokenizer.json");
        assertThatThrownBy(() -> OnnxSentenceEncoder.open(model, folder.resolve("none.json")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none.json: expected a file, found none");
    }

    @Test
    void aLongTextIsCutOff() throws IOException {
        try (OnnxSentenceEncoder e =
                OnnxSentenceEncoder.open(file(OnnxBytes.embedding(TABLE, null, "input_ids")), tokenizer)) {
            double[] whole = e.encode("good ".repeat(254));
            assertThat(e.encode("good ".repeat(254) + "bad ".repeat(2000))).isEqualTo(whole);
            assertThat(e.encode("good ".repeat(253) + "bad")).isNotEqualTo(whole);
        }
    }

    @Test
    void withoutALibraryItSaysWhatIsMissing() throws Exception {
        Path model = file(OnnxBytes.embedding(TABLE, null, "input_ids"));
        for (Map.Entry<String, String> library : Map.of(
                        "onnxruntime", "com.microsoft.onnxruntime:onnxruntime",
                        "djl", "ai.djl.huggingface:tokenizers")
                .entrySet()) {
            try (URLClassLoader without = ClassPath.without(library.getKey())) {
                Method open = without.loadClass(OnnxSentenceEncoder.class.getName())
                        .getMethod("open", Path.class, Path.class);
                assertThatThrownBy(() -> open.invoke(null, model, tokenizer))
                        .isInstanceOf(InvocationTargetException.class)
                        .cause()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("add the dependency " + library.getValue());
            }
        }
    }

    @Test
    void theLibraryIsInNoPublicSignature() {
        for (Method m : OnnxSentenceEncoder.class.getDeclaredMethods()) {
            if (Modifier.isPublic(m.getModifiers())) {
                assertThat(m.toGenericString()).doesNotContain("ai.onnxruntime");
            }
        }
        assertThat(Modifier.isPublic(OnnxModel.class.getModifiers())).isFalse();
    }
}
