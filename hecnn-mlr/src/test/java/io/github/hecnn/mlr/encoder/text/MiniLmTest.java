package io.github.hecnn.mlr.encoder.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.encoder.ClassPath;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The real model, from its jar. */
class MiniLmTest {
    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void meaningBringsTextsTogetherThatShareNoWord() {
        double[][] v = MiniLm.encoder()
                .encodeAll(List.of(
                        "The food was delicious.",
                        "We enjoyed a tasty meal.",
                        "My phone's battery died.",
                        "",
                        "\uFEFF"));
        assertThat(MiniLm.encoder().dimension()).isEqualTo(MiniLm.DIMENSION);
        for (int i = 0; i < 3; i++) {
            assertThat(dot(v[i], v[i])).isCloseTo(1, within(1e-6));
        }
        assertThat(dot(v[0], v[1])).isGreaterThan(dot(v[0], v[2]) + 0.3);
        assertThat(v[3]).containsOnly(0).hasSize(MiniLm.DIMENSION);
        assertThat(v[4]).isEqualTo(v[3]);
        assertThat(MiniLm.encoder().encode("The food was delicious.")).isEqualTo(v[0]);
    }

    @Test
    void aLongTextIsCutOff() {
        double[] whole = MiniLm.encoder().encode("The food was delicious. ".repeat(400));
        assertThat(dot(whole, whole)).isCloseTo(1, within(1e-6));
        double[] longer = MiniLm.encoder().encode("The food was delicious. ".repeat(400) + "Call 0800 to win a prize!");
        assertThat(Arrays.equals(longer, whole)).isTrue();
    }

    @Test
    void itIsTheBestAndSaysWhichModelItIs() throws IOException {
        assertThat(MiniLm.unavailable()).isEmpty();
        assertThat(System.getProperty("OPT_OUT_TRACKING")).as("nobody is told").isEqualTo("true");
        assertThat(SentenceModel.best()).isEqualTo(SentenceModel.MINI_LM);
        assertThat(SentenceModel.MINI_LM.fingerprint()).matches("all-MiniLM-L6-v2-q [0-9a-f]{64} [0-9a-f]{64}");
        assertThat(SentenceModel.MINI_LM.<Integer>use(SentenceEncoder::dimension))
                .isEqualTo(384);
    }

    @Test
    void withoutItsLibrariesHashedWordsAreTaken() throws Exception {
        for (String library : List.of("minilm", "langchain4j", "onnxruntime", "djl")) {
            try (URLClassLoader without = ClassPath.without(library)) {
                Class<?> type = without.loadClass(SentenceModel.class.getName());
                assertThat(type.getMethod("best").invoke(null))
                        .isEqualTo(type.getField("HASHED").get(null));
                Class<?> miniLm = without.loadClass(MiniLm.class.getName());
                assertThatThrownBy(() -> miniLm.getMethod("encoder").invoke(null))
                        .isInstanceOf(InvocationTargetException.class)
                        .cause()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("add the dependency " + MiniLm.DEPENDENCY);
            }
        }
    }
}
