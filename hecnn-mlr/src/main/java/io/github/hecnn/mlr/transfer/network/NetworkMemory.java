package io.github.hecnn.mlr.transfer.network;

import io.github.hecnn.ckks.params.CkksParameters;

/** Heap that work with encrypted networks takes, before anything large is made. */
public final class NetworkMemory {
    /** Classes, strings, buffers of files, and what a collector cannot use. */
    private static final long PROGRAM_BYTES = 40L << 20;

    /** Powers and quotients for both directions of a transform, in limbs a prime. */
    private static final int TABLE_LIMBS = 8;

    /** Regions of a collector that limbs do not fill. */
    private static final double WASTE = 1.1;

    private NetworkMemory() {}

    /**
     * Heap of compiling and evaluating, one ciphertext after the other, with the usual number of keys for diagonals.
     *
     * @param network any network
     * @param packing of that network's inputs and outputs
     * @param parameters with as many slots as the packing
     * @return bytes, at most: of keys, diagonals with their encodings, and ciphertexts at the same time
     */
    public static long evaluationBytes(Network network, NetworkPacking packing, CkksParameters parameters) {
        long limb = (long) parameters.ringDegree() * Double.BYTES;
        int special = parameters.chain().specialPrimes().size();
        long top = parameters.maxLevel() + 1L + special;
        int turns = packing.turns();
        long diagonals = 0;
        int most = 0;
        int blocks = 1;
        int sums = 0;
        VectorLayout at = new VectorLayout(packing.inputs(), packing.width());
        boolean first = true;
        for (Layer layer : FoldedNetwork.of(network).stages()) {
            if (layer instanceof Dense d) {
                int limit = first ? packing.period() : packing.slots() / packing.lanes();
                VectorLayout to = VectorLayout.of(d.bias().length, limit);
                int window = at.period() / 2 / (first ? turns : 1);
                int some = Math.min(window, to.period());
                sums = Math.max(sums, Integer.numberOfTrailingZeros(window / some));
                diagonals += (long) some * at.blocks() * to.blocks();
                most = Math.max(most, some);
                blocks = Math.max(blocks, to.blocks());
                at = to;
                first = false;
            }
        }
        // Copies of the input, and sums over layers of few outputs.
        int copies = 32 - Integer.numberOfLeadingZeros(turns) + sums;
        // Diagonals, copies, pairing of halves, conjugation, relinearisation.
        long keys = Math.min(EncryptedNetwork.KEYS_FOR_DIAGONALS, most) + copies + 3L;
        long keyLimbs = keys * parameters.digits() * 2 * top;
        // A diagonal in doubles, and once encoded.
        long diagonalLimbs = diagonals * (1 + top);
        // A giant step's sum for each of them in the worst case, and what a key switch holds.
        long rotated = 4L * blocks * top
                + 2L * (EncryptedNetwork.KEYS_FOR_DIAGONALS + most / EncryptedNetwork.KEYS_FOR_DIAGONALS + 8) * top;
        long scratch = (TABLE_LIMBS + 2L * parameters.digits() + 4) * top;
        return PROGRAM_BYTES + (long) (WASTE * limb * (keyLimbs + diagonalLimbs + rotated + scratch));
    }
}
