package io.github.hecnn.core.rns;

import java.util.concurrent.atomic.AtomicBoolean;

/** The borrowed limbs of a polynomial, which are given back once. Thread-safe. */
final class Lease {
    private final LimbBuffers buffers;
    private final double[][] limbs;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Lease(LimbBuffers buffers, double[][] limbs) {
        this.buffers = buffers;
        this.limbs = limbs;
    }

    boolean isOpen() {
        return open.get();
    }

    /** Ends it; true for the one call that did. */
    boolean end() {
        return open.compareAndSet(true, false);
    }

    /** Ends it and gives the limbs back; nothing if it has ended. */
    void release() {
        if (end()) {
            buffers.release(limbs);
        }
    }

    /** The same limbs with a lease of their own; this one ends. */
    Lease transferred(String operation) {
        if (!end()) {
            throw released(operation);
        }
        return new Lease(buffers, limbs);
    }

    static IllegalStateException released(String operation) {
        return new IllegalStateException(operation
                + ": expected a polynomial whose limbs it still has, found one that was released; use results of a"
                + " recycling context before they are released, or copy them");
    }
}
