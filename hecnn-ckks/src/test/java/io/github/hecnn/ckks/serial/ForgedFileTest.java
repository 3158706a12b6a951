package io.github.hecnn.ckks.serial;

import static io.github.hecnn.ckks.serial.WireFixture.bytes;
import static io.github.hecnn.ckks.serial.WireFixture.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.FormatException;
import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.internal.cipher.Plaintexts;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.CiphertextParts;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.core.parallel.WorkerPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose checksums are right and whose content is not: made by hand with the writer of chunks. */
class ForgedFileTest {
    private static final WireFixture F =
            new WireFixture(CkksContext.create(WireFixture.small(10, 1), WorkerPool.single()));
    private static final WireSizes SIZES = F.serializer.sizes();

    /** A file with any payload length in its header, of which only some chunks follow. */
    private static byte[] forged(WireType type, long payload, byte[]... chunks) {
        return bytes(o -> {
            ChunkWriter w = new ChunkWriter(o, new WireHeader(type, F.parameters.id(), KeyPairId.UNKNOWN, payload));
            for (byte[] c : chunks) {
                w.write(c);
            }
        });
    }

    private static byte[] finished(WireType type, byte[]... chunks) {
        long body = 0;
        for (byte[] c : chunks) {
            body += c.length + Checksum.BYTES;
        }
        long payload = WireSizes.payload(body);
        return bytes(o -> {
            ChunkWriter w = new ChunkWriter(o, new WireHeader(type, F.parameters.id(), KeyPairId.UNKNOWN, payload));
            for (byte[] c : chunks) {
                w.write(c);
            }
            w.finish();
        });
    }

