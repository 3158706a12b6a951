package io.github.hecnn.ckks.serial;

import static io.github.hecnn.ckks.serial.WireFixture.bytes;
import static io.github.hecnn.ckks.serial.WireFixture.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.bootstrap.BootstrapKeyGenerator;
import io.github.hecnn.ckks.bootstrap.BootstrapKeys;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.bootstrap.Bootstrapper;
import io.github.hecnn.ckks.error.FormatException;
import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.internal.parts.Keys;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.keys.SwitchingKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksPresets;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.core.sampling.RandomSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of bootstrapping keys: what comes back refreshes to the same bits, and everything else is refused. */
class BootstrapKeyFileTest {
    private static final BootstrapParameters P = parameters().build();
    private static final CkksContext CONTEXT = CkksContext.create(P.ckksParameters());
    private static final CkksSerializer SERIALIZER = new CkksSerializer(CONTEXT);
    private static final SecretKey SECRET = new KeyGenerator(CONTEXT, RandomSource.reproducible(1)).secretKey();
    private static final BootstrapKeys KEYS =
            new BootstrapKeyGenerator(CONTEXT, P, RandomSource.reproducible(2)).keys(SECRET);
    private static final byte[] FILE = bytes(o -> SERIALIZER.write(o, P, KEYS));

    private static BootstrapParameters.Builder parameters() {
        return BootstrapParameters.builder()
                .logRingDegree(11)
                .levels(2)
                .digits(1)
                .logSlots(2)
                .slotsToCoeffs(2)
                .coeffsToSlots(2)
                .correctionDegree(1)
                .messageRatioBits(10)
                .securityLevel(SecurityLevel.NONE);
    }

    private static void assertEqual(SwitchingKey found, SwitchingKey expected) {
        assertThat(Keys.seed(found)).isEqualTo(Keys.seed(expected));
        assertThat(Keys.halves(found).b()).hasSameSizeAs(Keys.halves(expected).b());
        for (int d = 0; d < Keys.halves(expected).b().size(); d++) {
            WireFixture.assertEqual(
                    Keys.halves(found).b().get(d), Keys.halves(expected).b().get(d));
            WireFixture.assertEqual(
                    Keys.halves(found).a().get(d), Keys.halves(expected).a().get(d));
        }
    }

    private static void assertEqual(EvaluationKeys found, EvaluationKeys expected) {
        assertThat(found.keyPairId()).isEqualTo(expected.keyPairId());
        assertThat(found.rotationKeys()).hasSameSizeAs(expected.rotationKeys());
        Iterator<RotationKey> keys = expected.rotationKeys().iterator();
        for (RotationKey k : found.rotationKeys()) {
            RotationKey e = keys.next();
            assertThat(k.galoisElement()).isEqualTo(e.galoisElement());
            assertThat(k.parametersId()).isEqualTo(e.parametersId());
            assertEqual(k.key(), e.key());
        }
    }

    @Test
    void whatWasWrittenIsRead(@TempDir Path folder) throws IOException {
        assertThat(FILE).hasSize((int) SERIALIZER.wireBytes(P, KEYS));
        // seeds stand for half of the residues, and those of 49 bits are packed
        assertThat((long) FILE.length).isLessThan(KEYS.memoryBytes() / 2 * 50 / 64);
        Path file = folder.resolve("bootstrap-keys");
        SERIALIZER.write(file, P, KEYS);
        BootstrapKeys read = SERIALIZER.readBootstrapKeys(file, P);
        assertThat(read.parametersId()).isEqualTo(P.id());
        assertThat(read.keyPairId()).isEqualTo(SECRET.keyPairId());
        assertEqual(read.evaluationKeys(), KEYS.evaluationKeys());
        assertEqual(
                read.evaluationKeys().relinearizationKey().orElseThrow().key(),
                KEYS.evaluationKeys().relinearizationKey().orElseThrow().key());
        assertEqual(read.lowKeys(), KEYS.lowKeys());
        assertEqual(
                read.encapsulationKeys().toSparse(), KEYS.encapsulationKeys().toSparse());
        assertEqual(read.encapsulationKeys().toDense(), KEYS.encapsulationKeys().toDense());
        assertThat(read.encapsulationKeys().hammingWeight()).isEqualTo(32);
        Ciphertext c = Encryptor.withSecretKey(CONTEXT, SECRET, RandomSource.reproducible(3))
                .encrypt(new CkksEncoder(CONTEXT).encode(new double[] {0.5, -0.25, 1, 0}, 1));
        Ciphertext one = new Bootstrapper(CONTEXT, P, KEYS).refresh(c);
        Ciphertext two = new Bootstrapper(CONTEXT, P, read).refresh(c);
        WireFixture.assertEqual(
                Ciphertexts.components(two).get(0), Ciphertexts.components(one).get(0));
        WireFixture.assertEqual(
                Ciphertexts.components(two).get(1), Ciphertexts.components(one).get(1));
    }

