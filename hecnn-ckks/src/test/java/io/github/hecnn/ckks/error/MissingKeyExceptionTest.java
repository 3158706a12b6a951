package io.github.hecnn.ckks.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MissingKeyExceptionTest {
    @Test
    void rotationNamesWhatThereIsAndTheFix() {
        MissingKeyException e = MissingKeyException.rotation("rotate", 3, List.of(-2, 1));
        assertThat(e)
                .isInstanceOf(HeException.class)
                .hasMessage("rotate: no key for 3 steps; available steps: 1, -2; add it with"
                        + " KeyGenerator.evaluationKeys(secretKey, RotationSteps.of(3), conjugation)");
        assertThat(e.kind()).isEqualTo(MissingKeyException.Kind.ROTATION);
        assertThat(e.steps()).hasValue(3);
        assertThat(e.available()).containsExactly(1, -2);
    }

    @Test
    void longListsAreCut() {
        MissingKeyException e = MissingKeyException.rotation(
                "rotate", 999, IntStream.range(1, 101).boxed().toList());
        assertThat(e).hasMessageContaining("39, 40, ... (100 in all)").hasMessageNotContaining("41,");
        assertThat(e.available()).hasSize(100);
    }

    @Test
    void otherKeysHaveNoSteps() {
        assertThat(MissingKeyException.rotation("rotate", 1, List.of())).hasMessageContaining("available steps: none");
        assertThat(MissingKeyException.conjugation("conjugate").kind()).isEqualTo(MissingKeyException.Kind.CONJUGATION);
        assertThat(MissingKeyException.relinearization("multiply").kind())
                .isEqualTo(MissingKeyException.Kind.RELINEARIZATION);
        assertThat(MissingKeyException.relinearization("multiply").steps()).isEmpty();
        assertThat(MissingKeyException.conjugation("conjugate").available()).isEmpty();
    }
}
