package io.github.hecnn.ckks.internal.cipher;

import io.github.hecnn.ckks.internal.Door;
import io.github.hecnn.ckks.internal.PeriodicEncoder;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.core.rns.PeriodicPolynomial;

/** What an encoder makes for this module only. */
public final class Encoders {
    private static final Door<CkksEncoder, PeriodicEncoder> DOOR = Door.to(CkksEncoder.class, PeriodicEncoder.class);

    private Encoders() {}

    /** See {@link PeriodicEncoder#encode}. */
    public static PeriodicPolynomial periodic(CkksEncoder encoder, double[] re, double[] im, int level, double scale) {
        return DOOR.inside(encoder).encode(re, im, level, scale);
    }
}
