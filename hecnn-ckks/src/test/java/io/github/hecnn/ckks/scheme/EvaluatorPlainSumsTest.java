package io.github.hecnn.ckks.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.keys.RotationSteps;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sums of plaintext products, with and without rotations. */
class EvaluatorPlainSumsTest {
    private static final CkksFixture F = new CkksFixture(CkksFixture.small(3, 2), RotationSteps.of(1, -3));
    private static final int SLOTS = F.slots();
    private static final double[] X = F.random(1);
    private static final double[] Y = F.random(2);
    private static final Ciphertext C = F.encrypt(X);

    private static ExtendedPlaintext extended(int level, double scale) {
        return F.encoder.encodeExtended(Y, null, level, scale);
    }

    private static ExtendedPlaintext extended() {
        return extended(3, F.context.parameters().scale(3));
    }

    @Test
    void termsOfTwoAndThreeComponentsMix() {
        Ciphertext three = F.evaluator.rescale(F.evaluator.multiplyNoRelin(C, C));
        Plaintext y = F.encoder.encode(Y, null, 2, F.context.parameters().scale(2));
        for (List<Ciphertext> terms : List.of(List.of(C, three), List.of(three, C))) {
            Ciphertext sum = F.evaluator.sumOfPlainProducts(terms, List.of(y, y));
            assertThat(sum.size()).isEqualTo(3);
            assertThat(sum.level()).isEqualTo(2);
            double[] got = F.decrypt(F.evaluator.rescale(F.evaluator.relinearize(sum)));
            for (int i = 0; i < SLOTS; i++) {
                assertThat(got[i]).isCloseTo((X[i] + X[i] * X[i]) * Y[i], within());
            }
        }
    }

    /** Residues are canonical, so however a sum is accumulated the bits are the same; 70 terms are more than one pass takes. */
    @Test
    void longSumsAreTheSameTermByTerm() {
        Plaintext y = F.encoder.encode(Y);
        for (int terms : new int[] {1, 8, 9, 64, 70}) {
            Ciphertext sum = F.evaluator.sumOfPlainProducts(
                    java.util.Collections.nCopies(terms, C), java.util.Collections.nCopies(terms, y));
            Ciphertext product = F.evaluator.multiplyInteger(F.evaluator.multiplyPlain(C, y), terms);
            for (int c = 0; c < 2; c++) {
                for (int limb = 0; limb < Ciphertexts.components(sum).get(c).size(); limb++) {
                    assertThat(Ciphertexts.components(sum).get(c).limb(limb))
                            .isEqualTo(Ciphertexts.components(product).get(c).limb(limb));
                }
            }
        }
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-6);
    }

    @Test
    void sumsOfRotationsAreWhatTheySay() {
        List<Ciphertext> sums = F.evaluator.sumsOfRotatedPlainProducts(
                C,
                new int[] {1, 0, -3},
                List.of(Arrays.asList(extended(), null, extended()), Arrays.asList(null, extended(), null)));
        assertThat(sums).hasSize(2);
        double[] first = F.decrypt(F.evaluator.rescale(sums.get(0)));
        double[] second = F.decrypt(F.evaluator.rescale(sums.get(1)));
        for (int i = 0; i < SLOTS; i++) {
            double e = Y[i] * (X[(i + 1) % SLOTS] + X[(i + SLOTS - 3) % SLOTS]);
            assertThat(first[i]).isCloseTo(e, within());
            assertThat(second[i]).isCloseTo(Y[i] * X[i], within());
        }
    }

    @Test
    void refusesInItsOwnName() {
        int[] one = {1};
        List<List<ExtendedPlaintext>> good = List.of(List.of(extended()));
        assertThatThrownBy(() -> F.evaluator.sumsOfRotatedPlainProducts(C, new int[] {2}, good))
                .isInstanceOf(MissingKeyException.class)
                .hasMessageStartingWith("sumsOfRotatedPlainProducts: no key for 2 steps");
        assertThatThrownBy(() -> F.evaluator.sumsOfRotatedPlainProducts(F.evaluator.multiplyNoRelin(C, C), one, good))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("2 components, found 3; relinearize");
        assertThatThrownBy(() -> F.evaluator.sumsOfRotatedPlainProducts(C, new int[] {1, 0}, good))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("found 2 and 1");
        assertThatThrownBy(() -> F.evaluator.sumsOfRotatedPlainProducts(C, new int[0], List.of(List.of())))
                .isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> F.evaluator.sumsOfRotatedPlainProducts(
                        C, one, List.of(good.get(0), Arrays.asList((ExtendedPlaintext) null))))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("found only null");
        double scale = F.context.parameters().scale(3);
        assertThatThrownBy(() -> F.evaluator.sumsOfRotatedPlainProducts(C, one, List.of(List.of(extended(2, scale)))))
                .isInstanceOf(LevelException.class)
                .hasMessageContaining("expected plaintexts of level 3, found 2");
        assertThatThrownBy(() -> F.evaluator.sumsOfRotatedPlainProducts(
                        C, one, List.of(good.get(0), List.of(extended(3, scale / 2)))))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("operands of one scale");
        assertThatThrownBy(() -> F.evaluator.sumOfPlainProducts(List.of(C, C), List.of(F.encoder.encode(Y))))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("sumOfPlainProducts: expected two equally long lists");
    }
}
