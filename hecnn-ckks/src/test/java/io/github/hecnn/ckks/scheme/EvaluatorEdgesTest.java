package io.github.hecnn.ckks.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operations do at the ends of what they take: components, monomials, steps, levels, and whose names errors have. */
class EvaluatorEdgesTest {
    private static final CkksFixture F = new CkksFixture(CkksFixture.small(3, 2), RotationSteps.of(1, -2));
    private static final int SLOTS = F.slots();
    private static final int N = 2 * SLOTS;
    private static final double[] X = F.random(1);
    private static final double[] Y = F.random(2);
    private static final Ciphertext CX = F.encrypt(X);
    private static final Ciphertext CY = F.encrypt(Y);
    private static final Evaluator E = F.evaluator;

    private static CkksEncoder.Slots open(Ciphertext c) {
        return F.encoder.decodeComplex(F.decryptor.decrypt(c), SLOTS);
    }

    private static void assertSame(Ciphertext found, Ciphertext expected) {
        assertThat(found.size()).isEqualTo(expected.size());
        assertThat(found.scale()).isEqualTo(expected.scale());
        for (int k = 0; k < expected.size(); k++) {
            for (int i = 0; i <= expected.level(); i++) {
                assertThat(Ciphertexts.components(found).get(k).limb(i))
                        .containsExactly(Ciphertexts.components(expected).get(k).limb(i));
            }
        }
    }

    @Test
    void anEvaluatorTellsWhatItWasMadeOf() {
        assertThat(E.context()).isSameAs(F.context);
        assertThat(E.keys()).isSameAs(F.keys);
        assertThat(E.allowsTransparent()).isFalse();
        Evaluator open = E.allowingTransparent();
        assertThat(open.allowsTransparent()).isTrue();
        assertThat(open.assumingSlotsUpTo(2).allowsTransparent()).isTrue();
        assertThat(E.assumingSlotsUpTo(2).allowsTransparent()).isFalse();
        assertThat(E.capacity()).isSameAs(F.context.capacity());
        Ciphertext zero = open.subtract(CX, CX);
        assertThat(open(zero).re()).containsOnly(0.0);
    }

    @Test
    void componentsThatOneOperandLacksAreTakenFromTheOther() {
        Ciphertext three = E.multiplyNoRelin(CX, CY);
        Ciphertext two = E.multiplyConstant(CX, 0.5);
        double[] less = open(E.subtract(two, three)).re();
        double[] more = open(E.subtract(three, two)).re();
        double[] sum = open(E.add(two, three)).re();
        for (int i = 0; i < SLOTS; i++) {
            assertThat(less[i]).isCloseTo(0.5 * X[i] - X[i] * Y[i], within(1e-7));
            assertThat(more[i]).isCloseTo(X[i] * Y[i] - 0.5 * X[i], within(1e-7));
            assertThat(sum[i]).isCloseTo(X[i] * Y[i] + 0.5 * X[i], within(1e-7));
        }
        assertSame(E.negate(E.subtract(two, three)), E.subtract(three, two));
        assertThat(E.relinearize(CX)).isSameAs(CX);
    }

    @Test
    void monomialsTurnTheCoefficients() {
        assertThat(E.multiplyByMonomial(CX, 0)).isSameAs(CX);
        assertThat(E.multiplyByMonomial(CX, -2 * N)).isSameAs(CX);
        assertSame(E.multiplyByMonomial(CX, N), E.negate(CX));
        assertSame(E.multiplyByMonomial(CX, N / 2), E.multiplyByI(CX));
        assertSame(E.multiplyByMonomial(CX, -N / 2), E.negate(E.multiplyByI(CX)));
        assertSame(E.multiplyByMonomial(E.multiplyByMonomial(CX, 3), -3), CX);
        assertSame(E.multiplyByMonomial(E.multiplyByMonomial(CX, 5), N - 2), E.negate(E.multiplyByMonomial(CX, 3)));
        Ciphertext low = E.dropToLevel(CX, 1);
        double[] turned = open(E.multiplyByI(low)).im();
        for (int i = 0; i < SLOTS; i++) {
            assertThat(turned[i]).isCloseTo(X[i], within(1e-7));
        }
        Ciphertext few = F.symmetric.encrypt(F.encoder.encode(new double[] {1, 2, 3, 4}));
        assertThat(E.multiplyByMonomial(few, N / 2).slots()).isEqualTo(4);
        assertThat(E.multiplyByMonomial(few, 3 * N / 2).slots()).isEqualTo(4);
        assertThat(E.multiplyByMonomial(few, 1).slots()).isEqualTo(SLOTS);
    }

