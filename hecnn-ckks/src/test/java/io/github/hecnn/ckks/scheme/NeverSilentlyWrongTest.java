package io.github.hecnn.ckks.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.error.TransparentCiphertextException;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Inputs that used to end in a wrong number without a word: now the right number comes out, or a refusal that says what to do. */
class NeverSilentlyWrongTest {
    private static final CkksFixture F = new CkksFixture(CkksFixture.small(3, 3), RotationSteps.of(1, -2));
    private static final Evaluator E = F.evaluator;

    private static double[] all(double v) {
        double[] x = new double[F.slots()];
        Arrays.fill(x, v);
        return x;
    }

    private static Ciphertext encrypt(double v) {
        return F.encrypt(all(v));
    }

    @Test
    void largeValuesAreEncodedAndDecodedExactly() {
        for (double v : new double[] {1e10, 1e20, 1e26, 1e28, -1e30, 1e37}) {
            assertThat(F.encoder.decode(F.encoder.encode(all(v)))[5]).isCloseTo(v, Percentage.withPercentage(1e-12));
            assertThat(F.decrypt(encrypt(v))[5]).isCloseTo(v, Percentage.withPercentage(1e-9));
        }
        Random random = new Random(1);
        double[] x = new double[F.slots()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (2 * random.nextDouble() - 1) * 1e33;
        }
        assertThat(F.decrypt(F.encrypt(x))).containsExactly(x, Offset.offset(1e33 * 1e-9));
    }

