package io.github.hecnn.core.rns;

import java.util.concurrent.atomic.AtomicInteger;

/** The borrowed limbs of a polynomial, which go back once, with the last of those who hold them. Thread-safe. */
final class Lease {
    private static final int ENDED = Integer.MIN_VALUE;

    private final LimbBuffers buffers;
    private final double[][] limbs;
    private final AtomicInteger holders = new AtomicInteger();

    Lease(LimbBuffers buffers, double[][] limbs) {
        this.buffers = buffers;
        this.limbs = limbs;
    }

    boolean isOpen() {
        return holders.get() != ENDED;
    }

    /** One holder more. */
    void retain() {
        holders.updateAndGet(h -> {
            if (h == ENDED) {
                throw released("retain");
            }
            return h + 1;
        });
    }

    /** One holder less; with the last, or without any, the limbs go back. Nothing once they did. */
    void release() {
        int before = holders.getAndUpdate(h -> h == ENDED || h <= 1 ? ENDED : h - 1);
        if (before != ENDED && before <= 1) {
            buffers.release(limbs);
        }
    }

    static IllegalStateException released(String operation) {
        return new IllegalStateException(operation
                + ": expected a polynomial that has its limbs still, found one that was released; release results of a"
                + " recycling context after their last use, or copy them");
    }
}
