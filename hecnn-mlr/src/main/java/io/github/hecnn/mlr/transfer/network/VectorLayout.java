package io.github.hecnn.mlr.transfer.network;

/**
 * Where the entries of a vector lie: in blocks of a period, a ciphertext each, entry e at place e mod period of block e / period. In a
 * ciphertext a period is repeated, and interleaved with those of the other lanes.
 *
 * @param length number of entries
 * @param period entries of a block, a power of two, at least 2
 */
record VectorLayout(int length, int period) {
    /** The least period that holds the vector, but not more than the limit, a power of two. */
    static VectorLayout of(int length, int limit) {
        return new VectorLayout(length, Math.min(NetworkPacking.widthOf(length), limit));
    }

    /** Ciphertexts that hold the vector. */
    int blocks() {
        return (length + period - 1) / period;
    }
}
