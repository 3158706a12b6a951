package io.github.hecnn.core.rns;

import java.util.List;

/**
 * The polynomials of a switching key: for each digit of what is switched, one in each half. Immutable and thread-safe.
 *
 * @param b [digit] first halves, on Q and P, NTT domain
 * @param a [digit] uniform halves, likewise
 */
public record KeyHalves(List<RnsPolynomial> b, List<RnsPolynomial> a) {
    /**
     * What becomes of the quotients by P of both products with a key.
     *
     * @param addTo0 added to the first, or null
     * @param addTo1 added to the second, or null
     * @param automorphism applied to both after that, or null
     */
    public record After(RnsPolynomial addTo0, RnsPolynomial addTo1, Automorphism automorphism) {
        /** They stay as they are. */
        public static final After NOTHING = new After(null, null, null);

        /**
         * An addition to the first one.
         *
         * @param addTo0 on the basis of the switched polynomial, NTT domain
         * @return that alone
         */
        public static After adding(RnsPolynomial addTo0) {
            return new After(addTo0, null, null);
        }

        /**
         * An addition to each.
         *
         * @param addTo0 on the basis of the switched polynomial, NTT domain
         * @param addTo1 likewise
         * @return both additions
         */
        public static After adding(RnsPolynomial addTo0, RnsPolynomial addTo1) {
            return new After(addTo0, addTo1, null);
        }

        /**
         * An automorphism after this.
         *
         * @param map what both go through
         * @return the additions, and then that
         */
        public After then(Automorphism map) {
            return new After(addTo0, addTo1, map);
        }

        RnsPolynomial addend(int half) {
            return half == 0 ? addTo0 : addTo1;
        }
    }

    /** Copies the lists. */
    public KeyHalves {
        b = List.copyOf(b);
        a = List.copyOf(a);
    }
}
