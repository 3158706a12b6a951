package io.github.hecnn.mlr.features;

import java.util.Locale;

/**
 * Which diagonal bound of the Hessian X^T X / 4 the quadratic gradient divides by, feature by feature; X is [samples i][features k].
 *
 * <p>Both have the form b_k = 1 / (1e-10 + s_k / 4) and are an upper bound of the curvature, so steps of size 1 are safe with either.
 * Since |sum_i x_ik x_im| is at most sum_i |x_ik x_im|, {@link #ALGORITHM_1} always has the smaller s_k, hence the larger b_k and the
 * larger steps. They are equal where no two products x_ik x_im of a pair of columns differ in sign, as with features that are never
 * negative; for centred features the steps of {@link #ALGORITHM_1} are two to three times as large.
 *
 * <p>Larger steps are not always better. With fewer samples than features and one or two iterations {@link #ALGORITHM_1} is often the
 * worse: its steps are then too large for what so few samples say. {@code PreconditionerChoice} tries both in the clear.
 */
public enum Preconditioner {
    /**
     * s_k = sum_i |x_ik| sum_m |x_im|: what the program of the authors of arXiv 2304.03807 computes and their published weights were
     * made with. Takes O(samples * features) operations.
     */
    PROGRAM_BOUND,
    /**
     * s_k = sum_m |(X^T X)_km|: Algorithm 1 as printed in arXiv 2304.03807. Takes O(samples * features^2) operations, on the common
     * workers.
     */
    ALGORITHM_1;

    /** The name in options and reports, {@code program-bound} or {@code algorithm-1}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * {@return the opposite of {@link #toString}}
     *
     * @param name {@code program-bound} or {@code algorithm-1}
     * @throws IllegalArgumentException if it is another
     */
    public static Preconditioner named(String name) {
        for (Preconditioner p : values()) {
            if (p.toString().equals(name)) {
                return p;
            }
        }
        throw new IllegalArgumentException(
                "preconditioner: expected program-bound|algorithm-1, found '" + name + "'; choose one of these");
    }
}
