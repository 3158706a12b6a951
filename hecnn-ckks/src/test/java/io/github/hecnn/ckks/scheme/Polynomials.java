package io.github.hecnn.ckks.scheme;

import io.github.hecnn.core.rns.RnsPolynomial;

/** What tests of other packages need to see. */
@SuppressWarnings("exports") // tests are nobody's module
public final class Polynomials {
    private Polynomials() {}

    public static RnsPolynomial of(ExtendedPlaintext p) {
        return p.polynomial();
    }
}