    @Test
    void oneKeyTurnsAndConjugates() {
        KeyGenerator generator = new KeyGenerator(F.context, RandomSource.seeded(9));
        EvaluationKeys own = EvaluationKeys.of(null, List.of(generator.rotationAndConjugationKey(F.secretKey, 3)));
        Evaluator evaluator = new Evaluator(F.context, own);
        Ciphertext complex = E.add(CX, E.multiplyByI(CY));
        CkksEncoder.Slots found = open(evaluator.rotateAndConjugate(complex, 3));
        for (int i = 0; i < SLOTS; i++) {
            assertThat(found.re()[i]).isCloseTo(X[(i + 3) % SLOTS], within(1e-6));
            assertThat(found.im()[i]).isCloseTo(-Y[(i + 3) % SLOTS], within(1e-6));
        }
        assertThatThrownBy(() -> E.rotateAndConjugate(CX, SLOTS - 3))
                .isInstanceOf(MissingKeyException.class)
                .hasMessageStartingWith("rotateAndConjugate: no key")
                .hasMessageContaining("-3");
        assertThatThrownBy(() -> evaluator.rotateAndConjugate(E.multiplyNoRelin(CX, CX), 3))
                .isInstanceOf(MismatchException.class)
                .hasMessageStartingWith("rotateAndConjugate: expected a ciphertext of 2 components, found 3");
    }

    @Test
    void stepsAreToldInTheirShorterDirection() {
        assertThatThrownBy(() -> E.rotate(CX, SLOTS / 2)).hasMessageContaining("no key for " + SLOTS / 2 + " steps");
        assertThatThrownBy(() -> E.rotate(CX, SLOTS / 2 + 1))
                .hasMessageContaining("no key for " + (1 - SLOTS / 2) + " steps");
        assertThatThrownBy(() -> E.rotate(CX, -SLOTS - 5)).hasMessageContaining("no key for -5 steps");
        assertThatThrownBy(() -> E.rotateHoisted(CX, 1, 7)).hasMessageStartingWith("rotateHoisted: no key for 7 steps");
        assertThatThrownBy(() -> E.rotateHoisted(E.multiplyNoRelin(CX, CX), 1))
                .hasMessageStartingWith("rotateHoisted: expected a ciphertext of 2 components");
        assertThat(E.rotate(CX, 0)).isSameAs(CX);
        assertThat(E.rotateHoisted(CX, 0, SLOTS, -SLOTS)).hasSize(3).allMatch(c -> c == CX);
        assertThat(E.rotateHoisted(CX)).isEmpty();
        List<Ciphertext> mixed = E.rotateHoisted(CX, 1, 0, -2);
        assertSame(mixed.get(0), E.rotate(CX, 1));
        assertThat(mixed.get(1)).isSameAs(CX);
        assertSame(mixed.get(2), E.rotate(CX, -2));
    }

