package io.github.hecnn.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomSourceTest {
    private static byte[] keyStream(byte[] seed, int length) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(seed, "AES"), new IvParameterSpec(new byte[16]));
        return cipher.doFinal(new byte[length]);
    }

    private static byte[] bytes(RandomSource source, int length) {
        byte[] out = new byte[length];
        source.nextBytes(out);
        return out;
    }

    // AES-256 of the zero block under the zero key, as in NIST's AESAVS known answer tests.
    @Test
    void startsWithTheZeroBlockOfAes256() {
        byte[] first = bytes(RandomSource.seeded(new byte[32]), 16);
        assertThat(HexFormat.of().formatHex(first)).isEqualTo("dc95c078a2408989ad48a21492842087");
    }

    @Test
    void isTheKeyStreamHoweverItIsRead() throws Exception {
        byte[] seed = KnownAnswers.countingSeed();
        byte[] expected = keyStream(seed, 1 << 19);
        RandomSource source = RandomSource.seeded(seed);
        ByteBuffer found = ByteBuffer.allocate(expected.length).order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(7);
        while (found.remaining() > 0) {
            switch (random.nextInt(4)) {
                case 0 -> found.put(bytes(source, Math.min(found.remaining(), random.nextInt(100_000))));
                case 1 -> found.put(bytes(source, Math.min(found.remaining(), random.nextInt(40))));
                case 2 -> {
                    if (found.remaining() >= 8) {
                        found.putLong(source.nextLong());
                    }
                }
                default -> {
                    long[] longs = new long[random.nextInt(1000)];
                    int count = Math.min(longs.length, found.remaining() / 8);
                    source.nextLongs(longs, count);
                    for (int i = 0; i < count; i++) {
                        found.putLong(longs[i]);
                    }
                }
            }
        }
        assertThat(Arrays.mismatch(found.array(), expected)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void aLongThatBeginsInOneBlockAndEndsInTheNextIsWhole(int before) throws Exception {
        byte[] seed = KnownAnswers.countingSeed();
        int longs = 1 << 16; // blocks grow to their largest size on the way
        byte[] expected = keyStream(seed, before + longs * Long.BYTES);
        RandomSource source = RandomSource.seeded(seed);
        ByteBuffer found = ByteBuffer.allocate(expected.length).order(ByteOrder.LITTLE_ENDIAN);
        found.put(bytes(source, before));
        for (int i = 0; i < longs; i++) {
            found.putLong(source.nextLong());
        }
        assertThat(Arrays.mismatch(found.array(), expected)).isEqualTo(-1);
    }

    @Test
    void knownAnswers() {
        RandomSource source = RandomSource.seeded(KnownAnswers.countingSeed());
        assertThat(KnownAnswers.hash(bytes(source, 100_000)))
                .isEqualTo("866c55619ea4f5704c25f2c7c5b93b1ebeea0b112c978ed5545435b766e4211c");
        assertThat(KnownAnswers.hash(bytes(source.fork("key"), 1000)))
                .isEqualTo("e4dd57cfd4fec93e4eb79b7efe28f8cba1db0f83e3512ee64274dcc69ed38a3b");
        assertThat(KnownAnswers.hash(bytes(RandomSource.seeded(2024), 1000)))
                .isEqualTo("17555519ec1a8b09d35f0945006b91c2f6c6012105da1ff22cf0474b6ef68dcf");
    }

    @Test
    void forkSeedIsTheDocumentedHash() throws Exception {
        byte[] seed = KnownAnswers.countingSeed();
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        sha.update(seed);
        sha.update("hecnn-fork".getBytes(StandardCharsets.UTF_8));
        sha.update("limb π 3".getBytes(StandardCharsets.UTF_8));
        byte[] expected = keyStream(sha.digest(), 64);
        assertThat(bytes(RandomSource.seeded(seed).fork("limb π 3"), 64)).isEqualTo(expected);
    }

    @Test
    void forkNeitherAdvancesNorDependsOnThePosition() {
        RandomSource source = RandomSource.seeded(1);
        RandomSource untouched = RandomSource.seeded(1);
        byte[] early = bytes(source.fork("a"), 64);
        assertThat(source.nextLong()).isEqualTo(untouched.nextLong());
        bytes(source, 12_345);
        byte[] late = bytes(source.fork("b"), 64);
        assertThat(early).isEqualTo(bytes(untouched.fork("a"), 64));
        assertThat(late).isEqualTo(bytes(untouched.fork("b"), 64));
    }

    @Test
    void aLabelIsGivenOnce() {
        RandomSource source = RandomSource.seeded(1);
        source.fork("encryption");
        assertThatThrownBy(() -> source.fork("encryption"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was not forked with before, found encryption again; take another label");
        source.fork("keys").fork("encryption");
        RandomSource many = RandomSource.seeded(2);
        for (int i = 0; i < RandomSource.MAX_FORKS; i++) {
            many.fork("f" + i);
        }
        assertThatThrownBy(() -> many.fork("another"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("at most 65536 forks of one source");
    }

    @Test
    void forksAndSeedsAreIndependent() {
        RandomSource source = RandomSource.seeded(2);
        int n = 1 << 15;
        RandomSource a = source.fork("a");
        double[][] streams = {
            centred(source.fork("b"), n),
            centred(a.fork("b"), n),
            centred(a, n),
            centred(source.fork("ab"), n),
            centred(RandomSource.seeded(source.newSeed()), n),
            centred(RandomSource.seeded(source.newSeed()), n),
            centred(RandomSource.seeded(3), n),
            centred(source, n)
        };
        for (int i = 0; i < streams.length; i++) {
            Statistics.assertUncorrelated(streams[i], streams[i], 1);
            for (int j = i + 1; j < streams.length; j++) {
                assertThat(streams[i][0]).isNotEqualTo(streams[j][0]);
                Statistics.assertUncorrelated(streams[i], streams[j], 0);
                Statistics.assertUncorrelated(streams[i], streams[j], 1);
            }
        }
    }

    private static double[] centred(RandomSource source, int n) {
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = source.nextDouble() - 0.5;
        }
        return out;
    }

    @Test
    void keepsItsOwnCopyOfTheSeed() {
        byte[] seed = KnownAnswers.countingSeed();
        RandomSource source = RandomSource.seeded(seed);
        byte[] expected = bytes(RandomSource.seeded(seed).fork("x"), 16);
        Arrays.fill(seed, (byte) 0);
        assertThat(bytes(source.fork("x"), 16)).isEqualTo(expected);
    }

    @Test
    void secureSourcesDiffer() {
        assertThat(bytes(RandomSource.secure(), 32)).isNotEqualTo(bytes(RandomSource.secure(), 32));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 100, 1000})
    void nextIntIsUniform(int bound) {
        RandomSource source = RandomSource.seeded(bound);
        long[] hits = new long[bound];
        for (int i = 0; i < 200_000; i++) {
            hits[source.nextInt(bound)]++;
        }
        Statistics.assertChiSquare(hits, Statistics.uniform(bound));
    }

    @Test
    void nextIntReachesTheEdges() {
        RandomSource source = RandomSource.seeded(4);
        assertThat(source.nextInt(1)).isZero();
        int max = 0;
        int min = Integer.MAX_VALUE;
        for (int i = 0; i < 10_000; i++) {
            int v = source.nextInt(Integer.MAX_VALUE);
            max = Math.max(max, v);
            min = Math.min(min, v);
        }
        assertThat(min).isBetween(0, 2_000_000);
        assertThat(max).isBetween(Integer.MAX_VALUE - 2_000_000, Integer.MAX_VALUE - 1);
    }

    @Test
    void bytesAndDoublesAreUniform() {
        RandomSource source = RandomSource.seeded(5);
        long[] byteHits = new long[256];
        for (byte b : bytes(source, 1 << 18)) {
            byteHits[b & 0xff]++;
        }
        Statistics.assertChiSquare(byteHits, Statistics.uniform(256));
        long[] doubleHits = new long[64];
        for (int i = 0; i < 1 << 17; i++) {
            double v = source.nextDouble();
            doubleHits[(int) (v * 64)]++;
        }
        Statistics.assertChiSquare(doubleHits, Statistics.uniform(64));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33})
    void refusesSeedsOfAnotherLength(int length) {
        assertThatThrownBy(() -> RandomSource.seeded(new byte[length]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a seed of 32 bytes, found " + length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void nextIntRefusesBounds(int bound) {
        assertThatThrownBy(() -> RandomSource.seeded(6).nextInt(bound))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a bound of 1 or more, found " + bound);
    }

    @Test
    void aReproducibleSourceIsTheSeededOneByAnotherName() {
        assertThat(bytes(RandomSource.reproducible(7), 64)).isEqualTo(bytes(RandomSource.seeded(7), 64));
        assertThat(bytes(RandomSource.reproducible(7).fork("a"), 64))
                .isEqualTo(bytes(RandomSource.seeded(7).fork("a"), 64))
                .isNotEqualTo(bytes(RandomSource.reproducible(8).fork("a"), 64));
    }

    @Test
    void knowsWhereItsSeedCameFromOverForks() {
        assertThat(RandomSource.secure().origin()).isEqualTo(RandomSource.Origin.SYSTEM);
        assertThat(RandomSource.secure().fork("a").fork("b").origin()).isEqualTo(RandomSource.Origin.SYSTEM);
        assertThat(RandomSource.reproducible(1).fork("a").origin()).isEqualTo(RandomSource.Origin.REPRODUCIBLE);
        assertThat(RandomSource.seeded(1).fork("a").origin()).isEqualTo(RandomSource.Origin.SEED);
        assertThat(RandomSource.seeded(RandomSource.secure().newSeed()).origin())
                .isEqualTo(RandomSource.Origin.SEED);
    }
}
