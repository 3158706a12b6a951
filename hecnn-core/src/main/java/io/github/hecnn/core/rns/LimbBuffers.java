package io.github.hecnn.core.rns;

import java.util.ArrayDeque;

/**
 * Reusable scratch limbs of one ring degree, so that a steady-state operation allocates its result and nothing else.
 * Thread-safe. A buffer that is never given back (an exception between borrow and release) is merely collected.
 */
public final class LimbBuffers {
    /** Idle buffers that are kept: as many as the largest linear transforms of a bootstrapping have in use, 592 sums and their scratch. */
    static final int MOST_IDLE = 1024;

    private final int degree;
    private final int most;
    private final ArrayDeque<double[]> free = new ArrayDeque<>();

    /**
     * Creates an empty pool.
     *
     * @param degree length of every buffer
     * @param most how many idle buffers to keep at the most
     */
    public LimbBuffers(int degree, int most) {
        this.degree = degree;
        this.most = most;
    }

    /**
     * Takes a buffer; its content is arbitrary.
     *
     * @return an array of the ring degree's length that nobody else holds
     */
    public double[] borrow() {
        synchronized (free) {
            double[] b = free.pollLast();
            if (b != null) {
                return b;
            }
        }
        return new double[degree];
    }

    /**
     * Takes several buffers.
     *
     * @param count how many
     * @return [count][N], content arbitrary
     */
    public double[][] borrow(int count) {
        double[][] out = new double[count][];
        for (int i = 0; i < count; i++) {
            out[i] = borrow();
        }
        return out;
    }

    /**
     * Gives a buffer back; the caller must not touch it any more.
     *
     * @param buffer a borrowed buffer; null is ignored
     */
    public void release(double[] buffer) {
        if (buffer == null) {
            return;
        }
        synchronized (free) {
            if (free.size() < most) {
                free.addLast(buffer);
            }
        }
    }

    /**
     * Gives several buffers back.
     *
     * @param buffers borrowed buffers; null entries are ignored
     */
    public void release(double[][] buffers) {
        for (double[] b : buffers) {
            release(b);
        }
    }

    /** Buffers that wait to be borrowed. */
    int idle() {
        synchronized (free) {
            return free.size();
        }
    }
}
