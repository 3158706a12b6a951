package io.github.hecnn.ckks.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.RotationSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {
    private static final CkksFixture F = new CkksFixture(CkksFixture.small(4, 3), RotationSteps.of(1, -3, 64));
    private static final double[] X = F.random(11);
    private static final double[] Y = F.random(12);
    private static final Ciphertext CX = F.encrypt(X);
    private static final Ciphertext CY = F.asymmetric.encrypt(F.encoder.encode(Y));

    private static double[] expect(IntToDoubleFunction f) {
        double[] e = new double[X.length];
        for (int i = 0; i < e.length; i++) {
            e[i] = f.applyAsDouble(i);
        }
        return e;
    }

    private static double[] turned(double[] x, int steps) {
        return expect(i -> x[Math.floorMod(i + steps, x.length)]);
    }

    private static void assertSlots(Ciphertext c, double bits, double[] expected) {
        assertThat(PrecisionStats.of(expected, F.decrypt(c)).bits()).isGreaterThan(bits);
    }

    /**
     * The noise model of this ring (N = 2^11, scale 2^40, sigma 3.2): standard deviation of a slot is sqrt(N) times that of a
     * coefficient, and the largest of 1024 slots stays within 5.5 of them. Fresh symmetric 3.2, public and any other
     * rounding by a prime or P sqrt((1 + 2N/3)/12), each with 20 % to spare.
     */
    private static double modelBits(double coefficientDeviation) {
        double n = 2048;
        return 40 - Math.log(1.2 * 5.5 * Math.sqrt(n) * coefficientDeviation) / Math.log(2);
    }

    private static final double FRESH = modelBits(3.2);
    private static final double PUBLIC = modelBits(Math.sqrt((1 + 2 * 2048 / 3.0) / 12));
    private static final double ROUNDED = modelBits(Math.hypot(3.2, Math.sqrt(2 * (1 + 2 * 2048 / 3.0) / 12)) + 3.2);

    @Test
    void freshNoiseFollowsTheModel() {
        assertSlots(CX, FRESH, X);
        assertSlots(CY, PUBLIC, Y);
        // and it is there: a noiseless "encryption" would be a defect
        assertThat(PrecisionStats.of(X, F.decrypt(CX)).bits()).isLessThan(FRESH + 3);
        assertThat(PrecisionStats.of(Y, F.decrypt(CY)).bits()).isLessThan(PUBLIC + 3);
    }

    @Test
    void addsSubtractsNegates() {
        assertSlots(F.evaluator.add(CX, CY), PUBLIC - 0.5, expect(i -> X[i] + Y[i]));
        assertSlots(F.evaluator.subtract(CX, CY), PUBLIC - 0.5, expect(i -> X[i] - Y[i]));
        assertSlots(F.evaluator.negate(CX), FRESH, expect(i -> -X[i]));
        assertSlots(F.evaluator.addPlain(CX, F.encoder.encode(Y)), FRESH - 0.5, expect(i -> X[i] + Y[i]));
        assertSlots(F.evaluator.subtractPlain(CX, F.encoder.encode(Y)), FRESH - 0.5, expect(i -> X[i] - Y[i]));
        assertSlots(F.evaluator.addConstant(CX, -2.75), FRESH, expect(i -> X[i] - 2.75));
        assertSlots(F.evaluator.multiplyInteger(CX, -3), FRESH - 2, expect(i -> -3 * X[i]));
    }

    @Test
    void multipliesAndRescales() {
        Ciphertext three = F.evaluator.multiplyNoRelin(CX, CY);
        assertThat(three.size()).isEqualTo(3);
        assertSlots(three, PUBLIC - 1, expect(i -> X[i] * Y[i]));
        Ciphertext product = F.evaluator.rescale(F.evaluator.relinearize(three));
        assertThat(product.level()).isEqualTo(3);
        assertThat(product.scale()).isEqualTo(F.context.parameters().scale(3));
        assertSlots(product, PUBLIC - 1, expect(i -> X[i] * Y[i]));
        // rounding the third component is multiplied by s^2, which is far larger than s: relinearise first
        double thirdComponent = modelBits(2048 * 2 / 3.0 / Math.sqrt(12));
        assertSlots(F.evaluator.rescale(three), Math.min(PUBLIC, thirdComponent) - 1, expect(i -> X[i] * Y[i]));
        assertSlots(
                F.evaluator.rescale(F.evaluator.multiplyPlain(CX, F.encoder.encode(Y))),
                ROUNDED - 0.5,
                expect(i -> X[i] * Y[i]));
        assertSlots(F.evaluator.rescale(F.evaluator.multiplyConstant(CX, 0.3)), ROUNDED, expect(i -> 0.3 * X[i]));
        assertSlots(F.evaluator.rescale(F.evaluator.square(CX)), ROUNDED - 1, expect(i -> X[i] * X[i]));
    }

    @Test
    void relinearizesAndRescalesInOne() {
        Ciphertext three = F.evaluator.multiplyNoRelin(CX, CY);
        Ciphertext one = F.evaluator.relinearizeAndRescale(three);
        Ciphertext two = F.evaluator.rescale(F.evaluator.relinearize(three));
        assertThat(one.size()).isEqualTo(2);
        assertThat(one.level()).isEqualTo(two.level()).isEqualTo(3);
        assertThat(one.scale()).isEqualTo(two.scale());
        assertSlots(one, PUBLIC - 1, expect(i -> X[i] * Y[i]));
        // Both are roundings of the same element: one to the nearest, the other in two steps.
        double q = Rings.of(F.context).basis(3).modulus(0).asDouble();
        var a = Rings.of(F.context)
                .arithmetic()
                .toCoefficients(Ciphertexts.components(one).get(0));
        var b = Rings.of(F.context)
                .arithmetic()
                .toCoefficients(Ciphertexts.components(two).get(0));
        for (int j = 0; j < F.context.parameters().ringDegree(); j++) {
            assertThat(Math.abs(Math.IEEEremainder(a.limb(0)[j] - b.limb(0)[j], q)))
                    .isLessThanOrEqualTo(1.0);
        }
        Ciphertext plain = F.evaluator.multiplyPlain(CX, F.encoder.encode(Y));
        assertThat(F.evaluator.relinearizeAndRescale(plain).level()).isEqualTo(3);
        Ciphertext c = F.evaluator.dropToLevel(CX, 1);
        assertSlots(
                F.evaluator.relinearizeAndRescale(F.evaluator.multiplyNoRelin(c, c)),
                ROUNDED - 1,
                expect(i -> X[i] * X[i]));
        Ciphertext bottom = F.evaluator.dropToLevel(CX, 0);
        assertThatThrownBy(() -> F.evaluator.relinearizeAndRescale(F.evaluator.multiplyNoRelin(bottom, bottom)))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("multiply at level 1 or more");
        assertThatThrownBy(() -> new Evaluator(F.context, EvaluationKeys.none()).relinearizeAndRescale(three))
                .isInstanceOf(MissingKeyException.class);
    }

    @Test
    void goesDownTheWholeChain() {
        Ciphertext c = CX;
        double[] e = X.clone();
        while (c.level() > 0) {
            c = F.evaluator.rescale(F.evaluator.square(c));
            for (int i = 0; i < e.length; i++) {
                e[i] *= e[i];
            }
            assertThat(F.evaluator.scaleDegree(c)).isEqualTo(1);
            assertSlots(c, ROUNDED - 2, e);
        }
    }

    @Test
    void sumsOfProductsNeedOneRelinearisation() {
        Ciphertext lower = F.evaluator.dropToLevel(CY, 2);
        Ciphertext sum = F.evaluator.sumOfProducts(List.of(CX, CY, CX), List.of(CX, CX, lower));
        assertThat(sum.level()).isEqualTo(2);
        Ciphertext out = F.evaluator.rescale(F.evaluator.relinearize(sum));
        assertSlots(out, PUBLIC - 3, expect(i -> X[i] * X[i] + 2 * X[i] * Y[i]));
        Ciphertext plain =
                F.evaluator.sumOfPlainProducts(List.of(CX, CX), List.of(F.encoder.encode(Y), F.encoder.encode(X)));
        assertSlots(F.evaluator.rescale(plain), ROUNDED - 1, expect(i -> X[i] * Y[i] + X[i] * X[i]));
    }

    @Test
    void aligningKeepsTheSlotsOnEveryLevel() {
        for (int level = 4; level >= 0; level--) {
            Ciphertext c = F.evaluator.dropToLevel(CX, level);
            assertThat(c.level()).isEqualTo(level);
            assertThat(c.scale()).isEqualTo(F.context.parameters().scale(level));
            assertSlots(c, ROUNDED, X);
            assertSlots(F.evaluator.add(c, CX), ROUNDED - 1, expect(i -> 2 * X[i]));
        }
        Ciphertext squared = F.evaluator.dropToLevel(F.evaluator.multiply(CX, CX), 1);
        assertThat(F.evaluator.scaleDegree(squared)).isEqualTo(2);
        assertSlots(F.evaluator.rescale(squared), ROUNDED - 2, expect(i -> X[i] * X[i]));
        assertSlots(F.evaluator.dropLimbs(CX, 1), FRESH, X);
    }

    @ParameterizedTest
    @CsvSource({"1,4", "-3,4", "64,4", "1,3", "-3,2", "64,1", "1,0"})
    void rotatesAtEveryLevel(int steps, int level) {
        Ciphertext c = F.evaluator.dropToLevel(CX, level);
        assertSlots(F.evaluator.rotate(c, steps), ROUNDED - 0.5, turned(X, steps));
        assertSlots(F.evaluator.rotate(c, steps + F.slots()), ROUNDED - 0.5, turned(X, steps));
        List<Ciphertext> hoisted = F.evaluator.rotateHoisted(c, 0, steps, 1);
        assertThat(hoisted.get(0)).isSameAs(c);
        assertSlots(hoisted.get(1), ROUNDED - 0.5, turned(X, steps));
        assertSlots(hoisted.get(2), ROUNDED - 0.5, turned(X, 1));
    }

    @Test
    void conjugatesAndMultipliesByI() {
        Ciphertext complex = F.evaluator.add(CX, F.evaluator.multiplyByI(F.encrypt(Y)));
        CkksEncoder.Slots s = F.encoder.decodeComplex(F.decryptor.decrypt(F.evaluator.conjugate(complex)), F.slots());
        assertThat(PrecisionStats.of(X, s.re()).bits()).isGreaterThan(ROUNDED - 1);
        assertThat(PrecisionStats.of(expect(i -> -Y[i]), s.im()).bits()).isGreaterThan(ROUNDED - 1);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "5"})
    void worksWithAnyNumberOfDigits(int digits) {
        CkksFixture f = new CkksFixture(CkksFixture.small(4, digits), RotationSteps.of(5));
        Ciphertext c = f.evaluator.rotate(f.encrypt(X), 5);
        assertThat(PrecisionStats.of(turned(X, 5), f.decrypt(c)).bits()).isGreaterThan(ROUNDED - 1);
        Ciphertext low = f.evaluator.rotate(f.evaluator.dropToLevel(f.encrypt(X), 2), 5);
        assertThat(PrecisionStats.of(turned(X, 5), f.decrypt(low)).bits()).isGreaterThan(ROUNDED - 1);
    }

    @Test
    void eightThreadsOnOneEvaluatorGetTheSameBits() throws Exception {
        Callable<Ciphertext> work = () -> {
            Ciphertext c = F.evaluator.rescale(F.evaluator.multiply(CX, CY));
            return F.evaluator.add(F.evaluator.rotateHoisted(c, 1, -3).get(1), F.evaluator.rotate(c, 64));
        };
        Ciphertext expected = work.call();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Ciphertext>> results = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                results.add(pool.submit(work));
            }
            for (Future<Ciphertext> r : results) {
                for (int k = 0; k < 2; k++) {
                    for (int l = 0; l <= expected.level(); l++) {
                        assertThat(Ciphertexts.components(r.get()).get(k).limb(l))
                                .containsExactly(
                                        Ciphertexts.components(expected).get(k).limb(l));
                    }
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void operandsAreNotChanged() {
        double[] before = Ciphertexts.components(CX).get(1).limb(0).clone();
        F.evaluator.rotate(CX, 1);
        F.evaluator.multiply(CX, CX);
        F.evaluator.dropToLevel(CX, 0);
        F.evaluator.negate(CX);
        assertThat(Ciphertexts.components(CX).get(1).limb(0)).containsExactly(before);
    }

    @Test
    void refusesWithTheFix() {
        Ciphertext bottom = F.evaluator.dropToLevel(CX, 0);
        Ciphertext three = F.evaluator.multiplyNoRelin(CX, CY);
        assertThatThrownBy(() -> F.evaluator.rescale(bottom)).isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> F.evaluator.rescaleAnyScale(bottom)).isInstanceOf(LevelException.class);
        assertThatThrownBy(() -> F.evaluator.dropToLevel(bottom, 1)).isInstanceOf(LevelException.class);
        assertThatThrownBy(() -> F.evaluator.dropLimbs(bottom, 1)).isInstanceOf(LevelException.class);
        assertThatThrownBy(() -> F.evaluator.multiplyPlain(CX, F.encoder.encode(X, 2)))
                .isInstanceOf(LevelException.class);
        assertThatThrownBy(() -> F.evaluator.add(CX, F.evaluator.multiply(CX, CX)))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("rescale the product first");
        assertThatThrownBy(() -> F.evaluator.addPlain(CX, F.encoder.encode(X, null, 4, 0x1p30)))
                .isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> F.evaluator.addConstant(CX, Double.NaN)).isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> F.evaluator.dropToLevel(F.evaluator.dropLimbs(CX, 3), 1))
                .isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> F.evaluator.multiply(three, CX)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> F.evaluator.rotate(three, 1)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> F.evaluator.conjugate(three)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> F.evaluator.sumOfProducts(List.of(), List.of()))
                .isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> F.evaluator.rotate(CX, 3))
                .isInstanceOf(MissingKeyException.class)
                .hasMessageContaining("no key for 3 steps")
                .hasMessageContaining("available steps: 1, -3, 64")
                .hasMessageContaining(
                        "add it with KeyGenerator.evaluationKeys(secretKey, RotationSteps.of(3), conjugation)");
        assertThatThrownBy(() -> F.evaluator.rotateHoisted(CX, 1, 2)).isInstanceOf(MissingKeyException.class);
        Evaluator bare = new Evaluator(F.context, EvaluationKeys.none());
        assertThatThrownBy(() -> bare.multiply(CX, CX)).isInstanceOf(MissingKeyException.class);
        assertThatThrownBy(() -> bare.relinearize(three)).isInstanceOf(MissingKeyException.class);
        assertThatThrownBy(() -> bare.conjugate(CX)).isInstanceOf(MissingKeyException.class);
        CkksFixture other = new CkksFixture(CkksFixture.small(3, 2), RotationSteps.of(1));
        assertThatThrownBy(() -> F.evaluator.add(CX, other.encrypt(X)))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("add: expected an object of parameter set");
        assertThatThrownBy(() -> new Evaluator(F.context, other.keys)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> new Decryptor(F.context, other.secretKey)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> Encryptor.withPublicKey(F.context, other.publicKey))
                .isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> Encryptor.withSecretKey(F.context, other.secretKey))
                .isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> F.symmetric.encrypt(other.encoder.encode(X))).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> F.decryptor.decrypt(other.encrypt(X))).isInstanceOf(MismatchException.class);
    }
}
