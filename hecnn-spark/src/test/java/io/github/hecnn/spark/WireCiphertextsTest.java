package io.github.hecnn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.FormatException;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.sampling.RandomSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireCiphertextsTest {
    private static final CkksContext CONTEXT = CkksContext.create(CkksParameters.builder()
            .logRingDegree(10)
            .levels(2)
            .scaleBits(40)
            .securityLevel(SecurityLevel.NONE)
            .build());
    private static final CkksSerializer SERIALIZER = new CkksSerializer(CONTEXT);

    private static List<Ciphertext> values() {
        Encryptor encryptor = Encryptor.withSecretKey(
                CONTEXT, new KeyGenerator(CONTEXT, RandomSource.seeded(1)).secretKey(), RandomSource.seeded(2));
        CkksEncoder encoder = new CkksEncoder(CONTEXT);
        return List.of(
                encryptor.encrypt(encoder.encode(new double[] {1, 2}, 2)),
                encryptor.encrypt(encoder.encode(new double[] {3, 4}, 1)));
    }

    private static byte[] written(WireCiphertexts sent) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sent);
        }
        return bytes.toByteArray();
    }

    private static WireCiphertexts read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (WireCiphertexts) in.readObject();
        }
    }

    private static byte[] wire(List<Ciphertext> values) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SERIALIZER.write(out, values);
        return out.toByteArray();
    }

    @Test
    void travelsInTheWireFormatBitByBit() throws IOException, ClassNotFoundException {
        List<Ciphertext> values = values();
        WireCiphertexts sent = WireCiphertexts.of(values, SERIALIZER);
        byte[] bytes = written(sent);
        byte[] wire = wire(values);
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        String inside = new String(wire, StandardCharsets.ISO_8859_1);
        // Java splits it by blocks of 1,024 bytes with headers of 5.
        assertThat(all.contains(inside.substring(0, 500))).isTrue();
        assertThat(bytes.length).isBetween(wire.length, wire.length + wire.length / 100 + 200);
        assertThat(all.contains("io.github.hecnn.ckks") || all.contains("io.github.hecnn.core"))
                .isFalse();
        WireCiphertexts received = read(bytes);
        assertThat(received.wireBytes()).isEqualTo(sent.wireBytes()).isEqualTo(wire.length);
        assertThat(written(received)).isEqualTo(bytes); // not decoded in between
        assertThat(wire(received.values(SERIALIZER))).isEqualTo(wire);
        assertThat(written(received)).isEqualTo(bytes);
    }

    @Test
    void zeroTravelsToo() throws IOException, ClassNotFoundException {
        WireCiphertexts received = read(written(WireCiphertexts.none()));
        assertThat(received.isEmpty()).isTrue();
        assertThat(received.wireBytes()).isZero();
    }

    @Test
    void noticesWhatWasChangedOnTheWay() throws IOException, ClassNotFoundException {
        byte[] bytes = written(WireCiphertexts.of(values(), SERIALIZER));
        byte[] flipped = bytes.clone();
        flipped[bytes.length / 2] ^= 1;
        WireCiphertexts received = read(flipped);
        assertThatThrownBy(() -> received.values(SERIALIZER)).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length - 100))).isInstanceOf(IOException.class);
    }
}
