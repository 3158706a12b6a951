package io.github.hecnn.ckks.serial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.internal.cipher.Plaintexts;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.scheme.Plaintext;
import io.github.hecnn.core.modular.Modulus;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Takes a file apart with nothing but the description of the package, as another implementation would. */
class WireLayoutTest {
    private final WireFixture fixture = WireFixture.of(10, 1);
    private final CRC32C all = new CRC32C();
    private ByteBuffer file;
    private int headerChecksum;
    private int chunks;

    private static int crc32c(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private ByteBuffer chunk(int length) {
        byte[] numbered = new byte[8 + length];
        ByteBuffer.wrap(numbered)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(headerChecksum)
                .putInt(chunks++);
        file.get(numbered, 8, length);
        assertThat(crc32c(numbered)).isEqualTo(file.getInt(file.position()));
        for (int i = 0; i < 4; i++) {
            all.update(file.get());
        }
        return ByteBuffer.wrap(Arrays.copyOfRange(numbered, 8, numbered.length)).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void plaintext() {
        Plaintext p = fixture.plaintext(1);
        byte[] bytes = WireFixture.bytes(o -> fixture.serializer.write(o, p));
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[5];
        file.get(magic);
        assertThat(new String(magic, StandardCharsets.US_ASCII)).isEqualTo("HECNN");
        assertThat(file.get()).isEqualTo((byte) 2);
        assertThat(file.get()).isEqualTo((byte) 9);
        assertThat(file.get()).isZero();
        assertThat(file.getLong()).isEqualTo(fixture.parameters.id());
        assertThat(file.getLong()).isEqualTo(bytes.length - 44);
        assertThat(file.getLong()).isZero(); // a plaintext belongs to no key pair
        assertThat(file.getLong()).isZero();
        headerChecksum = file.getInt();
        assertThat(headerChecksum).isEqualTo(crc32c(Arrays.copyOf(bytes, 40)));

        ByteBuffer descriptor = chunk(12);
        assertThat(descriptor.getInt()).isEqualTo(1 + (1 << 8)); // level 1, one component
        assertThat(descriptor.getDouble()).isEqualTo(p.scale());
        for (int limb = 0; limb < 2; limb++) {
            Modulus q = Rings.of(fixture.context).basis(1).modulus(limb);
            int bits = 64 - Long.numberOfLeadingZeros(q.value() - 1);
            ByteBuffer data = chunk(1024 * bits / 8);
            for (int i = 0; i < 1024; i++) {
                long residue = 0;
                for (int k = 0; k < bits; k++) {
                    int bit = i * bits + k;
                    residue |= (long) (data.get(bit / 8) >> bit % 8 & 1) << k;
                }
                assertThat(residue)
                        .isEqualTo(q.toUnsigned(Plaintexts.polynomial(p).limb(limb)[i]));
            }
        }
        int checksums = (int) all.getValue();
        ByteBuffer end = chunk(12);
        assertThat(end.getInt()).isEqualTo('E' | 'N' << 8 | 'D' << 16 | '.' << 24);
        assertThat(end.getInt()).isEqualTo(3);
        assertThat(end.getInt()).isEqualTo(checksums);
        assertThat(file.hasRemaining()).isFalse();
    }

    @Test
    void theHeaderNamesTheKeyPair() {
        KeyPairId pair = fixture.secretKey.keyPairId();
        fixture.samples().forEach((type, sample) -> {
            ByteBuffer header = ByteBuffer.wrap(sample.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            boolean named = type != WireType.PARAMETERS && type != WireType.PLAINTEXT;
            assertThat(header.getLong(24)).as(type.text()).isEqualTo(named ? pair.high() : 0);
            assertThat(header.getLong(32)).as(type.text()).isEqualTo(named ? pair.low() : 0);
        });
    }
}
