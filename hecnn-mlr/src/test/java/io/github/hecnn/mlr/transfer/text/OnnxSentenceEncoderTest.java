package io.github.hecnn.mlr.transfer.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.data.DataFormatException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On models that the test writes: every token has a vector of its own. */
class OnnxSentenceEncoderTest {
    private static final float[][] TABLE = {{0, 0, 0}, {0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {2, 3, 5}, {-1, 4, 0}};

    @TempDir
    private Path folder;

    private WordPieceTokenizer tokenizer;

    @BeforeEach
    void writes() throws IOException {
        Path vocabulary =
                Files.write(folder.resolve("vocab.txt"), List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "good", "bad"));
        tokenizer = WordPieceTokenizer.read(vocabulary, true, 16);
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
                file(OnnxBytes.model(TABLE, null, "input_ids", "attention_mask", "token_type_ids")), tokenizer)) {
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
                OnnxSentenceEncoder.open(file(OnnxBytes.model(TABLE, swap, "input_ids")), tokenizer)) {
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
                file(OnnxBytes.model(TABLE, null, "input_ids", "attention_mask")), tokenizer)) {
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
                OnnxSentenceEncoder.open(file(OnnxBytes.model(table, null, "input_ids")), tokenizer)) {
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
        byte[] good = OnnxBytes.model(TABLE, null, "input_ids");
        for (byte[] bytes : List.of(new byte[] {1, 2, 3}, java.util.Arrays.copyOf(good, good.length / 2))) {
            Path file = file(bytes);
            assertThatThrownBy(() -> OnnxSentenceEncoder.open(file, tokenizer))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining("expected an ONNX model");
        }
        Path inputs = file(OnnxBytes.model(TABLE, null, "input_ids", "pixels"));
        assertThatThrownBy(() -> OnnxSentenceEncoder.open(inputs, tokenizer))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("pixels");
        Path small = file(OnnxBytes.model(new float[][] {{1, 2, 3}}, null, "input_ids"));
        assertThatThrownBy(() -> OnnxSentenceEncoder.open(small, tokenizer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("vocabulary and model belong together");
    }

    @Test
    void withoutTheLibraryItSaysWhatIsMissing() throws Exception {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1)) {
            if (!entry.contains("onnxruntime")) {
                path.add(Path.of(entry).toUri().toURL());
            }
        }
        Path model = file(OnnxBytes.model(TABLE, null, "input_ids"));
        try (URLClassLoader without =
                new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Class<?> tokenizerType = without.loadClass(WordPieceTokenizer.class.getName());
            Object other = tokenizerType
                    .getMethod("read", Path.class, boolean.class, int.class)
                    .invoke(null, folder.resolve("vocab.txt"), true, 16);
            Method open =
                    without.loadClass(OnnxSentenceEncoder.class.getName()).getMethod("open", Path.class, tokenizerType);
            assertThatThrownBy(() -> open.invoke(null, model, other))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("add the dependency com.microsoft.onnxruntime:onnxruntime");
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
