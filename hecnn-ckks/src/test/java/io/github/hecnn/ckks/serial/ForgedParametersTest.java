package io.github.hecnn.ckks.serial;

import static io.github.hecnn.ckks.serial.WireFixture.bytes;
import static io.github.hecnn.ckks.serial.WireFixture.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.FormatException;
import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Parameter files with right checksums: whoever reads one must be as safe as with the builder. */
class ForgedParametersTest {
    private static final CkksParameters P = WireFixture.small(11, 3);
    private static final byte[] FILE = bytes(o -> CkksSerializer.write(o, P));
    private static final int DATA = WireHeader.BYTES;

    private static byte[] forged(long id, Consumer<byte[]> change) {
        byte[] data = Arrays.copyOfRange(FILE, DATA, FILE.length - ChunkWriter.END_BYTES - Checksum.BYTES);
        change.accept(data);
        return bytes(o -> {
            long payload = WireSizes.payload(data.length + Checksum.BYTES);
            ChunkWriter w = new ChunkWriter(o, new WireHeader(WireType.PARAMETERS, id, KeyPairId.UNKNOWN, payload));
            w.write(data);
            w.finish();
        });
    }

    private static void refused(Class<? extends HeException> type, String text, Consumer<byte[]> change) {
        assertThatThrownBy(() -> CkksSerializer.readParametersOfAnySecurity(in(forged(P.id(), change))))
                .isInstanceOf(type)
                .hasMessageStartingWith("readParametersOfAnySecurity: ")
                .hasMessageContaining(text);
    }

    @Test
    void unchangedItIsRead() throws IOException {
        assertThat(CkksSerializer.readParametersOfAnySecurity(in(forged(P.id(), b -> {}))))
                .isEqualTo(P);
    }

    @Test
    void settingsOutOfRange() {
        refused(InvalidParametersException.class, "logRingDegree in 10..17, found 255", b -> b[0] = (byte) 255);
        refused(InvalidParametersException.class, "scaleBits", b -> b[1] = 0);
        refused(InvalidParametersException.class, "digits", b -> b[2] = 0);
        refused(InvalidParametersException.class, "digits", b -> b[2] = 5);
        refused(InvalidParametersException.class, "secretHammingWeight", b -> LittleEndian.putInt(b, 8, -1));
        refused(InvalidParametersException.class, "number of data primes", b -> {
            b[4] += b[3];
            b[3] = 0;
        });
        refused(InvalidParametersException.class, "number of special primes", b -> {
            b[3] += b[4];
            b[4] = 0;
        });
        refused(FormatException.class, "expected 200 data and ", b -> b[3] = (byte) 200);
        refused(FormatException.class, "security level of 0, 128, 192 or 256 bits, found 77", b -> b[5] = 77);
        refused(FormatException.class, "security level of 0, 128, 192 or 256 bits, found 512", b -> b[7] = 2);
        refused(InvalidParametersException.class, "27 bits for 256-bit security", b -> b[7] = 1);
    }

    @Test
    void primesThatAreNone() {
        for (long wrong : new long[] {0, 1, -1, Long.MIN_VALUE, 1L << 48, 4097L * 8193, (1L << 62) + 1}) {
            refused(InvalidParametersException.class, "primes", b -> LittleEndian.putLong(b, 12, wrong));
        }
        refused(
                InvalidParametersException.class,
                "distinct",
                b -> LittleEndian.putLong(b, 12, LittleEndian.getLong(b, 20)));
    }

    @Test
    void otherParametersThanTheHeaderSays() {
        refused(FormatException.class, "parameter id", b -> b[2]++);
        assertThatThrownBy(() -> CkksSerializer.readParametersOfAnySecurity(in(forged(1, b -> {}))))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("found 0000000000000001");
    }

    @Test
    void securityIsEnforcedAgain() {
        // 2^11 with these primes is far from the 128 bits that the file now claims.
        refused(InvalidParametersException.class, "128-bit security", b -> b[5] = (byte) 128);
    }

    @Test
    void theShortReaderDemands128Bits() {
        assertThatThrownBy(() -> CkksSerializer.readParameters(in(FILE)))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("expected parameters of 128-bit security, found a set that asks for NONE");
    }

    @Test
    void theReaderDemandsAMinimum() throws IOException {
        assertThat(CkksSerializer.readParameters(in(FILE), SecurityLevel.NONE)).isEqualTo(P);
        assertThatThrownBy(() -> CkksSerializer.readParameters(in(FILE), SecurityLevel.CLASSICAL_128))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("expected parameters of 128-bit security, found a set that asks for NONE");
    }

    @Test
    void anyContentIsReadOrRefusedByTheLibrary() {
        Random random = new Random(6);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] file = forged(P.id(), b -> {
                for (int k = 1 + random.nextInt(3); k > 0; k--) {
                    b[random.nextInt(b.length)] = (byte) random.nextInt();
                }
            });
            try {
                assertThat(CkksSerializer.readParametersOfAnySecurity(in(file))).isEqualTo(P);
            } catch (HeException e) {
                refused++;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        assertThat(refused).isGreaterThan(1900);
    }

    @Test
    void levelsAboveTheUsers() throws IOException {
        CkksParameters zones = CkksParameters.builder()
                .logRingDegree(11)
                .levels(2)
                .digits(2)
                .upperLevels(1, 44)
                .upperLevels(2, 49)
                .securityLevel(SecurityLevel.NONE)
                .build();
        byte[] file = bytes(o -> CkksSerializer.write(o, zones));
        assertThat(file).hasSize((int) WireSizes.of(zones).parameters());
        assertThat(CkksSerializer.readParametersOfAnySecurity(in(file))).isEqualTo(zones);
        assertThat(CkksSerializer.readParametersOfAnySecurity(in(file)).maxLevel())
                .isEqualTo(2);
        // another number of them is another set
        refused(FormatException.class, "parameter id", b -> b[6] = 1);
        refused(FormatException.class, "fewer levels above the user's than the ", b -> b[6] = b[3]);
        refused(FormatException.class, "fewer levels above the user's than the ", b -> b[6] = (byte) 255);
        byte[] data = Arrays.copyOfRange(file, DATA, file.length - ChunkWriter.END_BYTES - Checksum.BYTES);
        WireHeader first = new WireHeader(
                FormatVersion.V1,
                WireType.PARAMETERS,
                zones.id(),
                KeyPairId.UNKNOWN,
                WireSizes.payload(data.length + Checksum.BYTES));
        byte[] old = bytes(o -> {
            ChunkWriter w = new ChunkWriter(o, first);
            w.write(data);
            w.finish();
        });
        assertThatThrownBy(() -> CkksSerializer.readParametersOfAnySecurity(in(old)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("expected a zero in byte 6 of a parameter set of format version 1, found 3");
    }
}
