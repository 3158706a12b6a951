package io.github.hecnn.ckks.internal.parts;

import io.github.hecnn.ckks.internal.Door;
import io.github.hecnn.ckks.internal.Seed;
import io.github.hecnn.ckks.internal.SwitchingKeyParts;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.SwitchingKey;
import io.github.hecnn.core.rns.KeyHalves;
import io.github.hecnn.core.rns.RnsPolynomial;

/** From keys to their polynomials and back. */
public final class Keys {
    private static final Door<SwitchingKey, SwitchingKeyParts> DOOR =
            Door.to(SwitchingKey.class, SwitchingKeyParts.class);

    private Keys() {}

    /** A switching key of given polynomials. */
    public static SwitchingKey of(KeyHalves halves, Seed seed) {
        return DOOR.around(new SwitchingKeyParts(halves, seed));
    }

    /** Both halves of a key. */
    public static KeyHalves halves(SwitchingKey key) {
        return DOOR.inside(key).halves();
    }

    /** What the uniform halves of a key were expanded from. */
    public static Seed seed(SwitchingKey key) {
        return DOOR.inside(key).seed();
    }

    /** The first half of a public key. */
    public static RnsPolynomial b(PublicKey key) {
        return halves(key.key()).b().get(0);
    }

    /** The uniform half of a public key. */
    public static RnsPolynomial a(PublicKey key) {
        return halves(key.key()).a().get(0);
    }
}
