package io.github.hecnn.ckks.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.internal.Seed;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.core.sampling.RandomSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class KeyGeneratorTest {
    private static final CkksContext CONTEXT = context(1);
    private static final KeyGenerator GENERATOR = new KeyGenerator(CONTEXT, RandomSource.seeded(7));

    private static CkksContext context(int levels) {
        return CkksContext.create(CkksParameters.builder()
                .logRingDegree(10)
                .levels(levels)
                .scaleBits(30)
                .securityLevel(SecurityLevel.NONE)
                .build());
    }

    @Test
    void aSecretKeyComesBackFromItsCoefficients() {
        SecretKey key = GENERATOR.secretKey();
        byte[] stored = key.coefficients(SecretKey.Access.INTENDED);
        assertThat(stored).hasSize(1024).containsOnly(-1, 0, 1);
        SecretKey again = GENERATOR.secretKey(stored, SecretKey.Access.INTENDED);
        assertThat(again.coefficients(SecretKey.Access.INTENDED)).isEqualTo(stored);
        for (int i = 0; i < key.polynomial().size(); i++) {
            assertThat(again.polynomial().limb(i)).isEqualTo(key.polynomial().limb(i));
        }
        stored[0] = 5; // a copy
        assertThat(key.coefficients(SecretKey.Access.INTENDED)[0]).isBetween((byte) -1, (byte) 1);
        assertThat(key).hasToString("SecretKey[not shown]");
    }

    @Test
    void onlyTheStepsAskedForGetKeys() {
        EvaluationKeys keys =
                GENERATOR.evaluationKeys(GENERATOR.secretKey(), RotationSteps.of(1, -3, 512, 1 - 512), true);
        // 512 is no step at all, and 1 - 512 the same as 1, with 512 slots
        assertThat(keys.availableSteps(10).asSet()).containsExactly(-3, 1);
        assertThat(keys.rotationKeys()).hasSize(3);
        assertThat(keys.relinearizationKey()).isPresent();
    }

    @Test
    void aKeyOfAWeightThatNoSamplerGivesIsRefused() {
        refuses(
                "at least 1 coefficients that are not zero",
                () -> GENERATOR.secretKey(new byte[1024], SecretKey.Access.INTENDED));
        KeyGenerator secure = new KeyGenerator(CkksContext.create(CkksParameters.builder()
                .logRingDegree(13)
                .levels(1)
                .scaleBits(30)
                .build()));
        byte[] half = new byte[8192];
        java.util.Arrays.fill(half, 0, 4095, (byte) -1);
        refuses(
                "at least 4096 coefficients that are not zero",
                () -> secure.secretKey(half, SecretKey.Access.INTENDED));
        half[8000] = 1;
        assertThat(secure.secretKey(half, SecretKey.Access.INTENDED).coefficients(SecretKey.Access.INTENDED))
                .isEqualTo(half);
    }

    @Test
    void refusesWhatIsNoSecretKey() {
        refuses(
                "expected 1024 ternary coefficients, found 1023",
                () -> GENERATOR.secretKey(new byte[1023], SecretKey.Access.INTENDED));
        byte[] two = new byte[1024];
        two[9] = 2;
        refuses(
                "expected coefficients -1, 0 or 1, found 2 at index 9",
                () -> GENERATOR.secretKey(two, SecretKey.Access.INTENDED));
        refuses("Seed: expected 32 bytes, found 31", () -> new Seed(new byte[31]));
    }

    @Test
    void refusesTheSecretKeyOfOtherParameters() {
        SecretKey foreign = new KeyGenerator(context(2), RandomSource.seeded(8)).secretKey();
        refuses("publicKey: expected an object of parameter set", () -> GENERATOR.publicKey(foreign));
        refuses("relinearizationKey: expected an object", () -> GENERATOR.relinearizationKey(foreign));
        refuses("expected an object of parameter set", () -> GENERATOR.rotationKey(foreign, 1));
        refuses("expected an object of parameter set", () -> GENERATOR.conjugationKey(foreign));
        refuses(
                "expected an object of parameter set",
                () -> GENERATOR.evaluationKeys(foreign, RotationSteps.of(1), false));
    }

    @Test
    void refusesWhatIsNoGaloisElement() {
        SecretKey key = GENERATOR.secretKey();
        for (int g : new int[] {-1, 0, 2, 2048, 2049}) {
            refuses("expected an odd Galois element below 2048, found " + g, () -> GENERATOR.galoisKey(key, g));
        }
    }

    private static void refuses(String text, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(MismatchException.class).hasMessageContaining(text);
    }
}
