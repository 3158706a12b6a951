package io.github.hecnn.ckks.serial;

import static io.github.hecnn.ckks.serial.WireFixture.bytes;
import static io.github.hecnn.ckks.serial.WireFixture.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.FormatException;
import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.internal.cipher.Plaintexts;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.CiphertextParts;
import io.github.hecnn.ckks.internal.parts.Keys;
import io.github.hecnn.ckks.internal.parts.PlaintextParts;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RelinearizationKey;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.keys.SwitchingKey;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.core.rns.Domain;
import io.github.hecnn.core.rns.KeyHalves;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SerializerRefusalTest {
    private static final WireFixture F = WireFixture.of(10, 1);
    private static final WireFixture OTHER = WireFixture.of(10, 2);
    private final CkksSerializer serializer = F.serializer;
    private final long id = F.parameters.id();

    private void reading(byte[] file, String text) {
        assertThatThrownBy(() -> serializer.readCiphertext(in(file)))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("readCiphertext: expected ")
                .hasMessageContaining(text);
    }

    private static void writing(Class<? extends HeException> type, String text, WireFixture.Writer writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> writer.to(out)).isInstanceOf(type).hasMessageContaining(text);
        assertThat(out.size()).as("bytes written before the refusal").isZero();
    }

    private static KeyHalves halves(RnsPolynomial... digits) {
        return new KeyHalves(List.of(digits), List.of(digits));
    }

    @Test
    void eachKindOfDamageIsCalledByItsName() {
        byte[] good = bytes(o -> serializer.write(o, F.seeded(1)));
        reading(new byte[0], "found no bytes at all");
        reading("PK\3\4 a zip file".getBytes(StandardCharsets.US_ASCII), "foreign file that begins with 50 4b 03 04");
        reading(Arrays.copyOf(good, 3), "found the end after 3");
        reading(Arrays.copyOf(good, 20), "found the end after 20");
        reading(Arrays.copyOf(good, 6), "with a header of 44 bytes, found the end after 6");
        reading(Arrays.copyOf(good, 43), "with a header of 44 bytes, found the end after 43");
        reading(Arrays.copyOf(good, 44), "bytes, found the end after 44, in level and scale of the ciphertext");
        reading(
                Arrays.copyOf(good, 5000),
                "expected " + good.length + " bytes, found the end after 5000, in limb 0 of the ciphertext");
        reading(Arrays.copyOf(good, good.length - 1), "in the end mark; the file is truncated");
        reading(Arrays.copyOf(good, good.length + 1), "expected the end after " + good.length + " bytes, found more");

        byte[] version = good.clone();
        version[5] = 9;
        reading(version, "expected format version 1 or 2, found version 9");
        byte[] header = good.clone();
        header[9] ^= 1;
        reading(header, "expected header checksum");
        byte[] body = good.clone();
        body[9000] ^= 4;
        reading(body, "for limb 1 of the ciphertext (chunk 3), found");
    }

    @Test
    void theSecretKeyHasAReaderOfItsOwn() {
        byte[] secret = bytes(o -> serializer.write(o, F.secretKey, SecretKey.Access.INTENDED));
        reading(secret, "expected a ciphertext, found a secret key");
        for (Map.Entry<WireType, WireFixture.Sample> e : F.samples().entrySet()) {
            if (e.getKey() != WireType.SECRET_KEY) {
                assertThatThrownBy(
                                () -> serializer.readSecretKey(in(e.getValue().bytes()), SecretKey.Access.INTENDED))
                        .isInstanceOf(FormatException.class)
                        .hasMessageContaining(
                                "expected a secret key, found " + e.getKey().text());
            }
        }
    }

    @Test
    void otherParametersOnTheWayIn() {
        for (Map.Entry<WireType, WireFixture.Sample> e : F.samples().entrySet()) {
            if (e.getKey() != WireType.PARAMETERS) {
                WireFixture.Sample reader = OTHER.samples().get(e.getKey());
                assertThatThrownBy(() -> reader.read(e.getValue().bytes()))
                        .isInstanceOf(MismatchException.class)
                        .hasMessageContainingAll(
                                "expected",
                                String.format("%016x", OTHER.parameters.id()),
                                "found",
                                String.format("%016x", id));
            }
        }
    }

    @Test
    void otherParametersOnTheWayOut() {
        String text = "expected an object of parameter set";
        writing(MismatchException.class, text, o -> serializer.write(o, OTHER.publicKey));
        writing(MismatchException.class, text, o -> serializer.write(o, OTHER.secretKey, SecretKey.Access.INTENDED));
        writing(MismatchException.class, text, o -> serializer.write(o, OTHER.relinearizationKey));
        writing(MismatchException.class, text, o -> serializer.write(o, OTHER.rotationKey));
        writing(MismatchException.class, text, o -> serializer.write(o, OTHER.evaluationKeys));
        writing(MismatchException.class, text, o -> serializer.write(o, OTHER.seeded(0)));
        writing(MismatchException.class, text, o -> serializer.write(o, OTHER.mixed()));
        writing(MismatchException.class, text, o -> serializer.write(o, OTHER.plaintext(0)));
        assertThatThrownBy(() -> serializer.wireBytes(OTHER.seeded(0))).isInstanceOf(MismatchException.class);
    }

    @Test
    void objectsOfAnotherShapeOnTheWayOut() {
        RnsPolynomial top = Ciphertexts.components(F.ciphertext(1, 2)).get(0);
        RnsPolynomial low = Ciphertexts.components(F.ciphertext(0, 2)).get(0);
        RnsPolynomial coefficients = RnsPolynomial.zero(Rings.of(F.context).basis(1), Domain.COEFFICIENT);
        RnsPolynomial foreign = Ciphertexts.components(OTHER.ciphertext(2, 2)).get(0);
        for (List<RnsPolynomial> wrong : List.of(
                List.of(top),
                List.of(top, top, top, top),
                List.of(top, low),
                List.of(top, coefficients),
                List.of(foreign, foreign))) {
            writing(
                    MismatchException.class,
                    "write: expected a ciphertext",
                    o -> serializer.write(o, Ciphertexts.of(new CiphertextParts(id, KeyPairId.UNKNOWN, wrong, 1024))));
        }
        writing(
                MismatchException.class,
                "write: expected a plaintext of at most 2 limbs, found 3",
                o -> serializer.write(o, Plaintexts.of(new PlaintextParts(id, foreign, 1024))));
        writing(
                MismatchException.class,
                "NTT domain",
                o -> serializer.write(o, Plaintexts.of(new PlaintextParts(id, coefficients, 1024))));
        writing(
                MismatchException.class,
                "a public key on",
                o -> serializer.write(
                        o, new PublicKey(id, KeyPairId.UNKNOWN, Keys.of(halves(low), WireFixture.seed(1)))));
        writing(
                MismatchException.class,
                "a public key with the seed of its uniform half",
                o -> serializer.write(o, new PublicKey(id, KeyPairId.UNKNOWN, Keys.of(halves(top), null))));
        SwitchingKey key = F.relinearizationKey.key();
        writing(
                MismatchException.class,
                "of 2 digits, found 1",
                o -> serializer.write(
                        o,
                        new RelinearizationKey(
                                id,
                                KeyPairId.UNKNOWN,
                                Keys.of(halves(Keys.halves(key).b().get(0)), Keys.seed(key)))));
        writing(
                MismatchException.class,
                "a switching key on",
                o -> serializer.write(
                        o, new RotationKey(id, KeyPairId.UNKNOWN, 5, Keys.of(halves(top, top), Keys.seed(key)))));
        writing(
                MismatchException.class,
                "odd Galois element below 2048, found 4096",
                o -> serializer.write(
                        o, EvaluationKeys.of(null, List.of(new RotationKey(id, KeyPairId.UNKNOWN, 4096, key)))));
    }

    @Test
    void scalesOnTheWayOut() {
        for (double scale : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            writing(
                    ScaleException.class,
                    "write: expected a positive finite scale, found " + scale,
                    o -> serializer.write(
                            o, Plaintexts.of(new PlaintextParts(id, Plaintexts.polynomial(F.plaintext(0)), scale))));
            writing(
                    ScaleException.class,
                    "write: expected a positive finite scale, found " + scale,
                    o -> serializer.write(
                            o,
                            Ciphertexts.of(new CiphertextParts(
                                    id, KeyPairId.UNKNOWN, Ciphertexts.components(F.ciphertext(0, 2)), scale))));
        }
    }

    @Test
    void residuesThatAreNoneAreNotWritten() {
        RnsPolynomial p = Plaintexts.polynomial(F.plaintext(1));
        p.limb(1)[17] = 0x1p51;
        assertThatThrownBy(() ->
                        serializer.write(new ByteArrayOutputStream(), Plaintexts.of(new PlaintextParts(id, p, 1024))))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("in limb 1");
    }

    @Test
    void sizesOfWhatThereIsNot() {
        WireSizes sizes = serializer.sizes();
        assertThatThrownBy(() -> sizes.ciphertext(2, 2, false))
                .isInstanceOf(LevelException.class)
                .hasMessageContaining("expected a level in 0..1, found 2");
        assertThatThrownBy(() -> sizes.plaintext(-1)).isInstanceOf(LevelException.class);
        assertThatThrownBy(() -> sizes.ciphertext(1, 4, false)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> sizes.ciphertext(1, 3, true)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> sizes.ciphertexts(-1, 1, 2, true)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> sizes.evaluationKeys(true, -1)).isInstanceOf(MismatchException.class);
    }

    @Test
    void sizesWithoutObjects() {
        WireSizes sizes = WireSizes.of(F.parameters);
        assertThat(sizes.parameters()).isEqualTo(CkksSerializer.wireBytes(F.parameters));
        assertThat(sizes.ciphertext(1, 2, true)).isEqualTo(serializer.wireBytes(F.seeded(1)));
        assertThat(sizes.ciphertext(0, 3, false)).isEqualTo(serializer.wireBytes(F.ciphertext(0, 3)));
        assertThat(sizes.ciphertexts(2, 1, 2, true)).isEqualTo(serializer.wireBytes(List.of(F.seeded(1), F.seeded(1))));
        assertThat(sizes.plaintext(1)).isEqualTo(serializer.wireBytes(F.plaintext(1)));
        assertThat(sizes.evaluationKeys(true, 3)).isEqualTo(serializer.wireBytes(F.evaluationKeys));
        assertThat(sizes.publicKey()).isEqualTo(serializer.wireBytes(F.publicKey));
        assertThat(sizes.secretKey()).isEqualTo(serializer.wireBytes(F.secretKey));
    }

    @Test
    void versionsHaveNumbers() {
        assertThat(FormatVersion.of(1)).contains(FormatVersion.V1);
        assertThat(FormatVersion.of(0)).isEmpty();
        assertThat(FormatVersion.of(2)).contains(FormatVersion.V2);
        assertThat(FormatVersion.of(3)).isEmpty();
        assertThat(FormatVersion.CURRENT).isEqualTo(FormatVersion.V2);
    }

    @Test
    void objectsOfSeveralKeyPairsDoNotGoIntoOneFile() {
        Ciphertext mine = F.seeded(1);
        Ciphertext other = Ciphertexts.of(
                new CiphertextParts(id, new KeyPairId(1, 2), Ciphertexts.components(mine), mine.scale()));
        writing(
                MismatchException.class,
                "write: expected an object of key pair " + F.secretKey.keyPairId()
                        + ", found one of key pair 00000000000000010000000000000002; use keys and ciphertexts of one",
                o -> serializer.write(o, List.of(mine, other)));
    }

    @Test
    void aSecretKeyHasTheKeyPairItsFileSays() {
        for (KeyPairId claimed : List.of(KeyPairId.UNKNOWN, new KeyPairId(1, 2))) {
            WireParts parts = WireParts.of(bytes(o -> serializer.write(o, F.secretKey, SecretKey.Access.INTENDED)));
            parts.pair(claimed);
            assertThatThrownBy(() -> serializer.readSecretKey(in(parts.sealed()), SecretKey.Access.INTENDED))
                    .isInstanceOf(FormatException.class)
                    .hasMessage("readSecretKey: expected a secret key of key pair " + claimed
                            + " as the header says, found that of " + F.secretKey.keyPairId()
                            + "; the file was altered, copy it again");
        }
    }

    @Test
    void whatBelongsToNoKeyPairClaimsNone() {
        WireParts parts = WireParts.of(bytes(o -> serializer.write(o, F.plaintext(1))));
        parts.pair(new KeyPairId(1, 2));
        assertThatThrownBy(() -> serializer.readPlaintext(in(parts.sealed())))
                .isInstanceOf(FormatException.class)
                .hasMessage("readPlaintext: expected no key pair in the header of a plaintext, found"
                        + " 00000000000000010000000000000002; the file was not written by hecnn");
    }
}