    private static byte[] ints(int... values) {
        ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int v : values) {
            b.putInt(v);
        }
        return b.array();
    }

    private static byte[] descriptor(int level, int components, int flags, double scale) {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) level)
                .put((byte) components)
                .putShort((short) flags)
                .putDouble(scale)
                .array();
    }

    private static byte[] limb(int i) {
        return new byte
                [ResiduePacking.bytes(
                        1024, Rings.of(F.context).extendedBasis().modulus(i).value())];
    }

    private static void refused(WireFixture.Reader reader, byte[] file, String... texts) {
        assertThatThrownBy(() -> reader.from(in(file)))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll(texts);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2, 0, 1024, the level of the ciphertext in 0..1",
        "255, 2, 0, 1024, the level of the ciphertext in 0..1",
        "1, 2, 2, 1024, the flags",
        "1, 3, 1, 1024, the flags",
        "1, 2, 2816, 1024, the slots of the ciphertext in 0..10",
        "1, 2, 0, 0, the scale",
        "1, 2, 0, -1, the scale",
        "1, 2, 0, NaN, the scale",
        "1, 2, 0, Infinity, the scale",
    })
    void descriptors(int level, int components, int flags, double scale, String text) {
        byte[] d = descriptor(level, components, flags, scale);
        refused(F.serializer::readCiphertext, forged(WireType.CIPHERTEXT, 1 << 20, d), text);
        refused(
                F.serializer::readCiphertexts,
                forged(WireType.CIPHERTEXTS, 1 << 20, ints(1), d),
                text.replace("the ciphertext", "ciphertext 0"));
        refused(
                F.serializer::readPlaintext,
                forged(WireType.PLAINTEXT, 1 << 20, d),
                text.replace("the ciphertext", "the plaintext"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 255})
    void numbersOfComponents(int components) {
        byte[] d = descriptor(0, components, 0, 1024);
        long payload = WireSizes.payload(SIZES.ciphertextBody(0, components, false));
        refused(
                F.serializer::readCiphertext,
                forged(WireType.CIPHERTEXT, payload, d),
                "components of the ciphertext to be 2 or 3, found " + components);
        if (components != 1) {
            refused(F.serializer::readPlaintext, forged(WireType.PLAINTEXT, payload, d), "of 1 component");
        }
    }

    @Test
    void residuesBeyondThePrime() {
        byte[] wrong = limb(0);
        Arrays.fill(wrong, (byte) 0xff);
        refused(
                F.serializer::readPlaintext,
                finished(WireType.PLAINTEXT, descriptor(0, 1, 0, 1024), wrong),
                "expected residue 0 of limb 0 of the plaintext below the prime");
        byte[] last = limb(1);
        last[last.length - 1] = (byte) 0xff;
        refused(
                F.serializer::readPlaintext,
                finished(WireType.PLAINTEXT, descriptor(1, 1, 0, 1024), limb(0), last),
                "expected residue 1023 of limb 1");
    }

    @Test
    void aForgedFileThatIsRightIsRead() throws IOException {
        byte[] file = finished(WireType.PLAINTEXT, descriptor(1, 1, 0, 1024), limb(0), limb(1));
        assertThat(Plaintexts.polynomial(F.serializer.readPlaintext(in(file))).limb(1))
                .containsOnly(0.0);
    }

    @Test
    void chunksTooManyTooFewOrOfAnotherLength() {
        byte[] d = descriptor(0, 1, 0, 1024);
        refused(F.serializer::readPlaintext, finished(WireType.PLAINTEXT, d), "bytes after the header");
        refused(F.serializer::readPlaintext, finished(WireType.PLAINTEXT, d, limb(0), limb(0)), "after the header");
        refused(
                F.serializer::readPlaintext,
                finished(WireType.PLAINTEXT, d, new byte[limb(0).length - 4], new byte[0]),
                "expected checksum");
        refused(F.serializer::readCiphertexts, finished(WireType.CIPHERTEXTS, ints(0), ints(0)), "expected");
        refused(F.serializer::readCiphertexts, finished(WireType.CIPHERTEXTS, ints(1)), "0..0 for a file");
    }

    @Test
    void chunksOfAnotherPlaceOrFile() throws IOException {
        byte[] a = bytes(o -> F.serializer.write(o, F.ciphertext(0, 2)));
        int at = WireHeader.BYTES + 12 + Checksum.BYTES;
        int size = limb(0).length + Checksum.BYTES;
        byte[] exchanged = a.clone();
        System.arraycopy(a, at, exchanged, at + size, size);
        System.arraycopy(a, at + size, exchanged, at, size);
        refused(F.serializer::readCiphertext, exchanged, "expected checksum", "component 0");

        // Same kind, same header, other content: every chunk is sound, but they do not belong together.
        byte[] b = bytes(o -> F.serializer.write(
                o,
                Ciphertexts.of(new CiphertextParts(
                        F.parameters.id(),
                        F.secretKey.keyPairId(),
                        java.util.List.of(
                                Ciphertexts.components(F.ciphertext(0, 3)).get(2),
                                Ciphertexts.components(F.ciphertext(0, 2)).get(1)),
                        F.parameters.scale(0)))));
        assertThat(F.serializer.readCiphertext(in(b)).size()).isEqualTo(2);
        byte[] mixed = a.clone();
        System.arraycopy(b, at, mixed, at, size);
        refused(F.serializer::readCiphertext, mixed, "expected an end mark");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 0, 1, 1L << 40, Integer.MAX_VALUE})
    void claimsOfAnyPayloadLengthCostNoMemory(long payload) {
        long before = AllocationMeter.allocatedBytes();
        refused(F.serializer::readPublicKey, forged(WireType.PUBLIC_KEY, payload), "expected");
        refused(
                in -> F.serializer.readSecretKey(in, SecretKey.Access.INTENDED),
                forged(WireType.SECRET_KEY, payload),
                "expected");
        refused(F.serializer::readRelinearizationKey, forged(WireType.RELINEARIZATION_KEY, payload), "expected");
        refused(F.serializer::readRotationKey, forged(WireType.ROTATION_KEY, payload), "expected");
        refused(F.serializer::readEvaluationKeys, forged(WireType.EVALUATION_KEYS, payload), "expected");
        refused(F.serializer::readCiphertext, forged(WireType.CIPHERTEXT, payload), "expected");
        refused(F.serializer::readCiphertexts, forged(WireType.CIPHERTEXTS, payload), "expected");
        refused(F.serializer::readPlaintext, forged(WireType.PLAINTEXT, payload), "expected");
        refused(CkksSerializer::readParametersOfAnySecurity, forged(WireType.PARAMETERS, payload), "expected");
        assertThat(AllocationMeter.allocatedBytes() - before).isLessThan(4 << 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1 << 20})
    void claimsOfAnyNumberCostNoMemory(int count) {
        long before = AllocationMeter.allocatedBytes();
        for (long payload : new long[] {1000, 1L << 62}) {
            refused(F.serializer::readCiphertexts, forged(WireType.CIPHERTEXTS, payload, ints(count)), "expected");
            refused(
                    F.serializer::readEvaluationKeys,
                    forged(WireType.EVALUATION_KEYS, payload, ints(0, count)),
                    "the number of rotation keys in 0..1024, found " + count);
        }
        assertThat(AllocationMeter.allocatedBytes() - before).isLessThan(4 << 20);
    }

    @Test
    void consistentClaimsOfManyKeysEndWithTheBytes() {
        long before = AllocationMeter.allocatedBytes();
        long payload = WireSizes.payload(SIZES.evaluationKeysBody(true, 1024));
        refused(
                F.serializer::readEvaluationKeys,
                forged(WireType.EVALUATION_KEYS, payload, ints(1, 1024), new byte[32], limb(0)),
                "expected " + (payload + WireHeader.BYTES) + " bytes, found the end after",
                "the file is truncated");
        assertThat(AllocationMeter.allocatedBytes() - before).isLessThan(4 << 20);
    }

    @Test
    void evaluationKeys() {
        refused(
                F.serializer::readEvaluationKeys,
                forged(WireType.EVALUATION_KEYS, 1 << 20, ints(2, 0)),
                "relinearisation keys to be 0 or 1, found 2");
        byte[] file = bytes(o -> F.serializer.write(o, F.evaluationKeys));
        int key = (int) SIZES.rotationKeyBody();
        int first = (int) (WireHeader.BYTES + SIZES.evaluationKeysBody(true, 0));
        assertThat(LittleEndian.getInt(file, first))
                .isEqualTo(F.rotationKey.galoisElement()); // so that what follows is about the right place
        assertThat(file.length - first).isEqualTo(3 * key + ChunkWriter.END_BYTES);

        long payload = WireSizes.payload(SIZES.evaluationKeysBody(false, 2));
        byte[][] chunks =
                new byte[2 + 1 + 2 * Rings.of(F.context).extendedBasis().size() + 1][];
        chunks[0] = ints(0, 2);
        chunks[1] = ints(5);
        chunks[2] = new byte[32];
        for (int i = 3; i < chunks.length - 1; i++) {
            chunks[i] = limb((i - 3) % Rings.of(F.context).extendedBasis().size());
        }
        chunks[chunks.length - 1] = ints(5);
        refused(
                F.serializer::readEvaluationKeys,
                forged(WireType.EVALUATION_KEYS, payload, chunks),
                "every Galois element once, found 5 twice");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 2048, 2049, -1, Integer.MIN_VALUE})
    void galoisElements(int g) {
        refused(
                F.serializer::readRotationKey,
                forged(WireType.ROTATION_KEY, WireSizes.payload(SIZES.rotationKeyBody()), ints(g)),
                "a Galois element that is odd and below 2048, found " + g);
    }

    @Test
    void secretKeys() {
        byte[] wrong = new byte[256];
        wrong[3] = 2 << 4;
        refused(
                in -> F.serializer.readSecretKey(in, SecretKey.Access.INTENDED),
                finished(WireType.SECRET_KEY, wrong),
                "coefficient 14 to be -1, 0 or 1");
        refused(
                in -> F.serializer.readSecretKey(in, SecretKey.Access.INTENDED),
                finished(WireType.SECRET_KEY, new byte[256]),
                "of a Hamming weight that the sampler gives");

        CkksParameters sparse = CkksParameters.builder()
                .logRingDegree(10)
                .levels(0)
                .scaleBits(25)
                .secretHammingWeight(64)
                .securityLevel(SecurityLevel.NONE)
                .build();
        WireFixture other = new WireFixture(CkksContext.create(sparse));
        byte[] file = bytes(o -> {
            WireOutput w =
                    WireOutput.open(o, other.context, WireType.SECRET_KEY, KeyPairId.UNKNOWN, SIZES.secretKeyBody());
            w.write(new byte[256]);
            w.finish();
        });
        refused(in -> other.serializer.readSecretKey(in, SecretKey.Access.INTENDED), file, "of Hamming weight 64");
    }
}
