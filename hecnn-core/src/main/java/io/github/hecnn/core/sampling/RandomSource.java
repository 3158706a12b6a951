package io.github.hecnn.core.sampling;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A stream of random bytes: 32 bytes of seed expanded by AES-256 in counter mode.
 *
 * <p>The stream is part of the binary format, because a seed travels in the place of what it expands to. It is the AES-256-CTR
 * key stream under the seed as key, the counter starting at zero (16 bytes, big-endian). Every method takes the next bytes of
 * it; numbers are little-endian.
 *
 * <p>From {@link #secure()} the stream is fit for keys and noise. Whoever knows the seed knows the whole stream, so a seed that
 * is published must come from {@link #newSeed()} or {@link #fork} and expand to public values only.
 *
 * <p><b>Security considerations.</b> A stream must not be used twice: two sources of one seed, be it given twice, copied with a
 * virtual machine's snapshot, or inherited over a fork of the process, give two encryptions the same randomness, and their difference
 * shows the difference of the messages. Make sources with {@link #secure()} after a clone, not before. Seeded sources are for tests and
 * public values: encryptors and key generators of parameters with a security level refuse them, unless they are {@link #reproducible} by
 * name. Seeds and streams stay in memory until they are collected; nothing is wiped.
 *
 * <p>Not thread-safe: give every thread its own {@link #fork}. Forking itself may be done by several threads at once.
 */
public final class RandomSource {
    /** Where a source, or the source that it was forked from, got its seed. */
    public enum Origin {
        /** The operating system: {@link RandomSource#secure()}. */
        SYSTEM,
        /** The caller, who says by the name of the method that the run protects nothing: {@link RandomSource#reproducible}. */
        REPRODUCIBLE,
        /** The caller, for tests and public values: {@link RandomSource#seeded(byte[])}. */
        SEED
    }

    /** Length of a seed. */
    public static final int SEED_BYTES = 32;

    /** How many forks a source gives. */
    public static final int MAX_FORKS = 1 << 16;

    private static final String CIPHER = "AES/CTR/NoPadding";
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    // A short stream should not pay for a long one, so the blocks grow. Their size does not show in the stream.
    private static final int FIRST_BLOCK = 1 << 9;
    private static final int LAST_BLOCK = 1 << 15;
    private static final byte[] ZEROS = new byte[LAST_BLOCK];

    private final byte[] seed;
    private final Origin origin;
    private final Cipher cipher;
    private final Set<String> forked = new HashSet<>(); // guarded by itself
    private byte[] buffer = new byte[0];
    private int position;
    private int limit;
    private int nextBlock = FIRST_BLOCK;

    // Takes possession of the array.
    private RandomSource(byte[] seed, Origin origin) {
        this.seed = seed;
        this.origin = origin;
        try {
            cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(seed, "AES"), new IvParameterSpec(new byte[16]));
        } catch (GeneralSecurityException e) {
            throw missingFromJca(CIPHER, e);
        }
    }

    /**
     * A source seeded by the operating system through {@link SecureRandom}.
     *
     * @return a source that nobody can predict
     * @throws IllegalStateException if the JCA has no AES or SHA-256
     */
    public static RandomSource secure() {
        byte[] seed = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        return new RandomSource(seed, Origin.SYSTEM);
    }

    /**
     * The source of a seed: always the same stream.
     *
     * @param seed32 32 bytes, copied
     * @return its source
     * @throws IllegalArgumentException if the seed is not 32 bytes long
     * @throws IllegalStateException if the JCA has no AES or SHA-256
     */
    public static RandomSource seeded(byte[] seed32) {
        if (seed32.length != SEED_BYTES) {
            throw new IllegalArgumentException("RandomSource.seeded: expected a seed of " + SEED_BYTES
                    + " bytes, found " + seed32.length + "; make one with newSeed()");
        }
        return new RandomSource(seed32.clone(), Origin.SEED);
    }

    /**
     * The source of a small seed: for tests, splits and shuffles. Never for keys and noise that protect anything, since
     * all small seeds can be tried.
     *
     * @param testSeed any number
     * @return its source
     * @throws IllegalStateException if the JCA has no AES or SHA-256
     */
    public static RandomSource seeded(long testSeed) {
        return new RandomSource(expanded(testSeed), Origin.SEED);
    }

    /**
     * The stream of {@link #seeded(long)}, for keys and ciphertexts of a run that must come out the same every time. The name says
     * that <b>such a run protects nothing</b>: all small seeds can be tried, and two sources of one seed give two encryptions the same
     * randomness. To find them all, search for this name.
     *
     * @param seed any number
     * @return its source
     * @throws IllegalStateException if the JCA has no AES or SHA-256
     */
    public static RandomSource reproducible(long seed) {
        return new RandomSource(expanded(seed), Origin.REPRODUCIBLE);
    }

    private static byte[] expanded(long seed) {
        byte[] bytes = new byte[Long.BYTES];
        LONGS.set(bytes, 0, seed);
        return sha256("hecnn-test-seed".getBytes(StandardCharsets.UTF_8), bytes);
    }

    /** {@return where the seed came from; a fork has the origin of its source} */
    public Origin origin() {
        return origin;
    }

    /**
     * An independent source, determined by the seed of this one and the label: its seed is SHA-256(seed | "hecnn-fork" |
     * label in UTF-8). It neither advances this source nor depends on how far that has got.
     *
     * <p>A source gives each label once. Two encryptors on one stream would give the difference of their messages away to everybody who
     * sees both ciphertexts.
     *
     * @param label different for every purpose
     * @return the other source
     * @throws IllegalStateException if this source was forked with this label before, or with {@link #MAX_FORKS} labels
     */
    public RandomSource fork(String label) {
        synchronized (forked) {
            if (forked.size() >= MAX_FORKS) {
                throw new IllegalStateException("RandomSource.fork: expected at most " + MAX_FORKS
                        + " forks of one source, found one more; fork from a fork");
            }
            if (!forked.add(label)) {
                throw new IllegalStateException(
                        "RandomSource.fork: expected a label that this source was not forked with" + " before, found "
                                + label + " again; take another label, or keep the source of the first call");
            }
        }
        return new RandomSource(
                sha256(seed, "hecnn-fork".getBytes(StandardCharsets.UTF_8), label.getBytes(StandardCharsets.UTF_8)),
                origin);
    }

    /**
     * The next 32 bytes, to seed another source.
     *
     * @return a new array, which tells nothing about this source
     * @throws IllegalStateException if the cipher of the platform fails
     */
    public byte[] newSeed() {
        byte[] bytes = new byte[SEED_BYTES];
        nextBytes(bytes);
        return bytes;
    }

    /**
     * Fills the array with the next bytes.
     *
     * @param out gets as many as it is long
     * @throws IllegalStateException if the cipher of the platform fails
     */
    public void nextBytes(byte[] out) {
        int done = 0;
        while (done < out.length) {
            if (position == limit) {
                refill();
            }
            int part = Math.min(out.length - done, limit - position);
            System.arraycopy(buffer, position, out, done, part);
            position += part;
            done += part;
        }
    }

    /**
     * {@return the next 64 bits}
     *
     * @throws IllegalStateException if the cipher of the platform fails
     */
    public long nextLong() {
        if (limit - position < Long.BYTES) {
            refill();
        }
        long value = (long) LONGS.get(buffer, position);
        position += Long.BYTES;
        return value;
    }

    /**
     * A uniform integer in [0, bound), without bias: the high half of word * bound, words whose low half falls short of 2^64
     * mod bound being skipped (Lemire, "Fast random integer generation in an interval").
     *
     * @param bound 1 or more
     * @return the integer
     * @throws IllegalArgumentException if the bound is less than 1
     * @throws IllegalStateException if the cipher of the platform fails
     */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("RandomSource.nextInt: expected a bound of 1 or more, found " + bound
                    + "; pass the number of possible values");
        }
        long skipBelow = skipBelow(bound);
        while (true) {
            long word = nextLong();
            if (Long.compareUnsigned(word * bound, skipBelow) >= 0) {
                return (int) highProduct(word, bound);
            }
        }
    }

    /**
     * {@return a uniform multiple of 2^-53 in [0, 1)}
     *
     * @throws IllegalStateException if the cipher of the platform fails
     */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    // The next `count` longs, as that many calls of nextLong would give them.
    void nextLongs(long[] out, int count) {
        int done = 0;
        while (done < count) {
            if (limit - position < Long.BYTES) {
                refill();
            }
            int part = Math.min(count - done, (limit - position) / Long.BYTES);
            for (int i = 0; i < part; i++) {
                out[done + i] = (long) LONGS.get(buffer, position + i * Long.BYTES);
            }
            position += part * Long.BYTES;
            done += part;
        }
    }

    // 2^64 mod bound, as an unsigned number.
    static long skipBelow(long bound) {
        return Long.remainderUnsigned(-bound, bound);
    }

    // The high 64 bits of word * bound, the word taken as unsigned.
    static long highProduct(long word, long bound) {
        return Math.multiplyHigh(word, bound) + ((word >> 63) & bound);
    }

    // Keeps what is left and appends a block.
    private void refill() {
        int rest = limit - position;
        if (buffer.length < nextBlock + Long.BYTES) {
            byte[] larger = new byte[nextBlock + Long.BYTES];
            System.arraycopy(buffer, position, larger, 0, rest);
            buffer = larger;
        } else {
            System.arraycopy(buffer, position, buffer, 0, rest);
        }
        try {
            limit = rest + cipher.update(ZEROS, 0, nextBlock, buffer, rest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "RandomSource: expected " + CIPHER + " to give a block, found it failing;"
                            + " check the JCA provider",
                    e);
        }
        position = 0;
        nextBlock = Math.min(2 * nextBlock, LAST_BLOCK);
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw missingFromJca("SHA-256", e);
        }
    }

    private static IllegalStateException missingFromJca(String algorithm, GeneralSecurityException cause) {
        return new IllegalStateException(
                "RandomSource: expected " + algorithm
                        + " from the JCA, found no provider for it; run on a JDK with its standard providers",
                cause);
    }
}
