package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.keys.Seed;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An encrypted vector of slots: two components (c0, c1) with c0 + c1*s = m, or three (an unrelinearised product) with c0 +
 * c1*s + c2*s^2 = m, in the NTT domain on q(0)..q(level). Immutable until it is {@link #release released}, and thread-safe. Takes
 * components * (level + 1) * N * 8 bytes in memory.
 */
public final class Ciphertext {
    private final long parametersId;
    private final KeyPairId keyPairId;
    private final List<RnsPolynomial> components;
    private final double scale;
    private final int slots;
    private final Seed seed;
    private final AtomicBoolean released = new AtomicBoolean();

    /**
     * Bundles components without copying them; they must not change any more.
     *
     * @param parametersId id of the parameter set
     * @param keyPairId fingerprint of the key pair; {@link KeyPairId#UNKNOWN} if nobody tells
     * @param components two or three polynomials on one basis, NTT domain
     * @param scale factor between the slots and the polynomial's values
     */
    public Ciphertext(long parametersId, KeyPairId keyPairId, List<RnsPolynomial> components, double scale) {
        this(parametersId, keyPairId, Plaintext.UNKNOWN_SLOTS, components, scale, null);
    }

    /**
     * A ciphertext with all that is known of it; components are not copied.
     *
     * @param parametersId id of the parameter set
     * @param keyPairId fingerprint of the key pair; {@link KeyPairId#UNKNOWN} if nobody tells
     * @param slots after how many slots the vector repeats itself, a power of two up to N/2; {@link Plaintext#UNKNOWN_SLOTS} if nobody
     *     tells
     * @param components two or three polynomials on one basis, NTT domain
     * @param scale factor between the slots and the polynomial's values
     * @param seed polynomial 0 of it is c1, in a fresh symmetric ciphertext; null if there is none
     * @throws io.github.hecnn.ckks.error.MismatchException if the number of slots is neither unknown nor a power of two up to N/2
     */
    public Ciphertext(
            long parametersId,
            KeyPairId keyPairId,
            int slots,
            List<RnsPolynomial> components,
            double scale,
            Seed seed) {
        Plaintext.requireSlots("Ciphertext", slots, components.get(0).basis().degree() / 2);
        this.slots = slots;
        this.parametersId = parametersId;
        this.keyPairId = Objects.requireNonNull(keyPairId, "keyPairId");
        this.components = List.copyOf(components);
        this.components.forEach(RnsPolynomial::retain);
        this.scale = scale;
        this.seed = seed;
    }

    /**
     * Id of the parameter set.
     *
     * @return {@link io.github.hecnn.ckks.params.CkksParameters#id()}
     */
    public long parametersId() {
        return parametersId;
    }

    /**
     * Fingerprint of the key pair it is encrypted under; passed on by every operation.
     *
     * @return {@link io.github.hecnn.ckks.keys.SecretKey#keyPairId()}, or {@link KeyPairId#UNKNOWN}
     */
    public KeyPairId keyPairId() {
        return keyPairId;
    }

    /**
     * The components; only to be read.
     *
     * @return two or three polynomials
     * @throws IllegalStateException if the ciphertext was {@link #release released}
     */
    public List<RnsPolynomial> components() {
        requireHeld();
        return components;
    }

    /**
     * One component; only to be read.
     *
     * @param i 0, 1, or 2
     * @return the polynomial
     * @throws IllegalStateException if the ciphertext was {@link #release released}
     */
    public RnsPolynomial component(int i) {
        requireHeld();
        return components.get(i);
    }

    /**
     * Says that this ciphertext has had its last use: arrays that a {@link io.github.hecnn.ckks.params.CkksContext#recycling recycling} context
     * lent for it are used for later results, once no other ciphertext shares them. No operation may be using it. Whoever reads it after that
     * is refused. The second time nothing happens; arrays of its own are left to the garbage collector.
     */
    public void release() {
        if (released.compareAndSet(false, true)) {
            components.forEach(RnsPolynomial::release);
        }
    }

    private void requireHeld() {
        if (released.get()) {
            throw new IllegalStateException(
                    "Ciphertext: expected one in use, found one that was released; release it after" + " its last use");
        }
    }

    /**
     * Number of components.
     *
     * @return 2, or 3 for an unrelinearised product
     */
    public int size() {
        return components.size();
    }

    /**
     * The level.
     *
     * @return how many more times it can be rescaled
     */
    public int level() {
        return components.get(0).size() - 1;
    }

    /**
     * The scale.
     *
     * @return factor between the slots and the polynomial's values
     */
    public double scale() {
        return scale;
    }

    /**
     * After how many slots the encrypted vector repeats itself: as many as were encoded, or the most of all operands and plaintexts it was
     * computed from. With fewer it would be decoded to averages.
     *
     * @return a power of two up to N/2; {@link Plaintext#UNKNOWN_SLOTS} if nobody tells
     */
    public int slots() {
        return slots;
    }

    /**
     * The seed of the second component.
     *
     * @return present for fresh symmetric ciphertexts only
     */
    public Optional<Seed> seed() {
        return Optional.ofNullable(seed);
    }

    RnsPolynomial[] array() {
        requireHeld();
        return components.toArray(new RnsPolynomial[0]);
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "Ciphertext[level %d, scale 2^%.3f, %d components]",
                level(),
                Math.log(scale) / Math.log(2),
                size());
    }
}
