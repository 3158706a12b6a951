package io.github.hecnn.core.rns;

/**
 * The extended digits of a polynomial, prime by prime: what is multiplied with a key. Targets are the data limbs in use, then the
 * special primes. Digits come from storage, where one decomposition serves many products, or are extended when they are asked for, so
 * that they need not leave the cache before they are used.
 */
interface DigitColumns {
    /**
     * Prepares a group of targets; for one thread at a time.
     *
     * @param from first target
     * @param to after the last one
     * @return their columns
     */
    Group group(int from, int to);

    /** Columns of a few targets. */
    interface Group {
        /**
         * The digits modulo one prime.
         *
         * @param target of this group; each is asked for once
         * @return [digit][N] lazy residues in the NTT domain (see {@code Residues.LAZY_LIMIT}), only to be read
         */
        double[][] column(int target);

        /**
         * Says that a column is not needed any more.
         *
         * @param target a target whose column was asked for
         */
        void release(int target);
    }
}