    @Test
    void whatDoesNotFitIsNotEncoded() {
        assertThatThrownBy(() -> F.encoder.encode(all(1e39)))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining(
                        "encode: expected a result below Q/2 = 2^168.0 at level 3, found slots up to 1.000e+39"
                                + " at scale 2^40.0, 2^169.6 in all");
        assertThatThrownBy(() -> F.encoder.encode(all(257), 0)).isInstanceOf(ScaleException.class);
        assertThat(F.encoder.decode(F.encoder.encode(all(255), 0))[0]).isCloseTo(255, Offset.offset(1e-8));
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            double[] x = all(1);
            x[7] = bad;
            assertThatThrownBy(() -> F.encoder.encode(x))
                    .isInstanceOf(MismatchException.class)
                    .hasMessageContaining(bad + "")
                    .hasMessageContaining("slot 7");
        }
    }

    @Test
    void productsAtLevelZeroAreRefusedWithBothBitCounts() {
        Ciphertext c = E.dropToLevel(encrypt(20), 0);
        String text =
                "expected a result below Q/2 = 2^48.0 at level 0, found scale 2^80.0; rescale the factors first, or"
                        + " multiply at level 1 or more";
        Plaintext one = F.encoder.encode(all(1), 0);
        assertThatThrownBy(() -> E.square(c)).isInstanceOf(ScaleException.class).hasMessageContaining(text);
        assertThatThrownBy(() -> E.multiply(c, c))
                .isInstanceOf(ScaleException.class)
                .hasMessage("multiply: " + text);
        assertThatThrownBy(() -> E.multiplyNoRelin(c, c)).hasMessageContaining(text);
        assertThatThrownBy(() -> E.sumOfProducts(List.of(c), List.of(c))).hasMessageContaining(text);
        assertThatThrownBy(() -> E.multiplyPlain(c, one)).hasMessage("multiplyPlain: " + text);
        assertThatThrownBy(() -> E.sumOfPlainProducts(List.of(c), List.of(one))).hasMessageContaining(text);
        assertThatThrownBy(() -> E.multiplyConstant(c, 0.5)).hasMessage("multiplyConstant: " + text);
        ExtendedPlaintext wide =
                F.encoder.encodeExtended(all(1), null, 0, F.context.parameters().scale(0));
        assertThatThrownBy(() -> E.sumsOfRotatedPlainProducts(c, new int[] {1}, List.of(List.of(wide))))
                .hasMessageContaining(text);
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(F.context, F.keys);
        assertThatThrownBy(() -> algebra.square(c))
                .isInstanceOf(ScaleException.class)
                .hasMessage("square: " + text);
    }

    @Test
    void theThirdSquareWithoutRescaleIsRefused() {
        Ciphertext second = E.square(E.square(encrypt(0.5)));
        assertThat(F.decrypt(second)[0]).isCloseTo(0.0625, Offset.offset(1e-6));
        assertThatThrownBy(() -> E.square(second))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining(
                        "below Q/2 = 2^168.0 at level 3, found scale 2^320.0; rescale the factors first, or use"
                                + " parameters with more levels");
    }

    @Test
    void aFreshCiphertextIsNotRescaled() {
        String text = "rescale: expected a value of scale degree 2, found 1; multiply first, or use dropToLevel";
        assertThatThrownBy(() -> E.rescale(encrypt(1)))
                .isInstanceOf(ScaleException.class)
                .hasMessageStartingWith(text);
        assertThatThrownBy(() -> new CkksSlotAlgebra(F.context, F.keys).rescale(encrypt(1)))
                .isInstanceOf(ScaleException.class)
                .hasMessageStartingWith(text);
        assertThatThrownBy(() -> E.relinearizeAndRescale(encrypt(1))).isInstanceOf(ScaleException.class);
        Plaintext other = F.encoder.encode(all(0.5), null, 3, 0x1p45);
        Ciphertext odd = E.multiplyPlain(encrypt(0.5), other);
        assertThatThrownBy(() -> E.rescale(odd))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("found 0");
        assertThat(F.decrypt(E.rescaleAnyScale(odd))[0]).isCloseTo(0.25, Offset.offset(1e-6));
        Ciphertext small = F.symmetric.encrypt(F.encoder.encode(all(1), null, 1, 0x1p30));
        assertThatThrownBy(() -> E.rescaleAnyScale(small)).isInstanceOf(ScaleException.class);
    }

    @Test
    void constantsThatRoundToZeroAreRefused() {
        Ciphertext x = encrypt(1);
        String text =
                "expected 0, or a magnitude of at least 4.547e-13 that does not round to zero at scale 2^40.0, found"
                        + " 1.000e-13";
        assertThatThrownBy(() -> E.multiplyConstant(x, 1e-13))
                .isInstanceOf(ScaleException.class)
                .hasMessageStartingWith("multiplyConstant: " + text);
        assertThatThrownBy(() -> E.addConstant(x, -1e-13)).isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> F.encoder.encode(all(1e-13))).hasMessageStartingWith("encode: " + text);
        double[] oneSlot = new double[F.slots()];
        oneSlot[3] = 2e-11; // 22 / 2^40, but a thousandth of it in every coefficient
        assertThatThrownBy(() -> F.encoder.encode(oneSlot)).isInstanceOf(ScaleException.class);
        oneSlot[9] = 1;
        assertThat(F.encoder.decode(F.encoder.encode(oneSlot))[3]).isCloseTo(0, Offset.offset(1e-9));
        double smallest = new CkksSlotAlgebra(F.context, F.keys).smallestConstant(x);
        assertThat(E.multiplyConstant(x, smallest).scale()).isEqualTo(0x1p80);
        assertThatThrownBy(() -> E.multiplyConstant(x, 0.999 * smallest)).isInstanceOf(ScaleException.class);
        assertThat(F.decrypt(E.addConstant(x, 0))[0]).isCloseTo(1, Offset.offset(1e-6));
    }

    @Test
    void constantsAndIntegersThatDoNotFitAreRefused() {
        Ciphertext low = E.dropToLevel(encrypt(0.001), 1);
        assertThatThrownBy(() -> E.multiplyConstant(low, 1e13))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("Q/2 = 2^88.0 at level 1");
        assertThatThrownBy(() -> E.multiplyInteger(E.dropToLevel(low, 0), 257))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("found scale 2^40.0 for slots up to 257, 2^48.0 in all");
        assertThat(F.decrypt(E.multiplyInteger(E.dropToLevel(low, 0), 255))[0]).isCloseTo(0.255, Offset.offset(1e-4));
        for (long k : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> E.multiplyInteger(low, k)).isInstanceOf(ScaleException.class);
        }
        assertThatThrownBy(() -> E.addConstant(E.dropToLevel(low, 0), -300)).isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> E.addConstant(low, Double.NaN)).isInstanceOf(ScaleException.class);
        Plaintext big =
                F.encoder.encode(all(300), null, 3, F.context.parameters().scale(0));
        assertThatThrownBy(() -> E.addPlain(E.dropToLevel(low, 0), big)).isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> E.multiplyPlain(low, F.encoder.encode(all(300), 1)))
                .isInstanceOf(ScaleException.class);
        Evaluator ofSmall = E.assumingSlotsUpTo(0.01);
        assertThat(F.decrypt(ofSmall.rescale(ofSmall.multiplyConstant(low, 1000)))[0])
                .isCloseTo(1, Offset.offset(1e-3));
        assertThatThrownBy(() -> E.assumingSlotsUpTo(0)).isInstanceOf(InvalidParametersException.class);
    }

    @Test
    void noTransparentResultLeavesUnlessAskedFor() {
        Ciphertext c = encrypt(0.5);
        Plaintext zero = F.encoder.encode(all(0));
        Ciphertext three = E.multiplyNoRelin(c, c);
        Evaluator allowing = E.allowingTransparent();
        List<java.util.function.Function<Evaluator, Ciphertext>> cases = List.of(
                e -> e.subtract(c, c),
                e -> e.add(c, e.negate(c)),
                e -> e.subtract(three, three),
                e -> e.multiplyPlain(c, zero),
                e -> e.multiplyConstant(c, 0),
                e -> e.multiplyInteger(c, 0),
                e -> e.sumOfPlainProducts(List.of(c, c), List.of(zero, zero)),
                e -> e.sumOfPlainProducts(
                        List.of(c, e.negate(c)), List.of(F.encoder.encode(all(1)), F.encoder.encode(all(1)))),
                e -> e.sumsOfRotatedPlainProducts(
                                c, new int[] {1}, List.of(List.of(F.encoder.encodeExtended(all(0), null, 3, 0x1p40))))
                        .get(0),
                e -> e.sumOfProducts(List.of(c, c), List.of(c, e.negate(c))));
        for (var f : cases) {
            assertThatThrownBy(() -> f.apply(E)).isInstanceOf(TransparentCiphertextException.class);
            Ciphertext open = f.apply(allowing);
            assertThat(F.decrypt(open)[1]).isCloseTo(0, Offset.offset(1e-9));
            assertThatThrownBy(() -> E.addPlain(open, F.encoder.encode(all(0.25), null, open.level(), open.scale())))
                    .isInstanceOf(TransparentCiphertextException.class)
                    .hasMessageContaining("allowingTransparent()");
        }
        assertThat(allowing.allowsTransparent()).isTrue();
        // zeros inside of a sum are nobody's business
        Ciphertext sum = E.sumOfPlainProducts(List.of(c, c), List.of(zero, F.encoder.encode(all(1))));
        assertThat(F.decrypt(sum)[0]).isCloseTo(0.5, Offset.offset(1e-6));
    }

    @Test
    void levelsAreNotGivenUpWhereTheScaleDoesNotFit() {
        Ciphertext product = E.multiply(encrypt(0.5), encrypt(0.5));
        assertThatThrownBy(() -> E.dropToLevel(product, 0))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("stay at level 1 or more");
        assertThatThrownBy(() -> E.dropLimbs(product, 0)).isInstanceOf(ScaleException.class);
        assertThat(F.decrypt(E.dropToLevel(product, 1))[0]).isCloseTo(0.25, Offset.offset(1e-6));
    }

    @Test
    void theNamedRemedyOfAMissingRotationKeyMendsIt() {
        Ciphertext c = F.encrypt(F.random(1));
        for (int steps : new int[] {6, 6 + F.slots(), 6 - F.slots()}) {
            assertThatThrownBy(() -> E.rotate(c, steps))
                    .isInstanceOf(MissingKeyException.class)
                    .hasMessage("rotate: no key for 6 steps; available steps: 1, -2; add it with"
                            + " KeyGenerator.evaluationKeys(secretKey, RotationSteps.of(6), conjugation)");
        }
        SecretKey secretKey = F.secretKey;
        Evaluator mended = new Evaluator(
                F.context, new KeyGenerator(F.context).evaluationKeys(secretKey, RotationSteps.of(6), false));
        assertThat(F.decrypt(mended.rotate(c, 6))[0]).isCloseTo(F.random(1)[6], Offset.offset(1e-6));
    }
}
