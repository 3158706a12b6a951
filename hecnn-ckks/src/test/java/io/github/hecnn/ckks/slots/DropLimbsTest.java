package io.github.hecnn.ckks.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropLimbsTest {
    private static final CkksParameters PARAMETERS = CkksParameters.builder()
            .logRingDegree(10)
            .levels(5)
            .scaleBits(40)
            .securityLevel(SecurityLevel.NONE)
            .build();

    private static double[] values() {
        double[] v = new double[PARAMETERS.slots()];
        Arrays.setAll(v, i -> Math.sin(i));
        return v;
    }

    @Test
    void multipliesSlotsByTheLimbFactorAndNothingElse() {
        CkksContext context = CkksContext.create(PARAMETERS);
        RandomSource random = RandomSource.seeded(1);
        SecretKey secret = new KeyGenerator(context, random).secretKey();
        CkksEncoder encoder = new CkksEncoder(context);
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, EvaluationKeys.none());
        SimulatedSlotAlgebra simulated =
                SimulatedSlotAlgebra.builder(PARAMETERS).build();
        double[] v = values();
        Ciphertext a = Encryptor.withSecretKey(context, secret, random).encrypt(encoder.encode(v));
        Ciphertext dropped = algebra.dropLimbs(a, 2);
        SimulatedVector rehearsed = simulated.dropLimbs(simulated.encrypt(v), 2);
        assertThat(algebra.level(dropped)).isEqualTo(2);
        assertThat(algebra.scaleDegree(dropped)).isEqualTo(1);
        double factor = algebra.limbFactor(5, 2);
        assertThat(factor)
                .isEqualTo(simulated.limbFactor(5, 2))
                .isCloseTo(1, within(1e-4))
                .isNotEqualTo(1);
        double[] found = encoder.decode(new Decryptor(context, secret).decrypt(dropped));
        double[] expected = simulated.decrypt(rehearsed);
        for (int i = 0; i < v.length; i++) {
            assertThat(expected[i]).isCloseTo(v[i] * factor, within(1e-15));
            assertThat(found[i]).isCloseTo(expected[i], within(1e-8));
        }
        assertThat(algebra.counts()).isEqualTo(simulated.counts());
        assertThat(algebra.counts().alignments()).isZero();
        assertThat(algebra.counts().lowestLevel()).isEqualTo(2);
        assertThat(algebra.dropLimbs(dropped, 2)).isSameAs(dropped);
    }

    @Test
    void refusesLevelsThatAreNotBelowAndProducts() {
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(PARAMETERS).build();
        SimulatedVector a = algebra.encrypt(values());
        assertThatThrownBy(() -> algebra.dropLimbs(a, 6))
                .isInstanceOf(LevelException.class)
                .hasMessageContaining("dropLimbs: expected a level from 0 to 5, found 6");
        assertThatThrownBy(() -> algebra.dropLimbs(a, -1)).isInstanceOf(LevelException.class);
        assertThatThrownBy(() -> algebra.dropLimbs(algebra.multiplyConstant(a, 2), 1))
                .isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> algebra.limbFactor(7, 1))
                .isInstanceOf(LevelException.class)
                .hasMessageContaining("limbFactor: expected a level from 0 to 5, found 7");
    }
}
