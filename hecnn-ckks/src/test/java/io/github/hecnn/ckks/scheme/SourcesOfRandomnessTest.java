package io.github.hecnn.ckks.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.bootstrap.BootstrapKeyGenerator;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.bootstrap.BootstrapPreset;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksPresets;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SourcesOfRandomnessTest {
    private static final CkksContext SECURE = CkksContext.create(CkksPresets.SECURE_13.parameters());
    private static final SecretKey SECRET = new KeyGenerator(SECURE).secretKey();
    private static final PublicKey PUBLIC = new KeyGenerator(SECURE).publicKey(SECRET);
    private static final Map<String, Consumer<RandomSource>> TAKERS = Map.of(
            "KeyGenerator", r -> new KeyGenerator(SECURE, r),
            "withSecretKey", r -> Encryptor.withSecretKey(SECURE, SECRET, r),
            "withPublicKey", r -> Encryptor.withPublicKey(SECURE, PUBLIC, r));

    @Test
    void underASecurityLevelASeededSourceIsRefused() {
        for (RandomSource seeded : List.of(
                RandomSource.seeded(1),
                RandomSource.seeded(new byte[32]),
                RandomSource.seeded(RandomSource.secure().newSeed()),
                RandomSource.seeded(2).fork("a fork").fork("of a fork"))) {
            TAKERS.forEach((operation, taker) -> assertThatThrownBy(() -> taker.accept(seeded))
                    .isInstanceOf(InvalidParametersException.class)
                    .hasMessage(operation
                            + ": expected RandomSource.secure() or a fork of it under parameters with a security"
                            + " level, found a source of RandomSource.seeded; leave the source out, or take"
                            + " RandomSource.reproducible(seed) for a run that protects nothing"));
        }
    }

    @Test
    void aSecureOrReproducibleSourceIsTaken() {
        for (RandomSource good : List.of(
                RandomSource.secure(),
                RandomSource.secure().fork("keys"),
                RandomSource.reproducible(1),
                RandomSource.reproducible(1).fork("keys"))) {
            TAKERS.forEach((operation, taker) ->
                    assertThatCode(() -> taker.accept(good)).as(operation).doesNotThrowAnyException());
        }
    }

    @Test
    void bootstrappingKeysAreNoException() {
        BootstrapParameters parameters = BootstrapPreset.BOOT_16.parameters();
        CkksContext context = CkksContext.create(parameters.ckksParameters());
        assertThatThrownBy(() -> new BootstrapKeyGenerator(context, parameters, RandomSource.seeded(1)))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("BootstrapKeyGenerator: expected RandomSource.secure()");
        assertThatCode(() -> new BootstrapKeyGenerator(context, parameters, RandomSource.reproducible(1)))
                .doesNotThrowAnyException();
    }

    @Test
    void aSharedSecureSourceGivesEveryEncryptorRandomnessOfItsOwn() {
        RandomSource shared = RandomSource.secure();
        Plaintext m = new CkksEncoder(SECURE).encode(new double[] {1, 2, 3, 4});
        Ciphertext first = Encryptor.withSecretKey(SECURE, SECRET, shared).encrypt(m);
        Ciphertext second = Encryptor.withSecretKey(SECURE, SECRET, shared).encrypt(m);
        assertThat(Ciphertexts.components(first).get(1).limb(0))
                .isNotEqualTo(Ciphertexts.components(second).get(1).limb(0));
        assertThat(Ciphertexts.components(first).get(0).limb(0))
                .isNotEqualTo(Ciphertexts.components(second).get(0).limb(0));
    }

    @Test
    void withoutASecurityLevelTestsMaySeed() {
        CkksContext open = CkksContext.create(CkksFixture.small(1, 1));
        assertThatCode(() -> new KeyGenerator(open, RandomSource.seeded(1))).doesNotThrowAnyException();
    }
}
