package io.github.hecnn.ckks.internal.context;

import io.github.hecnn.ckks.internal.Door;
import io.github.hecnn.ckks.internal.RingContext;
import io.github.hecnn.ckks.params.CkksContext;

/** From a context to its ring side. */
public final class Rings {
    private static final Door<CkksContext, RingContext> DOOR = Door.to(CkksContext.class, RingContext.class);

    private Rings() {}

    /** Bases, rescalers and key switching of a context. */
    public static RingContext of(CkksContext context) {
        return DOOR.inside(context);
    }
}
