package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.internal.Door;
import io.github.hecnn.ckks.internal.parts.CiphertextParts;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An encrypted vector of slots: two components (c0, c1) with c0 + c1*s = m, or three (an unrelinearised product) with c0 +
 * c1*s + c2*s^2 = m, in the NTT domain on q(0)..q(level). Immutable until it is {@link #release released}, and thread-safe. Takes
 * components * (level + 1) * N * 8 bytes in memory.
 */
public final class Ciphertext {
    private final CiphertextParts parts;
    private final AtomicBoolean released = new AtomicBoolean();

    static {
        Door.open(Ciphertext.class, CiphertextParts.class, Ciphertext::parts, Ciphertext::new);
    }

    /** The components are not copied. */
    Ciphertext(CiphertextParts parts) {
        Plaintext.requireSlots(
                "Ciphertext", parts.slots(), parts.components().get(0).basis().degree() / 2);
        this.parts = parts;
        parts.components().forEach(RnsPolynomial::retain);
    }

    private CiphertextParts parts() {
        if (released.get()) {
            throw new IllegalStateException(
                    "Ciphertext: expected one in use, found one that was released; release it after its last use");
        }
        return parts;
    }

    /** {@return id of the parameter set, {@link io.github.hecnn.ckks.params.CkksParameters#id()}} */
    public long parametersId() {
        return parts.parametersId();
    }

    /**
     * Fingerprint of the key pair it is encrypted under; passed on by every operation.
     *
     * @return {@link io.github.hecnn.ckks.keys.SecretKey#keyPairId()}, or {@link KeyPairId#UNKNOWN}
     */
    public KeyPairId keyPairId() {
        return parts.keyPairId();
    }

    List<RnsPolynomial> components() {
        return parts().components();
    }

    RnsPolynomial component(int i) {
        return parts().components().get(i);
    }

    /**
     * Says that this ciphertext has had its last use: arrays that a {@link io.github.hecnn.ckks.params.CkksContext#recycling recycling} context
     * lent for it are used for later results, once no other ciphertext shares them. No operation may be using it. Whoever reads it after that
     * is refused. The second time nothing happens; arrays of its own are left to the garbage collector.
     */
    public void release() {
        if (released.compareAndSet(false, true)) {
            parts.components().forEach(RnsPolynomial::release);
        }
    }

    /** {@return number of components: 2, or 3 for an unrelinearised product} */
    public int size() {
        return parts.components().size();
    }

    /** {@return the level: how many more times it can be rescaled} */
    public int level() {
        return parts.components().get(0).size() - 1;
    }

    /** {@return the scale: factor between the slots and the polynomial's values} */
    public double scale() {
        return parts.scale();
    }

    /**
     * After how many slots the encrypted vector repeats itself: as many as were encoded, or the most of all operands and plaintexts it was
     * computed from. With fewer it would be decoded to averages.
     *
     * @return a power of two up to N/2; {@link Plaintext#UNKNOWN_SLOTS} if nobody tells
     */
    public int slots() {
        return parts.slots();
    }

    RnsPolynomial[] array() {
        return components().toArray(new RnsPolynomial[0]);
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "Ciphertext[level %d, scale 2^%.3f, %d components]",
                level(),
                Math.log(scale()) / Math.log(2),
                size());
    }
}
