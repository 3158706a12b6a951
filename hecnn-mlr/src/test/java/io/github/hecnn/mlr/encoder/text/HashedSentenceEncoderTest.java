package io.github.hecnn.mlr.encoder.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HashedSentenceEncoderTest {
    private final SentenceEncoder encoder = new HashedSentenceEncoder();

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void hasNormOneAndRepeats() {
        double[] v = encoder.encode("Free entry! Call 08452810075 now");
        assertThat(v).hasSize(768);
        assertThat(dot(v, v)).isCloseTo(1, within(1e-12));
        assertThat(encoder.encode("Free entry! Call 08452810075 now")).isEqualTo(v);
        assertThat(new HashedSentenceEncoder(768, 2).encode("Free entry! Call 08452810075 now"))
                .isNotEqualTo(v);
        assertThat(encoder.encode(" \n")).containsOnly(0);
    }

    /** Pinned: the embedding is part of what client and server of a task agree on. */
    @Test
    void staysTheSame() {
        double[] v = new HashedSentenceEncoder(8, 1).encode("good phone");
        assertThat(v).isEqualTo(new HashedSentenceEncoder(8, 1).encode("Good  phone"));
        assertThat(dot(v, v)).isCloseTo(1, within(1e-12));
    }

    @Test
    void sharedWordsBringTextsTogether() {
        double[][] v = encoder.encodeAll(List.of(
                "the food was really wonderful", "wonderful food, great service", "battery died after two days"));
        assertThat(dot(v[0], v[1])).isGreaterThan(dot(v[0], v[2]) + 0.2);
        assertThat(Math.abs(dot(v[0], v[2]))).isLessThan(0.2);
    }

    @Test
    void marksLinksNumbersAndShouting() {
        assertThat(Tokens.of("WIN £100 at http://x.com")).contains("<shout>", "<number 3>", "<link>", "win", "£");
        assertThatThrownBy(() -> new HashedSentenceEncoder(4, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
