package io.github.hecnn.ckks.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.CkksPresets;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder.Slots;
import io.github.hecnn.ckks.scheme.CkksFixture;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.scheme.ExtendedPlaintext;
import io.github.hecnn.ckks.scheme.Plaintext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every formula of the model against what real ciphertexts do, operation by operation. */
class NoiseModelTest {
    private static final int[] STEPS = {1, -3, 64, 5};

    private static CkksParameters parameters(int logN, int levels, int scaleBits, int digits, int weight) {
        return CkksParameters.builder()
                .logRingDegree(logN)
                .levels(levels)
                .scaleBits(scaleBits)
                .digits(digits)
                .secretHammingWeight(weight)
                .securityLevel(SecurityLevel.NONE)
                .build();
    }

    @ParameterizedTest(name = "N = 2^{0}, {1} levels, scale 2^{2}, {3} digits, Hamming weight {4}")
    @CsvSource({"12, 3, 40, 2, 0", "11, 5, 40, 3, 64", "11, 4, 36, 5, 0", "11, 3, 40, 1, 192", "12, 2, 44, 3, 0"})
    void everyOperationIsAsNoisyAsPredicted(int logN, int levels, int scaleBits, int digits, int weight) {
        new Operations(parameters(logN, levels, scaleBits, digits, weight)).check();
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(
            value = CkksPresets.class,
            names = {"SECURE_14", "SECURE_15"})
    void everyOperationIsAsNoisyAsPredictedOfSecureParameters(CkksPresets preset) {
        new Operations(preset.parameters()).check();
    }

    /** One parameter set's measurements. Errors of an operation are taken against the same operation on the decrypted operands. */
    private static final class Operations {
        private final CkksFixture f;
        private final NoiseModel secretKey;
        private final NoiseModel publicKey;
        private final int slots;
        private final int top;
        private final Random random = new Random(5);

        Operations(CkksParameters parameters) {
            f = new CkksFixture(parameters, RotationSteps.of(STEPS));
            secretKey = NoiseModel.ofSecretKeyEncryption(parameters);
            publicKey = NoiseModel.ofPublicKeyEncryption(parameters);
            slots = parameters.slots();
            top = parameters.maxLevel();
        }

        void check() {
            checkFresh();
            for (int level = top; level >= 0; level--) {
                checkKeySwitches(level);
                checkLevels(level);
                checkProducts(level);
            }
        }

        private Slots random() {
            double[] re = random.doubles(slots, -1, 1).toArray();
            double[] im = random.doubles(slots, -1, 1).toArray();
            return new Slots(re, im);
        }

        private Slots zeros() {
            return new Slots(new double[slots], new double[slots]);
        }

        private Slots decrypt(Ciphertext c) {
            return f.encoder.decodeComplex(f.decryptor.decrypt(c), slots);
        }

        private Plaintext encode(Slots x, int level) {
            return f.encoder.encode(
                    x.re(), x.im(), level, f.context.parameters().scale(level));
        }

        private Ciphertext encrypt(Slots x, int level) {
            return f.symmetric.encrypt(encode(x, level));
        }

        private Slots product(Slots a, Slots b) {
            double[] re = new double[slots];
            double[] im = new double[slots];
            for (int i = 0; i < slots; i++) {
                re[i] = a.re()[i] * b.re()[i] - a.im()[i] * b.im()[i];
                im[i] = a.re()[i] * b.im()[i] + a.im()[i] * b.re()[i];
            }
            return new Slots(re, im);
        }

        private Slots rotate(Slots a, int steps) {
            double[] re = new double[slots];
            double[] im = new double[slots];
            for (int i = 0; i < slots; i++) {
                re[i] = a.re()[Math.floorMod(i + steps, slots)];
                im[i] = a.im()[Math.floorMod(i + steps, slots)];
            }
            return new Slots(re, im);
        }

        /** Root mean square of moduli: the one magnitude that stands for random slots. */
        private double size(Slots a) {
            double squares = 0;
            for (int i = 0; i < slots; i++) {
                squares += a.re()[i] * a.re()[i] + a.im()[i] * a.im()[i];
            }
            return Math.sqrt(squares / slots);
        }

        private void check(String what, int level, Slots expected, Ciphertext actual, double predicted) {
            MeasuredError.of(expected, decrypt(actual)).isAsPredicted(what + " at level " + level, predicted);
        }

        private void checkFresh() {
            for (int level : new int[] {top, 0}) {
                Slots x = random();
                Plaintext p = encode(x, level);
                MeasuredError.of(x, f.encoder.decodeComplex(p)).isAsPredicted("encoding", secretKey.encoding(level, 1));
                Ciphertext a = f.symmetric.encrypt(p);
                Ciphertext b = f.asymmetric.encrypt(p);
                check("secret key", level, x, a, secretKey.fresh(level));
                check("public key", level, x, b, publicKey.fresh(level));
                Slots twice = product(x, new Slots(fill(2), fill(0)));
                double sum = NoiseModel.sum(
                        secretKey.encryption(level), publicKey.encryption(level), 2 * secretKey.encoding(level, 1));
                check("sum", level, twice, f.evaluator.add(a, b), sum);
            }
        }

        private double[] fill(double c) {
            double[] out = new double[slots];
            java.util.Arrays.fill(out, c);
            return out;
        }

        private void checkKeySwitches(int level) {
            Ciphertext a = encrypt(random(), level);
            Slots x = decrypt(a);
            double added = secretKey.keySwitch(level, 1);
            assertThat(secretKey.rotation(3 * added, level, 1)).isEqualTo(NoiseModel.sum(3 * added, added));
            check("rotation", level, rotate(x, -3), f.evaluator.rotate(a, -3), added);
            check(
                    "hoisted",
                    level,
                    rotate(x, 64),
                    f.evaluator.rotateHoisted(a, 1, 64).get(1),
                    added);
            Slots conjugate =
                    new Slots(x.re(), product(x, new Slots(fill(-1), fill(0))).im());
            check("conjugation", level, conjugate, f.evaluator.conjugate(a), secretKey.conjugation(0, level, 1));
            // of zeros, as decoding in doubles could not tell the error from 1 at the squared scale
            Evaluator ofZeros = f.evaluator.assumingSlotsUpTo(0x1p-45); // a product at level 0 holds no others
            Ciphertext z = ofZeros.multiplyNoRelin(encrypt(zeros(), level), encrypt(zeros(), level));
            check("relinearisation", level, decrypt(z), ofZeros.relinearize(z), secretKey.keySwitch(level, 2));
            check("relinearised", level, zeros(), ofZeros.relinearize(z), relinearizedZeros(level));
        }

        private double relinearizedZeros(int level) {
            double fresh = secretKey.fresh(level);
            return secretKey.relinearization(NoiseModel.product(0, secretKey.encryption(level), 0, fresh), level);
        }

        private void checkHoistedSum(int level) {
            Ciphertext a = encrypt(random(), level);
            Slots x = decrypt(a);
            double[] re = new double[slots];
            double[] im = new double[slots];
            double[] sizes = new double[STEPS.length];
            double[] plains = new double[STEPS.length];
            List<ExtendedPlaintext> row = new ArrayList<>();
            for (int i = 0; i < STEPS.length; i++) {
                Slots p = random();
                row.add(f.encoder.encodeExtended(
                        p.re(), p.im(), level, f.context.parameters().scale(level)));
                Slots term = product(rotate(x, STEPS[i]), p);
                for (int j = 0; j < slots; j++) {
                    re[j] += term.re()[j];
                    im[j] += term.im()[j];
                }
                sizes[i] = size(x);
                plains[i] = size(p);
            }
            Ciphertext sum = f.evaluator
                    .sumsOfRotatedPlainProducts(a, STEPS, List.of(row))
                    .get(0);
            double predicted = secretKey.rotatedPlainProducts(sizes, 0, plains, level);
            check("sum of rotated plain products", level, new Slots(re, im), sum, predicted);
        }

        private void checkLevels(int level) {
            Ciphertext a = encrypt(random(), level);
            Slots x = decrypt(a);
            for (int to = level - 1; to >= 0; to--) {
                double predicted = secretKey.dropToLevel(size(x), 0, level, to, 1, 2);
                check("drop to " + to, level, x, f.evaluator.dropToLevel(a, to), predicted);
            }
            if (level > 0) {
                Ciphertext two = f.evaluator.multiply(a, encrypt(random(), level));
                check("rescale", level, decrypt(two), f.evaluator.rescale(two), secretKey.rescale(0, level, 2));
                Ciphertext three = f.evaluator.multiplyNoRelin(a, encrypt(random(), level));
                Slots y = decrypt(three);
                MeasuredError.of(y, decrypt(f.evaluator.rescale(three)))
                        .isAsPredictedOfThree("rescale of three at " + level, secretKey.rescale(0, level, 3));
                Ciphertext both = f.evaluator.relinearizeAndRescale(three);
                check("both", level, y, both, secretKey.relinearizationAndRescale(0, level));
            }
            if (level > 1) {
                Ciphertext three = f.evaluator.multiplyNoRelin(encrypt(zeros(), level), encrypt(zeros(), level));
                double predicted = secretKey.dropToLevel(0, 0, level, 0, 2, 3);
                MeasuredError.of(
                                decrypt(three),
                                decrypt(f.evaluator.assumingSlotsUpTo(0x1p-45).dropToLevel(three, 0)))
                        .isAsPredictedOfThree("drop of three from level " + level, predicted);
            }
        }

        /** A constant's rounding is known, and the same in every slot. */
        private void checkConstants(int level) {
            Slots x = random();
            Ciphertext a = encrypt(x, level);
            double[] re = x.re().clone();
            double shift = 1e-9 / 3;
            for (int i = 0; i < slots; i++) {
                re[i] += shift + secretKey.constantError(shift, level, 1);
            }
            check(
                    "constant sum",
                    level,
                    new Slots(re, x.im()),
                    f.evaluator.addConstant(a, shift),
                    secretKey.fresh(level));
            double c = 1e-9 / 3; // so small that its rounding is seen
            double error = secretKey.constantError(c, level, 1);
            assertThat(Math.abs(error))
                    .isBetween(c / 1e5, 0.5 / f.context.parameters().scale(level));
            double predicted = secretKey.constantProduct(size(x) / Math.sqrt(2), secretKey.fresh(level), c, level);
            check(
                    "constant product",
                    level,
                    product(x, new Slots(fill(c), fill(0))),
                    f.evaluator.multiplyConstant(a, c),
                    predicted);
        }

        private void checkProducts(int level) {
            if (level == 0) {
                return; // no room for the square of the scale
            }
            checkHoistedSum(level);
            checkConstants(level);
            Slots x = random();
            Slots y = random();
            Ciphertext a = encrypt(x, level);
            Ciphertext b = f.asymmetric.encrypt(encode(y, level));
            double ea = secretKey.fresh(level);
            double eb = publicKey.fresh(level);
            check(
                    "product",
                    level,
                    product(x, y),
                    f.evaluator.multiplyNoRelin(a, b),
                    NoiseModel.product(size(x), ea, size(y), eb));
            check("square", level, product(x, x), f.evaluator.multiplyNoRelin(a, a), NoiseModel.square(size(x), ea));
            check(
                    "plain product",
                    level,
                    product(x, y),
                    f.evaluator.multiplyPlain(a, encode(y, level)),
                    secretKey.plainProduct(size(x), ea, size(y), level));
        }
    }

    private static final CkksParameters SMALL = parameters(10, 2, 40, 3, 0);

    @Test
    void formulasOfTheSmallestSet() {
        NoiseModel model = NoiseModel.ofSecretKeyEncryption(SMALL);
        double n = 1024;
        double scale = 0x1p40;
        assertThat(model.parameters()).isEqualTo(SMALL);
        assertThat(model.publicKey()).isFalse();
        assertThat(model.encoding(2, 1)).isEqualTo(Math.sqrt(n / 2 / 12) / scale);
        assertThat(model.encryption(2)).isEqualTo(Math.sqrt(n / 2 * 3.2 * 3.2) / scale);
        assertThat(model.rounding(2, 1, 2)).isEqualTo(Math.sqrt(n / 2 * (1 + n * 2 / 3) / 12) / scale, near(scale));
        assertThat(NoiseModel.ofPublicKeyEncryption(SMALL).encryption(2))
                .isEqualTo(model.rounding(2, 1, 2), near(scale));
        assertThat(NoiseModel.bound(2)).isEqualTo(24);
        assertThat(model.constantError(3, 2, 1)).isZero();
        assertThat(model.rescale(0, 2, 3)).isGreaterThan(20 * model.rescale(0, 2, 2));
    }

    private static Offset<Double> near(double scale) {
        return Offset.offset(1e-9 / scale);
    }

    @Test
    void refusesWhatThereIsNot() {
        NoiseModel model = NoiseModel.ofSecretKeyEncryption(SMALL);
        assertThatThrownBy(() -> model.encoding(3, 1))
                .isInstanceOf(LevelException.class)
                .hasMessage("NoiseModel: expected a level in 0..2, found 3; use parameters with more levels");
        assertThatThrownBy(() -> model.rescale(0, 0, 2))
                .isInstanceOf(LevelException.class)
                .hasMessageContaining("found -1");
        assertThatThrownBy(() -> model.dropToLevel(0, 0, 1, 1, 1, 2))
                .isInstanceOf(LevelException.class)
                .hasMessage("NoiseModel: expected a level below 1, found 1; levels only go down");
        assertThatThrownBy(() -> model.keySwitch(1, 3))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageStartingWith("NoiseModel: expected scale degree 1 or 2, found 3");
        assertThatThrownBy(() -> model.rounding(1, 1, 4))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageStartingWith("NoiseModel: expected 2 or 3 components, found 4");
        assertThatThrownBy(() -> model.rotatedPlainProducts(new double[2], 0, new double[1], 1))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageStartingWith("NoiseModel: expected as many plain slots as rotations (2), found 1");
    }
}