    @Test
    void keysOfOtherParametersAreRefused() {
        BootstrapParameters bounded = parameters().bound(2).build();
        assertThatThrownBy(() -> SERIALIZER.readBootstrapKeys(in(FILE), bounded))
                .isInstanceOf(MismatchException.class)
                .hasMessageStartingWith("readBootstrapKeys: expected keys of bootstrap parameters");
        assertThatThrownBy(() -> bytes(o -> SERIALIZER.write(o, bounded, KEYS))).isInstanceOf(MismatchException.class);
        BootstrapParameters other = parameters().levels(3).build();
        CkksSerializer others = new CkksSerializer(CkksContext.create(other.ckksParameters()));
        assertThatThrownBy(() -> others.readBootstrapKeys(in(FILE), other)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> SERIALIZER.readBootstrapKeys(in(FILE), other)).isInstanceOf(MismatchException.class);
        CkksSerializer foreign = new CkksSerializer(CkksContext.create(CkksPresets.SECURE_13.parameters()));
        assertThatThrownBy(() -> foreign.readBootstrapKeys(in(FILE), P)).isInstanceOf(MismatchException.class);
        BootstrapKeys swapped =
                new BootstrapKeys(P.id(), KEYS.evaluationKeys(), KEYS.evaluationKeys(), KEYS.encapsulationKeys());
        assertThatThrownBy(() -> bytes(o -> SERIALIZER.write(o, P, swapped))).isInstanceOf(MismatchException.class);
    }

    @Test
    void otherFilesAreRefused() {
        byte[] bundle = bytes(o -> SERIALIZER.write(o, KEYS.evaluationKeys()));
        assertThatThrownBy(() -> SERIALIZER.readBootstrapKeys(in(bundle), P))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("expected a bundle of bootstrapping keys, found a bundle of evaluation keys");
        assertThatThrownBy(() -> SERIALIZER.readEvaluationKeys(in(FILE))).isInstanceOf(FormatException.class);
    }

    @Test
    void truncatedAndDamagedFilesAreRefused() {
        Random random = new Random(4);
        for (int i = 0; i < 60; i++) {
            int length = random.nextInt(FILE.length);
            assertThatThrownBy(() -> SERIALIZER.readBootstrapKeys(in(Arrays.copyOf(FILE, length)), P))
                    .isInstanceOf(FormatException.class);
            byte[] damaged = FILE.clone();
            damaged[random.nextInt(FILE.length)] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> SERIALIZER.readBootstrapKeys(in(damaged), P))
                    .isInstanceOf(HeException.class);
        }
        assertThatThrownBy(() -> SERIALIZER.readBootstrapKeys(in(Arrays.copyOf(FILE, FILE.length + 1)), P))
                .isInstanceOf(FormatException.class);
    }

    /** Right checksums, wrong numbers. */
    @Test
    void forgedDescriptionsAreRefused() {
        WireParts parts = WireParts.of(FILE);
        for (int at : new int[] {8, 12, 16}) {
            for (int value : new int[] {-1, 0, 1 << 20, Integer.MAX_VALUE, 100}) {
                byte[] original = parts.chunks.get(0);
                byte[] changed = original.clone();
                LittleEndian.putInt(changed, at, value);
                boolean harmless = at == 8 && value == 100; // a weight is only told
                parts.chunks.set(0, changed);
                byte[] file = parts.sealed();
                parts.chunks.set(0, original);
                if (!harmless) {
                    assertThatThrownBy(() -> SERIALIZER.readBootstrapKeys(in(file), P))
                            .as(at + " " + value)
                            .isInstanceOf(FormatException.class);
                }
            }
        }
    }
}
