package io.github.hecnn.mlr.transfer.network;

import io.github.hecnn.ckks.slots.PlainVector;

/**
 * How inputs and outputs of an encrypted network lie in slots. It is all that the client has to know of the server's network: sizes,
 * no weights.
 *
 * <p>Inputs are padded to a power of two D, the width, and repeated over {@code period} entries, which leaves room for a first layer
 * wider than the input. Entry p of the vectors of {@code lanes} inputs lie side by side (slot p * lanes + lane), so that a rotation by
 * lanes * k moves every vector by k, and around its end within the whole ciphertext. What is left of the slots is filled with copies of
 * a period. Slots are complex, so every slot of an input holds two entries, p and p + D/2 modulo D, and copy r of an input is turned by
 * r * D / (2 * copies), which lets the first dense layer do several diagonals at once. All that costs the client nothing. Outputs are
 * real, repeated with the least power of two that holds them.
 *
 * @param slots slots of a ciphertext, a power of two
 * @param inputs length of an input
 * @param outputs length of an output
 * @param lanes inputs in a ciphertext, a power of two
 * @param inputFactor what the client multiplies inputs with before encryption: entries should be about 1 to use the precision
 * @param period a power of two that holds inputs and outputs; lanes * period may not exceed the slots
 */
public record NetworkPacking(int slots, int inputs, int outputs, int lanes, double inputFactor, int period) {
    /**
     * Checks.
     *
     * @param slots slots of a ciphertext, a power of two
     * @param inputs length of an input
     * @param outputs length of an output
     * @param lanes inputs in a ciphertext, a power of two; lanes * period may not exceed the slots
     * @param inputFactor what the client multiplies inputs with before encryption: entries should be about 1 to use the precision
     * @param period slots of an input, a power of two
     * @throws IllegalArgumentException if sizes are not as described or the vectors do not fit
     */
    public NetworkPacking {
        if (Integer.bitCount(slots) != 1 || Integer.bitCount(lanes) != 1 || inputs < 1 || outputs < 1) {
            throw new IllegalArgumentException(
                    "network packing: expected slots and lanes that are powers of two and at least"
                            + " 1 input and output, found " + slots + ", " + lanes + ", " + inputs + " and " + outputs
                            + "; correct them");
        }
        int least = widthOf(Math.max(inputs, outputs));
        if (Integer.bitCount(period) != 1 || period < least) {
            throw new IllegalArgumentException("network packing: expected a period that is a power of two of at least "
                    + least + ", found " + period + "; leave it out for the least");
        }
        long needed = (long) lanes * period;
        if (needed > slots) {
            throw new IllegalArgumentException("network packing: expected at most " + slots + " slots, found " + lanes
                    + " vectors padded to " + period + "; use fewer lanes or a larger ring");
        }
        if (!(inputFactor > 0 && inputFactor < 1e6)) {
            throw new IllegalArgumentException("network packing: expected a positive input factor, found " + inputFactor
                    + "; 1 leaves inputs alone");
        }
    }

    /**
     * With the least period.
     *
     * @param slots slots of a ciphertext, a power of two
     * @param inputs length of an input
     * @param outputs length of an output
     * @param lanes inputs in a ciphertext, a power of two
     * @param inputFactor what the client multiplies inputs with before encryption
     * @throws IllegalArgumentException if sizes are not as described or the vectors do not fit
     */
    public NetworkPacking(int slots, int inputs, int outputs, int lanes, double inputFactor) {
        this(slots, inputs, outputs, lanes, inputFactor, widthOf(Math.max(inputs, outputs)));
    }

    /**
     * The packing of a network whose first layer may be wider than its input: one period holds its outputs, if the slots allow it.
     *
     * @param network any network
     * @param slots slots of a ciphertext, a power of two
     * @param lanes inputs in a ciphertext, a power of two
     * @param inputFactor what the client multiplies inputs with before encryption
     * @return the packing
     * @throws IllegalArgumentException if inputs or outputs do not fit into the slots
     */
    public static NetworkPacking of(Network network, int slots, int lanes, double inputFactor) {
        int least = widthOf(Math.max(network.inputs(), network.outputs()));
        int first = widthOf(FoldedNetwork.firstOutputs(network));
        int period = Math.max(least, Math.min(first, slots / Math.max(1, lanes)));
        return new NetworkPacking(slots, network.inputs(), network.outputs(), lanes, inputFactor, period);
    }

    /** The least power of two, not 1, that holds so many entries. */
    static int widthOf(int n) {
        return n <= 2 ? 2 : Integer.highestOneBit(n - 1) << 1;
    }

    /** {@return length D that inputs are padded to: the least power of two, not 1, that holds them} */
    public int width() {
        return widthOf(inputs);
    }

    /** {@return length that outputs are padded to: the least power of two, not 1, that holds them} */
    public int outputWidth() {
        return widthOf(outputs);
    }

    /** {@return how often a period lies in the slots} */
    public int copies() {
        return slots / (lanes * period);
    }

    /** How many of the copies of an input are turned differently. */
    int turns() {
        return Math.min(copies(), width() / 2);
    }

    /** Entry of an input that the real part of a slot holds after packing. */
    int entryAt(int slot) {
        int place = slot / lanes;
        int turn = (place / period) & (turns() - 1);
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
