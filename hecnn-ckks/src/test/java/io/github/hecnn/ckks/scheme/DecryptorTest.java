package io.github.hecnn.ckks.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.noise.NoiseFlooding;
import io.github.hecnn.core.rns.RnsPolynomial;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class DecryptorTest {
    private static final CkksFixture F = new CkksFixture(CkksFixture.small(2, 2), RotationSteps.of());
    private static final int DEGREE = F.context.parameters().ringDegree();

    private static double deviation(double[] x, CkksEncoder.Slots got) {
        double real = PrecisionStats.of(x, got.re()).deviation();
        double imaginary = PrecisionStats.of(new double[x.length], got.im()).deviation();
        return Math.sqrt((real * real + imaginary * imaginary) / 2);
    }

    @Test
    void floodingAddsNoiseOfTheStatedSize() {
        double[] x = F.random(1);
        Ciphertext c = F.encrypt(x);
        for (int bits : new int[] {20, 25, 30}) {
            for (double error : new double[] {0x1p-38, 0x1p-30}) {
                NoiseFlooding flooding = new NoiseFlooding(error, 3, bits);
                // by the theorem's letter: 6 2^(s/2) slotError in a coefficient, sqrt(N/2) of that in a part of a slot
                double expected = 6 * Math.pow(2, bits / 2.0) * error * Math.sqrt(1024);
                assertThat(flooding.slotDeviation(DEGREE)).isCloseTo(expected, Percentage.withPercentage(1e-9));
                Plaintext p = F.decryptor.decryptFlooded(c, flooding, RandomSource.seeded(5));
                assertThat(deviation(x, F.encoder.decodeComplex(p)))
                        .isCloseTo(expected, Percentage.withPercentage(5)); // 2048 samples: 1.6 % is one deviation
            }
        }
    }

    @Test
    void theNormOfAllCoefficientsIsTheRootMeanSquareOfTheSlots() {
        double[] x = F.random(2);
        double[] y = F.random(3);
        RnsPolynomial m = Rings.of(F.context)
                .arithmetic()
                .toCoefficients(F.encoder.encode(x, y, 0, 0x1p40).polynomial());
        double norm = Math.sqrt(Arrays.stream(m.limb(0)).map(v -> v * v).sum());
        double slots = IntStream.range(0, x.length)
                .mapToDouble(i -> x[i] * x[i] + y[i] * y[i])
                .average()
                .orElseThrow();
        assertThat(norm).isCloseTo(Math.sqrt(slots) * 0x1p40, Percentage.withPercentage(1e-6));
    }

    @Test
    void everySharedResultHasItsOwnNoise() {
        Ciphertext c = F.encrypt(F.random(1));
        NoiseFlooding flooding = NoiseFlooding.of(0x1p-32, 4);
        double[] a = F.encoder.decode(F.decryptor.decryptFlooded(c, flooding));
        double[] b = F.encoder.decode(F.decryptor.decryptFlooded(c, flooding));
        Decryptor.Sharing sharing = F.decryptor.forSharing(flooding);
        double[] d = F.encoder.decode(sharing.decrypt(c));
        double[] e = F.encoder.decode(sharing.decrypt(c));
        double expected = Math.sqrt(2) * flooding.slotDeviation(DEGREE);
        for (double[][] pair : new double[][][] {{a, b}, {d, e}, {a, d}}) {
            assertThat(PrecisionStats.of(pair[0], pair[1]).deviation()).isBetween(0.8 * expected, 1.2 * expected);
        }
    }

    @Test
    void sharingStopsAfterThePromisedNumberOfQueries() {
        double[] x = F.random(1);
        Ciphertext c = F.encrypt(x);
        NoiseFlooding flooding = NoiseFlooding.of(0x1p-32, 9);
        Decryptor.Sharing sharing = F.decryptor.forSharing(flooding, RandomSource.seeded(6));
        assertThat(sharing.flooding()).isEqualTo(flooding);
        SecretKey other = new KeyGenerator(F.context, RandomSource.seeded(9)).secretKey();
        Ciphertext foreign = Encryptor.withSecretKey(F.context, other).encrypt(F.encoder.encode(x));
        assertThatThrownBy(() -> sharing.decrypt(foreign)).isInstanceOf(MismatchException.class);
        assertThat(sharing.queriesLeft()).isEqualTo(9); // what is refused is not counted
        AtomicInteger refused = new AtomicInteger();
        IntStream.range(0, 20).parallel().forEach(i -> {
            try {
                double found = deviation(x, F.encoder.decodeComplex(sharing.decrypt(c)));
                assertThat(found).isCloseTo(flooding.slotDeviation(DEGREE), Percentage.withPercentage(8));
            } catch (InvalidParametersException e) {
                refused.incrementAndGet();
            }
        });
        assertThat(refused).hasValue(11);
        assertThat(sharing.queriesLeft()).isZero();
        assertThatThrownBy(() -> sharing.decrypt(c))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("at most 9 queries, as was promised, found one more");
    }

    @Test
    void refusesFloodingThatDoesNotFit() {
        Ciphertext c = F.encrypt(F.random(1));
        Ciphertext low = F.evaluator.dropToLevel(c, 0);
        NoiseFlooding large = new NoiseFlooding(0x1p-5, 1, 20);
        Decryptor.Sharing sharing = F.decryptor.forSharing(large);
        assertThatThrownBy(() -> sharing.decrypt(low))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining(
                        "decryptFlooded: expected value and flooding below Q/2 = 2^48.0 at level 0, found 2^49.9");
        assertThat(sharing.queriesLeft()).isEqualTo(1);
        assertThatThrownBy(() -> F.decryptor.decryptFlooded(c, large))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("leaves a bit of slots");
        assertThatThrownBy(() -> F.decryptor.decryptFlooded(c, NoiseFlooding.of(0x1p-42, 1)))
                .isInstanceOf(InvalidParametersException.class);
    }

    @Test
    void theSecretKeyHasNoTextForm() {
        assertThat(F.secretKey).hasToString("SecretKey[not shown]");
    }
}
