package io.github.hecnn.core.internal.kernel.vector.sums;

import static io.github.hecnn.core.internal.kernel.Residues.TERMS_PER_EXTENSION;

import io.github.hecnn.core.internal.kernel.BaseTarget;

/** The form in which a base extension has a block of its terms: rows side by side, and e as the row after them. */
final class PackedTerms {
    /** Coefficients of a row. */
    static final int BLOCK = 256;

    private PackedTerms() {}

    /** What the sums start with: e times its weight, unless e is one of the terms. */
    static double startWeight(BaseTarget t, int e) {
        return e <= TERMS_PER_EXTENSION ? t.weights[e] : 0.0;
    }
}
