package io.github.hecnn.ckks.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.core.sampling.RandomSource;
import org.junit.jupiter.api.Test;

class DecryptorTest {
    private static final CkksFixture F = new CkksFixture(CkksFixture.small(2, 2), RotationSteps.of());

    @Test
    void floodingAddsNoiseOfTheStatedSize() {
        double[] x = F.random(1);
        Ciphertext c = F.encrypt(x);
        for (int bits : new int[] {10, 20, 30}) {
            double[] got = F.encoder.decode(F.decryptor.decryptFlooded(c, bits, RandomSource.seeded(5)));
            // a slot's real part has half the variance of the slot: N/2 coefficients' worth
            double expected = Math.sqrt(2048 / 2.0) * Math.scalb(1.0, bits - 40);
            assertThat(PrecisionStats.of(x, got).deviation()).isBetween(0.9 * expected, 1.1 * expected);
        }
        assertThatThrownBy(() -> F.decryptor.decryptFlooded(c, 0, RandomSource.seeded(5)))
                .isInstanceOf(InvalidParametersException.class);
        assertThatThrownBy(() -> F.decryptor.decryptFlooded(c, 45, RandomSource.seeded(5)))
                .isInstanceOf(InvalidParametersException.class);
    }

    @Test
    void theSecretKeyHasNoTextForm() {
        assertThat(F.secretKey).hasToString("SecretKey[not shown]");
    }
}
