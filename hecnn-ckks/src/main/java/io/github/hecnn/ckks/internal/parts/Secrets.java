package io.github.hecnn.ckks.internal.parts;

import io.github.hecnn.ckks.internal.Door;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.Objects;

/** From a secret key to its polynomial; apart from {@link Keys}, which code that must not see a secret uses. */
public final class Secrets {
    private static final Door<SecretKey, RnsPolynomial> DOOR = Door.to(SecretKey.class, RnsPolynomial.class);

    private Secrets() {}

    /**
     * The key in the NTT domain modulo Q and P; only to be read.
     *
     * @param access {@link io.github.hecnn.ckks.keys.SecretKey.Access#INTENDED}
     * @throws NullPointerException without the token
     */
    public static RnsPolynomial polynomial(SecretKey key, SecretKey.Access access) {
        Objects.requireNonNull(access, "polynomial: expected SecretKey.Access.INTENDED, found null; give it where that is meant");
        return DOOR.inside(key);
    }
}
