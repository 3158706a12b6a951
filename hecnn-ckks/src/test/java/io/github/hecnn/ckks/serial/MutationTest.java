package io.github.hecnn.ckks.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.hecnn.ckks.error.FormatException;
import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.serial.WireFixture.Sample;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every altered file is refused by an error of the library in one line, whatever was altered. Bootstrapping keys: BootstrapKeyFileTest. */
class MutationTest {
    private static final WireFixture F = WireFixture.of(10, 1);
    private static final Map<WireType, Sample> SAMPLES = F.samples();
    private static final int ROUNDS = 150;

    private static HeException refusal(Sample sample, byte[] altered, String how) {
        try {
            sample.read(altered);
        } catch (HeException e) {
            assertThat(e.getMessage()).as(how).contains("expected", "found").doesNotContain("\n");
            return e;
        } catch (RuntimeException e) {
            return fail("another exception than the library's for " + how, e);
        }
        return fail("no refusal of " + sample.type() + " with " + how);
    }

    private static byte[] with(byte[] bytes, int at, int xor) {
        byte[] b = bytes.clone();
        b[at] ^= (byte) xor;
        return b;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BOOTSTRAP_KEYS")
    void everyByteAndBitOfTheHeader(WireType type) {
        Sample s = SAMPLES.get(type);
        Random random = new Random(1);
        for (int at = 0; at < WireHeader.BYTES; at++) {
            for (int bit = 0; bit < 8; bit++) {
                refusal(s, with(s.bytes(), at, 1 << bit), "bit " + bit + " of byte " + at);
            }
            refusal(s, with(s.bytes(), at, 1 + random.nextInt(255)), "byte " + at);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BOOTSTRAP_KEYS")
    void randomBytesOfThePayload(WireType type) {
        Sample s = SAMPLES.get(type);
        Random random = new Random(2);
        int rest = s.bytes().length - WireHeader.BYTES;
        for (int i = 0; i < ROUNDS; i++) {
            int at = WireHeader.BYTES + random.nextInt(rest);
            assertThat(refusal(s, with(s.bytes(), at, 1 + random.nextInt(255)), "byte " + at))
                    .isInstanceOf(FormatException.class);
        }
        for (int at = WireHeader.BYTES; at < Math.min(s.bytes().length, WireHeader.BYTES + 100); at++) {
            refusal(s, with(s.bytes(), at, 1 << random.nextInt(8)), "byte " + at);
        }
        for (int at = s.bytes().length - 40; at < s.bytes().length; at++) {
            refusal(s, with(s.bytes(), at, 1 << random.nextInt(8)), "byte " + at);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BOOTSTRAP_KEYS")
    void truncations(WireType type) {
        Sample s = SAMPLES.get(type);
        Random random = new Random(3);
        for (int length = 0; length < Math.min(s.bytes().length, 100); length++) {
            refusal(s, Arrays.copyOf(s.bytes(), length), "length " + length);
        }
        for (int i = 0; i < ROUNDS; i++) {
            int length = random.nextInt(s.bytes().length);
            assertThat(refusal(s, Arrays.copyOf(s.bytes(), length), "length " + length))
                    .isInstanceOf(FormatException.class);
        }
        for (int length = s.bytes().length - 40; length < s.bytes().length; length++) {
            refusal(s, Arrays.copyOf(s.bytes(), length), "length " + length);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARAMETERS", "SECRET_KEY"})
    void everyTruncationOfASmallFile(WireType type) {
        Sample s = SAMPLES.get(type);
        for (int length = 0; length < s.bytes().length; length++) {
            assertThat(refusal(s, Arrays.copyOf(s.bytes(), length), "length " + length))
                    .isInstanceOf(FormatException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BOOTSTRAP_KEYS")
    void insertedAndRemovedAndExchangedStretches(WireType type) {
        Sample s = SAMPLES.get(type);
        Random random = new Random(4);
        int n = s.bytes().length;
        for (int i = 0; i < ROUNDS; i++) {
            int at = random.nextInt(n + 1);
            int length = 1 + random.nextInt(64);
            byte[] longer = new byte[n + length];
            random.nextBytes(longer);
            System.arraycopy(s.bytes(), 0, longer, 0, at);
            System.arraycopy(s.bytes(), at, longer, at + length, n - at);
            refusal(s, longer, length + " bytes inserted at " + at);

            int from = random.nextInt(n - 1);
            int to = Math.min(n, from + length);
            byte[] shorter = new byte[n - (to - from)];
            System.arraycopy(s.bytes(), 0, shorter, 0, from);
            System.arraycopy(s.bytes(), to, shorter, from, n - to);
            refusal(s, shorter, "bytes " + from + ".." + to + " removed");

            byte[] noise = s.bytes().clone();
            byte[] stretch = new byte[to - from];
            random.nextBytes(stretch);
            stretch[0] = (byte) (noise[from] + 1);
            System.arraycopy(stretch, 0, noise, from, stretch.length);
            refusal(s, noise, "bytes " + from + ".." + to + " replaced");
        }
    }

    @Test
    void noise() {
        Random random = new Random(5);
        for (Sample s : SAMPLES.values()) {
            for (int i = 0; i < 50; i++) {
                byte[] b = new byte[random.nextInt(200)];
                random.nextBytes(b);
                refusal(s, b, "noise");
                byte[] disguised = b.clone();
                System.arraycopy(s.bytes(), 0, disguised, 0, Math.min(b.length, WireHeader.BYTES));
                refusal(s, disguised, "noise after a good header");
            }
        }
    }

    @Test
    void everyReaderRefusesEveryOtherKind() {
        for (Sample reader : SAMPLES.values()) {
            for (Sample file : SAMPLES.values()) {
                if (reader.type() != file.type()) {
                    assertThat(refusal(reader, file.bytes(), "a file of " + file.type()))
                            .isInstanceOf(FormatException.class)
                            .hasMessageContaining("expected " + reader.type().text() + ", found "
                                    + file.type().text());
                }
            }
        }
    }
}
