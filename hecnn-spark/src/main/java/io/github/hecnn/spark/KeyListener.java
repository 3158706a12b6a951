package io.github.hecnn.spark;

/** Hears when an executor process has read keys. */
interface KeyListener {
    /**
     * Keys are there.
     *
     * @param bytes of them
     */
    void keysRead(long bytes);
}
