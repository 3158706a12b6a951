package io.github.hecnn.mlr.transfer.network;

import io.github.hecnn.ckks.slots.PlainVector;

/**
 * How inputs and outputs of an encrypted network lie in slots. It is all that the client has to know of the server's network: sizes,
 * no weights.
 *
 * <p>Vectors are padded to a power of two D, the width. Entry p of the vectors of {@code lanes} inputs lie side by side (slot
 * p * lanes + lane), so that a rotation by lanes * k moves every vector by k, and around its end within the whole ciphertext. What is
 * left of the slots is filled with copies. Slots are complex, so every slot of an input holds two entries, p and p + D/2 modulo D,
 * and copy r of an input is turned by r * D / (2 * copies), which lets the first dense layer do several diagonals at once. All that
 * costs the client nothing. Outputs are real, and their copies are equal.
 *
 * @param slots slots of a ciphertext, a power of two
 * @param inputs length of an input
 * @param outputs length of an output
 * @param lanes inputs in a ciphertext, a power of two; lanes * width may not exceed the slots
 * @param inputFactor what the client multiplies inputs with before encryption: entries should be about 1 to use the precision
 */
public record NetworkPacking(int slots, int inputs, int outputs, int lanes, double inputFactor) {
    /**
     * @param slots slots of a ciphertext, a power of two
     * @param inputs length of an input
     * @param outputs length of an output
     * @param lanes inputs in a ciphertext, a power of two; lanes * width may not exceed the slots
     * @param inputFactor what the client multiplies inputs with before encryption: entries should be about 1 to use the precision
     * @throws IllegalArgumentException if sizes are not as described or the vectors do not fit
     */
    public NetworkPacking {
        if (Integer.bitCount(slots) != 1 || Integer.bitCount(lanes) != 1 || inputs < 1 || outputs < 1) {
            throw new IllegalArgumentException(
                    "network packing: expected slots and lanes that are powers of two and at least"
                            + " 1 input and output, found " + slots + ", " + lanes + ", " + inputs + " and " + outputs
                            + "; correct them");
        }
        long needed = (long) lanes * widthOf(Math.max(inputs, outputs));
        if (needed > slots) {
            throw new IllegalArgumentException(
                    "network packing: expected at most " + slots + " slots, found " + lanes + " vectors padded to "
                            + widthOf(Math.max(inputs, outputs)) + "; use fewer lanes or a larger ring");
        }
        if (!(inputFactor > 0 && inputFactor < 1e6)) {
            throw new IllegalArgumentException("network packing: expected a positive input factor, found " + inputFactor
                    + "; 1 leaves inputs alone");
        }
    }

    private static int widthOf(int n) {
        return n <= 2 ? 2 : Integer.highestOneBit(n - 1) << 1;
    }

    /** {@return length D that vectors are padded to: the least power of two, not 1, that holds inputs and outputs} */
    public int width() {
        return widthOf(Math.max(inputs, outputs));
    }

    /** {@return how often the vectors lie in the slots} */
    public int copies() {
        return slots / (lanes * width());
    }

    /** How many of the copies of an input are turned differently. */
    int turns() {
        return Math.min(copies(), width() / 2);
    }

    /** Entry of an output that a slot holds, or of its padding. */
    int placeOf(int slot) {
        return (slot / lanes) & (width() - 1);
    }

    /** Entry of an input that the real part of a slot holds after packing. */
    int entryAt(int slot) {
        int place = slot / lanes;
        int turn = (place / width()) & (turns() - 1);
        return (place + turn * (width() / 2 / turns())) & (width() - 1);
    }

    /** Entry that lies in the imaginary part beside an entry. */
    int partnerOf(int entry) {
        return entry ^ (width() / 2);
    }

    /**
     * Lays inputs out for encryption.
     *
     * @param vectors [1..lanes][inputs], finite
     * @return complex slots, to be encoded and encrypted
     * @throws IllegalArgumentException for another number of vectors, another length or a number that is not finite
     */
    public PlainVector pack(double[][] vectors) {
        if (vectors.length < 1 || vectors.length > lanes) {
            throw new IllegalArgumentException("pack: expected 1.." + lanes + " inputs, found " + vectors.length
                    + "; use one ciphertext for each " + lanes);
        }
        for (double[] v : vectors) {
            LayerChecks.length("pack", inputs, v.length);
            LayerChecks.finite("pack", v);
        }
        double[] re = new double[slots];
        double[] im = new double[slots];
        for (int j = 0; j < slots; j++) {
            int lane = j % lanes;
            if (lane < vectors.length) {
                int entry = entryAt(j);
                re[j] = entry < inputs ? vectors[lane][entry] * inputFactor : 0;
                int partner = partnerOf(entry);
                im[j] = partner < inputs ? vectors[lane][partner] * inputFactor : 0;
            }
        }
        return PlainVector.complex(re, im);
    }

    /**
     * Takes outputs out of decrypted slots.
     *
     * @param decrypted [slots] real parts
     * @param count how many inputs were packed, 1..lanes
     * @return [count][outputs]
     * @throws IllegalArgumentException for another number of slots or inputs
     */
    public double[][] unpack(double[] decrypted, int count) {
        LayerChecks.length("unpack", slots, decrypted.length);
        if (count < 1 || count > lanes) {
            throw new IllegalArgumentException(
                    "unpack: expected 1.." + lanes + " inputs, found " + count + "; say how many were packed");
        }
        double[][] out = new double[count][outputs];
        for (int lane = 0; lane < count; lane++) {
            for (int i = 0; i < outputs; i++) {
                out[lane][i] = decrypted[i * lanes + lane];
            }
        }
        return out;
    }
}