    @Test
    void scalesAndLevelsAreNamedWhereTheyDoNotFit() {
        Ciphertext product = E.multiply(CX, CY);
        assertThat(E.scaleDegree(CX)).isOne();
        assertThat(E.scaleDegree(product)).isEqualTo(2);
        assertThat(E.scaleDegree(E.dropLimbs(CX, 2))).isZero();
        assertThat(E.dropToLevel(CX, 3)).isSameAs(CX);
        assertThatThrownBy(() -> E.dropToLevel(CX, -1))
                .isInstanceOf(LevelException.class)
                .hasMessage("dropToLevel: expected a level in 0..3, found -1; levels only go down");
        assertThatThrownBy(() -> E.dropToLevel(CX, 4)).isInstanceOf(LevelException.class);
        assertThat(E.dropLimbs(CX, 3).level()).isEqualTo(3);
        assertThatThrownBy(() -> E.dropToLevel(E.dropLimbs(CX, 2), 1))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("expected the canonical scale of level 2 or its square, found 2^40.0");
        assertThatThrownBy(() -> E.add(CX, product))
                .isInstanceOf(ScaleException.class)
                .hasMessageStartingWith("add: expected operands of one scale, found 2^40.000 and 2^80.000");
        assertThatThrownBy(() -> E.sumOfProducts(List.of(CX, product), List.of(CY, CY)))
                .hasMessageStartingWith("sumOfProducts: expected operands of one scale");
        assertThatThrownBy(() -> E.sumOfProducts(List.of(CX, CX), List.of(CY, product)))
                .hasMessageStartingWith("sumOfProducts: expected operands of one scale");
        assertThatThrownBy(() -> E.sumOfProducts(List.of(CX), List.of(E.multiplyNoRelin(CX, CX))))
                .hasMessageStartingWith("sumOfProducts: expected a ciphertext of 2 components");
        assertThatThrownBy(() -> E.sumOfProducts(List.of(CX, CY), List.of(CX)))
                .hasMessageStartingWith(
                        "sumOfProducts: expected two equally long lists of at least one term, found 2 and 1");
        Plaintext half = F.encoder.encode(Y, null, 3, 0x1p30);
        assertThatThrownBy(() -> E.subtractPlain(CX, half))
                .hasMessageStartingWith("subtractPlain: expected operands of one");
        assertThatThrownBy(() -> E.sumOfPlainProducts(List.of(CX, CX), List.of(F.encoder.encode(Y), half)))
                .hasMessageStartingWith("sumOfPlainProducts: expected operands of one scale");
        assertThatThrownBy(() -> E.sumOfPlainProducts(List.of(), List.of())).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> E.sumOfPlainProducts(List.of(CX, product), List.of(half, half)))
                .hasMessageStartingWith("sumOfPlainProducts: expected operands of one scale");
        assertThatThrownBy(() -> E.multiplyConstant(CX, Double.POSITIVE_INFINITY))
                .hasMessage(
                        "multiplyConstant: expected a finite constant, found Infinity; check where it was computed");
        assertThatThrownBy(() -> E.multiplyPlain(CX, F.encoder.encode(Y, 1)))
                .hasMessageStartingWith("multiplyPlain: expected a plaintext of level 3 or more, found 1");
    }

    @Test
    void rescalingOfAnyScaleKeepsTheSlots() {
        Plaintext odd = F.encoder.encode(Y, null, 3, 0x1p33);
        Ciphertext rescaled = E.rescaleAnyScale(E.multiplyPlain(CX, odd));
        assertThat(rescaled.level()).isEqualTo(2);
        double[] found = F.decrypt(rescaled);
        for (int i = 0; i < SLOTS; i++) {
            assertThat(found[i]).isCloseTo(X[i] * Y[i], within(1e-5));
        }
        Ciphertext one = F.encrypt(X);
        assertThatThrownBy(() -> E.rescaleAnyScale(E.dropToLevel(one, 0)))
                .hasMessage("rescaleAnyScale: expected a ciphertext of level 1 or more, found level 0;"
                        + " use parameters with more levels");
        Ciphertext square = E.multiply(CX, CX);
        assertThat(E.rescaleAnyScale(square).scale())
                .isEqualTo(F.context.parameters().scale(2));
        double canonical = F.context.parameters().scale(2);
        double last = F.context.parameters().chain().dataPrimes().get(3);
        Plaintext matching = F.encoder.encode(Y, null, 3, canonical * canonical * last / square.scale());
        Ciphertext cube = E.rescaleAnyScale(E.multiplyPlain(square, matching));
        assertThat(cube.scale()).isEqualTo(canonical * canonical);
        assertThat(E.scaleDegree(cube)).isEqualTo(2);
    }

    @Test
    void everyTermOfExtendedPlaintextsIsChecked() {
        double scale = F.context.parameters().scale(3);
        ExtendedPlaintext good = F.encoder.encodeExtended(Y, null, 3, scale);
        ExtendedPlaintext low =
                F.encoder.encodeExtended(Y, null, 2, F.context.parameters().scale(2));
        ExtendedPlaintext odd = F.encoder.encodeExtended(Y, null, 3, 0x1p30);
        int[] steps = {0, 1};
        for (ExtendedPlaintext wrong : List.of(low, odd)) {
            assertThatThrownBy(() -> E.sumsOfRotatedPlainProducts(CX, steps, List.of(List.of(good, wrong))))
                    .hasMessageStartingWith("sumsOfRotatedPlainProducts: expected ");
        }
        GiantStepSums sums = new GiantStepSums(E);
        List<List<ExtendedPlaintext>> plain = List.of(List.of(good, good), Arrays.asList(null, good));
        Ciphertext found = E.rescale(sums.apply(CX, steps, plain, new int[] {0, 1}));
        double[] slots = F.decrypt(found);
        for (int i = 0; i < SLOTS; i++) {
            int next = (i + 1) % SLOTS;
            double expected = Y[i] * (X[i] + X[next]) + Y[next] * X[(i + 2) % SLOTS];
            assertThat(slots[i]).isCloseTo(expected, within(1e-5));
        }
        assertThatThrownBy(() -> sums.apply(CX, steps, plain, new int[] {0}))
                .hasMessageStartingWith("giantStepSums: expected two equally long lists");
        assertThatThrownBy(() -> sums.apply(CX, steps, plain, new int[] {0, 5}))
                .hasMessageStartingWith("giantStepSums: no key for 5 steps");
    }
}
