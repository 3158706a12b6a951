package io.github.hecnn.ckks.serial;

import io.github.hecnn.core.modular.Modulus;

/**
 * Limbs as bit strings: every residue, taken in [0, q), in as many bits as q - 1 has, the first residue in the lowest bits.
 * As ring degrees are multiples of 64, a limb is a whole number of 64-bit words.
 */
final class ResiduePacking {
    /** Bytes that must be allocated (not filled) after a packed limb, since the last residues are fetched as whole words. */
    static final int SLACK = 8;

    private ResiduePacking() {}

    static int bits(long prime) {
        return Long.SIZE - Long.numberOfLeadingZeros(prime - 1);
    }

    static int bytes(int degree, long prime) {
        return degree / 8 * bits(prime);
    }

    /**
     * Packs a limb into the start of an array.
     *
     * @return whether all residues were in range; if not, what was written means nothing
     */
    static boolean pack(double[] limb, Modulus modulus, byte[] out) {
        long q = modulus.value();
        int width = bits(q);
        long outside = 0;
        long word = 0;
        int used = 0;
        int at = 0;
        for (double r : limb) {
            long v = (long) r;
            v += (v >> 63) & q;
            outside |= v | (q - 1 - v); // the sign bit tells
            word |= v << used;
            used += width;
            if (used >= Long.SIZE) {
                LittleEndian.putLong(out, at, word);
                at += Long.BYTES;
                used -= Long.SIZE;
                word = v >>> (width - used);
            }
        }
        return outside >= 0;
    }

    /**
     * Unpacks a limb from the start of an array.
     *
     * @return whether all residues were below q; if not, the limb must not be used
     */
    static boolean unpack(byte[] in, Modulus modulus, double[] limb) {
        long q = modulus.value();
        long half = (q - 1) / 2;
        int width = bits(q);
        long mask = (1L << width) - 1;
        long outside = 0;
        int bit = 0;
        for (int i = 0; i < limb.length; i++, bit += width) {
            // At most 7 bits are shifted out and at most 49 are wanted, so one unaligned word has them all.
            long v = LittleEndian.getLong(in, bit >>> 3) >>> (bit & 7) & mask;
            outside |= q - 1 - v;
            limb[i] = (double) (v - (q & ((half - v) >> 63)));
        }
        return outside >= 0;
    }

    /** The first residue that is not below q, for the message. */
    static int firstOutside(byte[] in, Modulus modulus, int degree) {
        int width = bits(modulus.value());
        for (int i = 0, bit = 0; i < degree; i++, bit += width) {
            long v = LittleEndian.getLong(in, bit >>> 3) >>> (bit & 7) & ((1L << width) - 1);
            if (v >= modulus.value()) {
                return i;
            }
        }
        return -1;
    }
}
