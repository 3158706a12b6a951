package io.github.hecnn.ckks.serial;

import static io.github.hecnn.ckks.serial.WireFixture.assertEqual;
import static io.github.hecnn.ckks.serial.WireFixture.bytes;
import static io.github.hecnn.ckks.serial.WireFixture.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.FormatException;
import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.Keys;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RelinearizationKey;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.sampling.RandomSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Files that were written when version 1 was the only one, of one seeded key pair at ring degree 2^10: a rotation key for 3 steps, and
 * slots i/64 - 4. They are read for ever.
 */
class Version1FilesTest {
    private static final CkksContext CONTEXT = context();
    private static final CkksSerializer SERIALIZER = new CkksSerializer(CONTEXT);
    private static final SecretKey SECRET = secretKey();

    private static byte[] file(String name) {
        try (InputStream in = Version1FilesTest.class.getResourceAsStream("v1/" + name + ".v1")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static CkksContext context() {
        try {
            return CkksContext.create(CkksSerializer.readParameters(in(file("parameters")), SecurityLevel.NONE));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static SecretKey secretKey() {
        try {
            return SERIALIZER.readSecretKey(in(file("secret-key")), SecretKey.Access.INTENDED);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertSlots(Ciphertext c, int stepsLeft) {
        double[] x = new CkksEncoder(CONTEXT).decode(new Decryptor(CONTEXT, SECRET).decrypt(c));
        for (int i = 0; i < x.length; i++) {
            double expected = (i + stepsLeft) % x.length / 64.0 - 4;
            assertThat(x[i]).isCloseTo(expected, Offset.offset(0.02));
        }
    }

    @Test
    void parametersAreThoseOfToday() {
        CkksParameters p = CkksParameters.builder()
                .logRingDegree(10)
                .levels(0)
                .scaleBits(20)
                .firstPrimeBits(30)
                .specialPrimeBits(31)
                .digits(1)
                .securityLevel(SecurityLevel.NONE)
                .build();
        assertThat(CONTEXT.parameters()).isEqualTo(p);
    }

    @Test
    void keysAreThoseTheGeneratorMakesToday() throws IOException {
        KeyGenerator generator = new KeyGenerator(CONTEXT, RandomSource.seeded(42));
        SecretKey secret = generator.secretKey();
        assertThat(SECRET.coefficients(SecretKey.Access.INTENDED))
                .isEqualTo(secret.coefficients(SecretKey.Access.INTENDED));
        PublicKey publicKey = generator.publicKey(secret);
        RnsBasis basis = Rings.of(CONTEXT).basis(0);
        assertEqual(
                Keys.b(SERIALIZER.readPublicKey(in(file("public-key")))),
                Keys.b(publicKey).restrict(basis));
        assertEqual(
                Keys.a(SERIALIZER.readPublicKey(in(file("public-key")))),
                Keys.a(publicKey).restrict(basis));
        RelinearizationKey relin = generator.relinearizationKey(secret);
        assertEqual(
                SERIALIZER
                        .readRelinearizationKey(in(file("relinearization-key")))
                        .key(),
                relin.key());
    }

    @Test
    void theSecretKeyGetsItsFingerprintAndAllElseIsOfAnUnknownPair() throws IOException {
        assertThat(SECRET.keyPairId()).hasToString("7b4e43af9a994ed369d4c193c90d5c70");
        KeyPairId unknown = KeyPairId.UNKNOWN;
        assertThat(SERIALIZER.readPublicKey(in(file("public-key"))).keyPairId()).isEqualTo(unknown);
        assertThat(SERIALIZER
                        .readRelinearizationKey(in(file("relinearization-key")))
                        .keyPairId())
                .isEqualTo(unknown);
        assertThat(SERIALIZER.readRotationKey(in(file("rotation-key"))).keyPairId())
                .isEqualTo(unknown);
        EvaluationKeys keys = SERIALIZER.readEvaluationKeys(in(file("evaluation-keys")));
        assertThat(keys.keyPairId()).isEqualTo(unknown);
        assertThat(keys.relinearizationKey()).isPresent();
        assertThat(SERIALIZER.readCiphertext(in(file("ciphertext"))).keyPairId())
                .isEqualTo(unknown);
    }

    @Test
    void theyWorkTogetherWithEachOtherAndWithFilesOfToday() throws IOException {
        assertSlots(SERIALIZER.readCiphertext(in(file("ciphertext"))), 0);
        List<Ciphertext> list = SERIALIZER.readCiphertexts(in(file("ciphertexts")));
        assertThat(list).hasSize(2).allSatisfy(c -> assertSlots(c, 0));
        assertThat(Ciphertexts.seed(list.get(0))).isPresent();
        RotationKey rotation = SERIALIZER.readRotationKey(in(file("rotation-key")));
        EvaluationKeys keys = SERIALIZER.readEvaluationKeys(in(file("evaluation-keys")));
        Evaluator evaluator = new Evaluator(CONTEXT, keys);
        assertSlots(evaluator.rotate(list.get(1), 3), 3);
        assertSlots(new Evaluator(CONTEXT, EvaluationKeys.of(null, List.of(rotation))).rotate(list.get(0), 3), 3);

        Ciphertext fresh =
                Encryptor.withSecretKey(CONTEXT, SECRET).encrypt(SERIALIZER.readPlaintext(in(file("plaintext"))));
        Ciphertext rotated = evaluator.rotate(fresh, 3);
        assertThat(rotated.keyPairId()).isEqualTo(SECRET.keyPairId());
        Ciphertext difference = evaluator.subtract(rotated, evaluator.rotate(list.get(0), 3));
        assertThat(difference.keyPairId()).isEqualTo(SECRET.keyPairId());
        byte[] b = bytes(o -> SERIALIZER.write(o, difference));
        assertEqual(SERIALIZER.readCiphertext(in(b)), difference);
    }

    @Test
    void aPublicKeyWithoutSpecialPrimeEncryptsAndStaysAsItIs() throws IOException {
        PublicKey old = SERIALIZER.readPublicKey(in(file("public-key")));
        assertThat(Keys.b(old).size()).isEqualTo(1);
        assertSlots(Encryptor.withPublicKey(CONTEXT, old).encrypt(SERIALIZER.readPlaintext(in(file("plaintext")))), 0);
        byte[] now = bytes(o -> SERIALIZER.write(o, old));
        assertThat(now).hasSize((int) SERIALIZER.wireBytes(old)).hasSize(file("public-key").length + 16);
        assertThat(WireParts.of(now).asVersion1().sealed()).isEqualTo(file("public-key"));
        PublicKey again = SERIALIZER.readPublicKey(in(now));
        assertEqual(Keys.b(again), Keys.b(old));
        assertSlots(
                Encryptor.withPublicKey(CONTEXT, again).encrypt(SERIALIZER.readPlaintext(in(file("plaintext")))), 0);
    }

    @Test
    void aPublicKeyOfTodayIsRefusedUnderVersion1() {
        PublicKey publicKey = new KeyGenerator(CONTEXT, RandomSource.seeded(1)).publicKey(SECRET);
        byte[] now = bytes(o -> SERIALIZER.write(o, publicKey));
        assertThat(now).hasSize((int) SERIALIZER.sizes().publicKey());
        byte[] old = WireParts.of(now).asVersion1().sealed();
        assertThatThrownBy(() -> SERIALIZER.readPublicKey(in(old)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("bytes after the header for a public key");
    }

    @Test
    void writtenAgainTheyDifferInTheHeaderAlone() throws IOException {
        byte[] old = file("ciphertexts");
        List<Ciphertext> list = SERIALIZER.readCiphertexts(in(old));
        byte[] now = bytes(o -> SERIALIZER.write(o, list));
        assertThat(now).hasSize(old.length + 16);
        assertThat(WireParts.of(now).asVersion1().sealed()).isEqualTo(old);
    }

    @Test
    void damageIsFoundInThemToo() {
        for (int at = 0; at < 40; at++) {
            byte[] b = file("ciphertext");
            b[at] ^= 4;
            assertThatThrownBy(() -> SERIALIZER.readCiphertext(in(b))).isInstanceOf(FormatException.class);
        }
        byte[] shorter = java.util.Arrays.copyOf(file("ciphertext"), 27);
        assertThatThrownBy(() -> SERIALIZER.readCiphertext(in(shorter)))
                .hasMessageContaining("with a header of 28 bytes, found the end after 27");
    }
}
