package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.params.CkksParameters;
import java.util.List;

/**
 * How many bytes objects of a parameter set take on the wire, to the byte, without making them: what a plan needs. All sizes
 * include header, checksums and end mark. Immutable and thread-safe.
 */
public final class WireSizes {
    static final int SEED_BYTES = 32;
    static final int CIPHERTEXT_DESCRIPTOR_BYTES = 12;
    static final int PLAINTEXT_DESCRIPTOR_BYTES = 12;
    static final int PARAMETERS_FIXED_BYTES = 12;
    static final int ROTATION_DESCRIPTOR_BYTES = 4;
    static final int BUNDLE_DESCRIPTOR_BYTES = 8;
    static final int LIST_DESCRIPTOR_BYTES = 4;

    private final CkksParameters parameters;
    private final long[] upToLevel;
    private final long switchingKey;

    private WireSizes(CkksParameters parameters) {
        this.parameters = parameters;
        List<Long> data = parameters.chain().dataPrimes();
        this.upToLevel = new long[data.size()];
        long sum = 0;
        for (int l = 0; l < upToLevel.length; l++) {
            sum += limb(data.get(l));
            upToLevel[l] = sum;
        }
        for (long p : parameters.chain().specialPrimes()) {
            sum += limb(p);
        }
        int digitSize = parameters.digitSize();
        this.switchingKey = chunk(SEED_BYTES) + (data.size() + digitSize - 1) / digitSize * sum;
    }

    /**
     * The sizes of a parameter set.
     *
     * @param parameters parameter set
     * @return its sizes
     */
    public static WireSizes of(CkksParameters parameters) {
        return new WireSizes(parameters);
    }

    private long limb(long prime) {
        return chunk(ResiduePacking.bytes(parameters.ringDegree(), prime));
    }

    private static long chunk(long bytes) {
        return bytes + Checksum.BYTES;
    }

    /** What the header says of a body of this size. */
    static long payload(long body) {
        return body + ChunkWriter.END_BYTES;
    }

    static long file(long body) {
        return WireHeader.BYTES + payload(body);
    }

    /** {@return bytes of the parameter set itself} */
    public long parameters() {
        return file(parametersBody(parameters));
    }

    static long parametersBody(CkksParameters p) {
        return chunk(PARAMETERS_FIXED_BYTES
                + 8L
                        * (p.chain().dataPrimes().size()
                                + p.chain().specialPrimes().size()));
    }

    /**
     * A public key: one polynomial, over the primes of the user's top level and one special prime, and a seed. A key that was read from a file of
     * version 1 has no special prime and less bytes; {@link CkksSerializer#wireBytes(io.github.hecnn.ckks.keys.PublicKey)} tells.
     *
     * @return bytes
     */
    public long publicKey() {
        return file(publicKeyBody(true));
    }

    long publicKeyBody(boolean specialPrime) {
        long data = chunk(SEED_BYTES) + upToLevel[parameters.maxLevel()];
        return specialPrime ? data + limb(parameters.chain().specialPrimes().get(0)) : data;
    }

    /** {@return bytes of a secret key: two bits a coefficient} */
    public long secretKey() {
        return file(secretKeyBody());
    }

    long secretKeyBody() {
        return chunk(parameters.ringDegree() / 4);
    }

    /** {@return bytes of a relinearisation key: one polynomial over Q and P for every digit, and a seed} */
    public long relinearizationKey() {
        return file(relinearizationKeyBody());
    }

    long relinearizationKeyBody() {
        return switchingKey;
    }

    /** {@return bytes of the key of one rotation, or of conjugation} */
    public long rotationKey() {
        return file(rotationKeyBody());
    }

    long rotationKeyBody() {
        return chunk(ROTATION_DESCRIPTOR_BYTES) + switchingKey;
    }

    /**
     * A bundle of evaluation keys.
     *
     * @param relinearization whether a relinearisation key is in it
     * @param rotations number of rotation keys, conjugation counted as one
     * @return bytes
     * @throws MismatchException if the number is negative
     */
    public long evaluationKeys(boolean relinearization, int rotations) {
        if (rotations < 0) {
            throw new MismatchException("WireSizes.evaluationKeys: expected 0 or more rotation keys, found " + rotations
                    + "; count the keys that are made");
        }
        return file(evaluationKeysBody(relinearization, rotations));
    }

    long evaluationKeysBody(boolean relinearization, int rotations) {
        return chunk(BUNDLE_DESCRIPTOR_BYTES)
                + (relinearization ? relinearizationKeyBody() : 0)
                + rotations * rotationKeyBody();
    }

    /**
     * A ciphertext.
     *
     * @param level 0..chainLevel
     * @param components 2 or 3
     * @param seeded whether a seed stands for the second component, as in fresh ciphertexts made with the secret key
     * @return bytes
     * @throws LevelException if there is no such level
     * @throws MismatchException if there are not 2 or 3 components, or 3 with a seed
     */
    public long ciphertext(int level, int components, boolean seeded) {
        requireLevel(level);
        if (components < 2 || components > 3 || (seeded && components != 2)) {
            throw new MismatchException("WireSizes.ciphertext: expected 2 components, or 3 without a seed, found "
                    + components + (seeded ? " with one" : "") + "; only fresh ciphertexts have a seed");
        }
        return file(ciphertextBody(level, components, seeded));
    }

    long ciphertextBody(int level, int components, boolean seeded) {
        return chunk(CIPHERTEXT_DESCRIPTOR_BYTES)
                + (seeded ? chunk(SEED_BYTES) + upToLevel[level] : components * upToLevel[level]);
    }

    /** The smallest ciphertext there is. */
    long smallestCiphertextBody() {
        return ciphertextBody(0, 2, true);
    }

    /**
     * A list of equal ciphertexts.
     *
     * @param count number of ciphertexts
     * @param level 0..chainLevel
     * @param components 2 or 3
     * @param seeded whether seeds stand for the second components
     * @return bytes
     * @throws LevelException if there is no such level
     * @throws MismatchException if the count is negative, there are not 2 or 3 components, or 3 with a seed
     */
    public long ciphertexts(int count, int level, int components, boolean seeded) {
        if (count < 0) {
            throw new MismatchException(
                    "WireSizes.ciphertexts: expected 0 or more ciphertexts, found " + count + "; count what is sent");
        }
        long one = ciphertext(level, components, seeded) - file(0);
        return file(ciphertextsBody(count * one));
    }

    static long ciphertextsBody(long bodies) {
        return chunk(LIST_DESCRIPTOR_BYTES) + bodies;
    }

    /**
     * A plaintext.
     *
     * @param level 0..chainLevel
     * @return bytes
     * @throws LevelException if there is no such level
     */
    public long plaintext(int level) {
        requireLevel(level);
        return file(plaintextBody(level));
    }

    long plaintextBody(int level) {
        return chunk(PLAINTEXT_DESCRIPTOR_BYTES) + upToLevel[level];
    }

    private void requireLevel(int level) {
        if (level < 0 || level > parameters.chainLevel()) {
            throw new LevelException("WireSizes: expected a level in 0.." + parameters.chainLevel() + ", found " + level
                    + "; use parameters with more levels");
        }
    }
}
