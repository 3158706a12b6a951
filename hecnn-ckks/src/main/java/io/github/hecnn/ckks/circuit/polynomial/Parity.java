package io.github.hecnn.ckks.circuit.polynomial;

/** Which coefficients but the constant are not zero. */
enum Parity {
    ALL(0),
    ODD(1),
    EVEN(2);

    private final int row;

    Parity(int row) {
        this.row = row;
    }

    /** Its row in a table of all three. */
    int row() {
        return row;
    }

    static Parity of(double[] c) {
        boolean odd = false;
        boolean even = false;
        for (int j = 1; j < c.length; j++) {
            if (c[j] != 0) {
                odd |= j % 2 == 1;
                even |= j % 2 == 0;
            }
        }
        return odd && even ? ALL : odd ? ODD : EVEN;
    }

    /** Parity of the quotient by X_s. */
    Parity over(int s) {
        return this == ALL || s % 2 == 0 ? this : this == ODD ? EVEN : ODD;
    }

    /** Largest index up to j that may have a coefficient, or 0. */
    int atMost(int j) {
        boolean fits = this == ALL || (j % 2 == 1) == (this == ODD);
        return Math.max(0, fits ? j : j - 1);
    }
}
