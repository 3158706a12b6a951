package io.github.hecnn.ckks.serial;

import static io.github.hecnn.ckks.serial.WireFixture.assertEqual;
import static io.github.hecnn.ckks.serial.WireFixture.bytes;
import static io.github.hecnn.ckks.serial.WireFixture.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.FormatException;
import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.internal.cipher.Plaintexts;
import io.github.hecnn.ckks.internal.parts.CiphertextParts;
import io.github.hecnn.ckks.internal.parts.Keys;
import io.github.hecnn.ckks.internal.parts.PlaintextParts;
import io.github.hecnn.ckks.internal.parts.Secrets;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RelinearizationKey;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.CkksPresets;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Plaintext;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTripTest {
    private static final WireFixture F = WireFixture.of(11, 3);
    private final CkksSerializer serializer = F.serializer;

    @Test
    void parameters() throws IOException {
        CkksParameters secure = CkksPresets.SECURE_14.parameters();
        for (CkksParameters p : List.of(F.parameters, secure)) {
            byte[] b = bytes(o -> CkksSerializer.write(o, p));
            CkksParameters found = CkksSerializer.readParametersOfAnySecurity(in(b));
            assertThat(found).isEqualTo(p);
            assertThat(found.id()).isEqualTo(p.id());
            assertThat(found.digits()).isEqualTo(p.digits());
            assertThat(found.chain()).isEqualTo(p.chain());
            assertThat(found.securityLevel()).isEqualTo(p.securityLevel());
            assertThat(b).hasSize((int) CkksSerializer.wireBytes(p));
        }
        assertThat(CkksSerializer.readParameters(
                        in(bytes(o -> CkksSerializer.write(o, secure))), SecurityLevel.CLASSICAL_128))
                .isEqualTo(secure);
    }

    @Test
    void sparseSecretParametersAndKey() throws IOException {
        CkksParameters p = CkksParameters.builder()
                .logRingDegree(10)
                .levels(1)
                .scaleBits(25)
                .secretHammingWeight(64)
                .securityLevel(SecurityLevel.NONE)
                .build();
        assertThat(CkksSerializer.readParametersOfAnySecurity(in(bytes(o -> CkksSerializer.write(o, p))))
                        .secretHammingWeight())
                .isEqualTo(64);
        WireFixture sparse = new WireFixture(CkksContext.create(p));
        SecretKey found = sparse.serializer.readSecretKey(
                in(bytes(o -> sparse.serializer.write(o, sparse.secretKey, SecretKey.Access.INTENDED))),
                SecretKey.Access.INTENDED);
        assertThat(found.coefficients(SecretKey.Access.INTENDED))
                .isEqualTo(sparse.secretKey.coefficients(SecretKey.Access.INTENDED));
    }

    @Test
    void secretKey() throws IOException {
        byte[] b = bytes(o -> serializer.write(o, F.secretKey, SecretKey.Access.INTENDED));
        SecretKey found = serializer.readSecretKey(in(b), SecretKey.Access.INTENDED);
        assertThat(found.parametersId()).isEqualTo(F.parameters.id());
        assertThat(found.coefficients(SecretKey.Access.INTENDED))
                .isEqualTo(F.secretKey.coefficients(SecretKey.Access.INTENDED));
        assertEqual(
                Secrets.polynomial(found, SecretKey.Access.INTENDED),
                Secrets.polynomial(F.secretKey, SecretKey.Access.INTENDED));
        assertThat(found.keyPairId()).isEqualTo(F.secretKey.keyPairId());
        assertThat(b).hasSize((int) serializer.wireBytes(F.secretKey)).hasSize(2048 / 4 + 64);
    }

    @Test
    void publicKey() throws IOException {
        byte[] b = bytes(o -> serializer.write(o, F.publicKey));
        PublicKey found = serializer.readPublicKey(in(b));
        assertThat(found.keyPairId()).isEqualTo(F.publicKey.keyPairId());
        assertThat(Keys.seed(found.key())).isEqualTo(Keys.seed(F.publicKey.key()));
        assertEqual(Keys.b(found), Keys.b(F.publicKey));
        assertEqual(Keys.a(found), Keys.a(F.publicKey));
        assertThat(b).hasSize((int) serializer.wireBytes(F.publicKey));
    }

    @Test
    void switchingKeys() throws IOException {
        byte[] b = bytes(o -> serializer.write(o, F.relinearizationKey));
        RelinearizationKey relin = serializer.readRelinearizationKey(in(b));
        assertThat(relin.keyPairId()).isEqualTo(F.secretKey.keyPairId());
        assertEqual(relin.key(), F.relinearizationKey.key());
        assertThat(b).hasSize((int) serializer.wireBytes(F.relinearizationKey));
        assertThat((long) b.length).isLessThan(F.relinearizationKey.key().memoryBytes() / 2);

        byte[] r = bytes(o -> serializer.write(o, F.rotationKey));
        assertEqual(serializer.readRotationKey(in(r)), F.rotationKey);
        assertThat(r).hasSize((int) serializer.wireBytes(F.rotationKey));
    }

    @Test
    void evaluationKeysKeepTheirOrder() throws IOException {
        List<RotationKey> keys = new ArrayList<>(F.evaluationKeys.rotationKeys());
        assertThat(keys).hasSize(3);
        List<RotationKey> turned = List.of(keys.get(2), keys.get(0), keys.get(1));
        for (EvaluationKeys e : List.of(
                F.evaluationKeys,
                EvaluationKeys.of(null, turned),
                EvaluationKeys.of(F.relinearizationKey, List.of()),
                EvaluationKeys.none())) {
            byte[] b = bytes(o -> serializer.write(o, e));
            EvaluationKeys found = serializer.readEvaluationKeys(in(b));
            assertThat(found.keyPairId()).isEqualTo(e.keyPairId());
            assertThat(found.relinearizationKey().isPresent())
                    .isEqualTo(e.relinearizationKey().isPresent());
            found.relinearizationKey().ifPresent(k -> assertEqual(k.key(), F.relinearizationKey.key()));
            assertThat(found.rotationKeys().stream().map(RotationKey::galoisElement))
                    .containsExactlyElementsOf(e.rotationKeys().stream()
                            .map(RotationKey::galoisElement)
                            .toList());
            for (RotationKey k : e.rotationKeys()) {
                assertEqual(found.rotationKey(k.galoisElement()).orElseThrow(), k);
            }
            assertThat(b).hasSize((int) serializer.wireBytes(e));
        }
    }

    @Test
    void ciphertexts() throws IOException {
        for (int level = 0; level <= 3; level++) {
            for (Ciphertext c : List.of(F.seeded(level), F.ciphertext(level, 2), F.ciphertext(level, 3))) {
                byte[] b = bytes(o -> serializer.write(o, c));
                assertEqual(serializer.readCiphertext(in(b)), c);
                assertThat(b).hasSize((int) serializer.wireBytes(c));
            }
        }
    }

    @Test
    void aSeedHalvesTheSize() {
        int stored = bytes(o -> serializer.write(o, F.ciphertext(3, 2))).length;
        int seeded = bytes(o -> serializer.write(o, F.seeded(3))).length;
        int residues = 2048 / 8 * (40 + 3 * 30); // the primes near the scale have 30 or 31 bits
        assertThat(stored - 2 * residues).isBetween(0, 2 * 2048 / 8 * 3 + 200);
        assertThat(seeded - residues).isBetween(0, 2048 / 8 * 3 + 200);
    }

    @Test
    void aSeedIsOfNoUseToThreeComponents() throws IOException {
        Ciphertext three = F.ciphertext(1, 3);
        Ciphertext claims = Ciphertexts.of(new CiphertextParts(
                three.parametersId(),
                three.keyPairId(),
                Plaintext.UNKNOWN_SLOTS,
                Ciphertexts.components(three),
                three.scale(),
                WireFixture.seed(1)));
        Ciphertext found = serializer.readCiphertext(in(bytes(o -> serializer.write(o, claims))));
        assertEqual(found, three);
    }

    @Test
    void lists() throws IOException {
        for (List<Ciphertext> list : List.of(F.mixed(), List.<Ciphertext>of())) {
            byte[] b = bytes(o -> serializer.write(o, list));
            List<Ciphertext> found = serializer.readCiphertexts(in(b));
            assertThat(found).hasSameSizeAs(list);
            for (int i = 0; i < list.size(); i++) {
                assertEqual(found.get(i), list.get(i));
            }
            assertThat(b).hasSize((int) serializer.wireBytes(list));
        }
    }

    @Test
    void plaintexts() throws IOException {
        for (int level = 0; level <= 3; level++) {
            Plaintext p = F.plaintext(level);
            byte[] b = bytes(o -> serializer.write(o, p));
            Plaintext found = serializer.readPlaintext(in(b));
            assertEqual(Plaintexts.polynomial(found), Plaintexts.polynomial(p));
            assertThat(found.scale()).isEqualTo(p.scale());
            assertThat(b).hasSize((int) serializer.wireBytes(p));
        }
    }

    @Test
    void plaintextsKeepTheirNumberOfSlots() throws IOException {
        CkksEncoder encoder = new CkksEncoder(F.context);
        for (int slots = 1; slots <= F.parameters.slots(); slots *= 2) {
            Plaintext p = encoder.encode(new double[slots]);
            byte[] b = bytes(o -> serializer.write(o, p));
            assertThat(serializer.readPlaintext(in(b)).slots()).isEqualTo(slots);
            assertThat(b).hasSize((int) serializer.wireBytes(F.plaintext(3)));
        }
        byte[] unknown = bytes(o -> serializer.write(o, F.plaintext(1)));
        assertThat(serializer.readPlaintext(in(unknown)).slots()).isEqualTo(Plaintext.UNKNOWN_SLOTS);
    }

    @Test
    void slotsThatCannotBeAreRefused() {
        WireParts tooMany = WireParts.of(bytes(o -> serializer.write(o, F.plaintext(1))));
        tooMany.chunks.get(0)[3] = 12;
        assertThatThrownBy(() -> serializer.readPlaintext(in(tooMany.sealed())))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("the slots of the plaintext in 0..11, found 12");
        WireParts old =
                WireParts.of(bytes(o -> serializer.write(o, F.plaintext(1)))).asVersion1();
        old.chunks.get(0)[3] = 1;
        assertThatThrownBy(() -> serializer.readPlaintext(in(old.sealed())))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("the flags of the plaintext", "found 256");
        WireParts ciphertext = WireParts.of(bytes(o -> serializer.write(o, F.ciphertext(1, 2))));
        ciphertext.chunks.get(0)[3] = 12;
        assertThatThrownBy(() -> serializer.readCiphertext(in(ciphertext.sealed())))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("the slots of the ciphertext in 0..11, found 12");
        WireParts oldCiphertext = WireParts.of(bytes(o -> serializer.write(o, F.ciphertext(1, 2))))
                .asVersion1();
        oldCiphertext.chunks.get(0)[3] = 1;
        assertThatThrownBy(() -> serializer.readCiphertext(in(oldCiphertext.sealed())))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("the flags of the ciphertext", "found 256");
    }

    @Test
    void bothZerosAreOneByteString() {
        Plaintext zero = F.plaintext(0);
        Plaintexts.polynomial(zero).limb(0)[5] = 0.0;
        Plaintext minusZero = Plaintexts.of(new PlaintextParts(
                zero.parametersId(), Plaintexts.polynomial(zero).copy(), zero.scale()));
        Plaintexts.polynomial(minusZero).limb(0)[5] = -0.0;
        assertThat(bytes(o -> serializer.write(o, minusZero))).isEqualTo(bytes(o -> serializer.write(o, zero)));
    }

    @Test
    void anEncryptedVectorSurvivesFilesBetweenTwoContexts(@TempDir Path folder) throws IOException {
        CkksEncoder encoder = new CkksEncoder(F.context);
        double[] values = {1.5, -2.25, 0.125, 3};
        Encryptor encryptor = Encryptor.withSecretKey(F.context, F.secretKey, RandomSource.seeded(5));
        serializer.write(folder.resolve("upload"), List.of(encryptor.encrypt(encoder.encode(values))));
        serializer.write(folder.resolve("secret"), F.secretKey, SecretKey.Access.INTENDED);
        CkksSerializer.write(folder.resolve("parameters"), F.parameters);

        CkksContext other = CkksContext.create(
                CkksSerializer.readParametersOfAnySecurity(folder.resolve("parameters")), WorkerPool.single());
        CkksSerializer there = new CkksSerializer(other);
        Ciphertext c = there.readCiphertexts(folder.resolve("upload")).get(0);
        Plaintext p = new Decryptor(other, there.readSecretKey(folder.resolve("secret"), SecretKey.Access.INTENDED))
                .decrypt(c);
        double[] found = new CkksEncoder(other).decodeComplex(p, values.length).re();
        for (int i = 0; i < values.length; i++) {
            assertThat(found[i]).isCloseTo(values[i], org.assertj.core.data.Offset.offset(1e-3));
        }
    }

    @Test
    void everyKindThroughFiles(@TempDir Path folder) throws IOException {
        Path f = folder.resolve("file");
        for (int again = 0; again < 2; again++) { // the second time over an earlier file
            serializer.write(f, F.publicKey);
            assertEqual(Keys.b(serializer.readPublicKey(f)), Keys.b(F.publicKey));
            serializer.write(f, F.relinearizationKey);
            assertEqual(serializer.readRelinearizationKey(f).key(), F.relinearizationKey.key());
            serializer.write(f, F.rotationKey);
            assertEqual(serializer.readRotationKey(f), F.rotationKey);
            serializer.write(f, F.evaluationKeys);
            assertThat(Files.size(f)).isEqualTo(serializer.wireBytes(F.evaluationKeys));
            assertThat(serializer.readEvaluationKeys(f).rotationKeys()).hasSize(3);
            serializer.write(f, F.seeded(2));
            assertEqual(serializer.readCiphertext(f), F.seeded(2));
            serializer.write(f, F.plaintext(2));
            assertEqual(Plaintexts.polynomial(serializer.readPlaintext(f)), Plaintexts.polynomial(F.plaintext(2)));
        }
        try (var names = Files.list(folder)) {
            assertThat(names).containsExactly(f);
        }
    }

    @Test
    void streamsThatComeInDribbles() throws IOException {
        for (Map.Entry<WireType, WireFixture.Sample> e : F.samples().entrySet()) {
            InputStream dribble = new FilterInputStream(in(e.getValue().bytes())) {
                @Override
                public int read(byte[] b, int off, int len) throws IOException {
                    return super.read(b, off, Math.min(len, 777));
                }
            };
            assertThat(e.getValue().reader().from(dribble))
                    .as(e.getKey().text())
                    .isNotNull();
        }
    }

    @Test
    void bytesDoNotDependOnTheNumberOfThreads() {
        CkksSerializer single = new CkksSerializer(CkksContext.create(F.parameters, WorkerPool.single()));
        try (WorkerPool pool = WorkerPool.ofThreads(4)) {
            CkksSerializer four = new CkksSerializer(CkksContext.create(F.parameters, pool));
            assertThat(bytes(o -> four.write(o, F.evaluationKeys)))
                    .isEqualTo(bytes(o -> single.write(o, F.evaluationKeys)));
        }
    }
}
