package io.github.hecnn.ckks.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.CkksFixture;
import io.github.hecnn.core.sampling.RandomSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyPairIdTest {
    private static final CkksContext CONTEXT = CkksContext.create(CkksFixture.small(1, 1));
    private static final KeyGenerator KEYS = new KeyGenerator(CONTEXT, RandomSource.seeded(5));
    private static final SecretKey MINE = KEYS.secretKey();
    private static final SecretKey OTHER = KEYS.secretKey();

    @Test
    void everyKeyMadeFromASecretCarriesItsFingerprint() {
        KeyPairId id = MINE.keyPairId();
        assertThat(id.known()).isTrue();
        assertThat(KEYS.publicKey(MINE).keyPairId()).isEqualTo(id);
        assertThat(KEYS.relinearizationKey(MINE).keyPairId()).isEqualTo(id);
        assertThat(KEYS.rotationKey(MINE, 1).keyPairId()).isEqualTo(id);
        assertThat(KEYS.conjugationKey(MINE).keyPairId()).isEqualTo(id);
        assertThat(KEYS.evaluationKeys(MINE, RotationSteps.of(1), true).keyPairId())
                .isEqualTo(id);
        assertThat(EvaluationKeys.none().keyPairId()).isEqualTo(KeyPairId.UNKNOWN);
    }

    @Test
    void itDependsOnTheSecretAndTheParametersAlone() {
        assertThat(OTHER.keyPairId()).isNotEqualTo(MINE.keyPairId());
        byte[] s = MINE.coefficients();
        assertThat(KEYS.secretKey(s).keyPairId()).isEqualTo(MINE.keyPairId());
        s[77] = (byte) (s[77] == 0 ? 1 : 0);
        assertThat(KEYS.secretKey(s).keyPairId()).isNotEqualTo(MINE.keyPairId());
        CkksParameters longer = CkksFixture.small(2, 1);
        assertThat(new KeyGenerator(CkksContext.create(longer))
                        .secretKey(MINE.coefficients())
                        .keyPairId())
                .isNotEqualTo(MINE.keyPairId());
    }

    @Test
    void itIsTheHashItsDescriptionSays() throws NoSuchAlgorithmException {
        byte[] label = "hecnn key pair id v1\0".getBytes(StandardCharsets.US_ASCII);
        byte[] s = MINE.coefficients();
        ByteBuffer all = ByteBuffer.allocate(label.length + 8 + s.length)
                .put(label)
                .putLong(MINE.parametersId())
                .put(s);
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all.array()));
        assertThat(MINE.keyPairId()).hasToString(hash.substring(0, 32));
        assertThat(KeyPairId.UNKNOWN).hasToString("unknown");
    }

    @Test
    void anUnknownPairGoesWithAnyAndTheKnownOneIsKept() {
        KeyPairId a = MINE.keyPairId();
        assertThat(a.with(a, "test")).isEqualTo(a);
        assertThat(a.with(KeyPairId.UNKNOWN, "test")).isEqualTo(a);
        assertThat(KeyPairId.UNKNOWN.with(a, "test")).isEqualTo(a);
        assertThat(KeyPairId.UNKNOWN.with(KeyPairId.UNKNOWN, "test")).isEqualTo(KeyPairId.UNKNOWN);
        assertThat(KeyPairId.UNKNOWN.known()).isFalse();
    }

    @Test
    void keysOfDifferentPairsCannotBeCollected() {
        RelinearizationKey relin = KEYS.relinearizationKey(MINE);
        RotationKey mine = KEYS.rotationKey(MINE, 1);
        RotationKey other = KEYS.rotationKey(OTHER, 2);
        assertThatThrownBy(() -> EvaluationKeys.of(relin, List.of(mine, other)))
                .isInstanceOf(MismatchException.class)
                .hasMessage("EvaluationKeys: expected an object of key pair " + MINE.keyPairId()
                        + ", found one of key pair " + OTHER.keyPairId()
                        + "; use keys and ciphertexts of one secret key, keyPairId() of each tells whose it is");
        assertThatThrownBy(() -> EvaluationKeys.of(null, List.of(other, mine))).isInstanceOf(MismatchException.class);
        RotationKey unknown =
                new RotationKey(other.parametersId(), KeyPairId.UNKNOWN, other.galoisElement(), other.key());
        assertThat(EvaluationKeys.of(null, List.of(unknown, mine)).keyPairId()).isEqualTo(MINE.keyPairId());
        assertThat(EvaluationKeys.of(null, List.of(unknown)).keyPairId()).isEqualTo(KeyPairId.UNKNOWN);
    }

    @Test
    void twoKeysForOneGaloisElementAreRefused() {
        List<RotationKey> twice = List.of(KEYS.rotationKey(MINE, 1), KEYS.rotationKey(MINE, 1));
        assertThatThrownBy(() -> EvaluationKeys.of(null, twice))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("expected one key for each Galois element, found two for 5");
    }
}
