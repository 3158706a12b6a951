package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.error.ScaleException;
import java.util.List;

/**
 * Baby steps and giant steps of a linear transform in one operation, all sums modulo Q and P until the end. Immutable and thread-safe; limbs
 * are spread over the context's workers.
 */
public final class GiantStepSums {
    private final Evaluator evaluator;

    /**
     * The operation with an evaluator's keys.
     *
     * @param evaluator context and keys
     */
    public GiantStepSums(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /**
     * Horner's rule over sums of plaintext products of rotations. With sum o = sum over i of p[o][i] * rotate(a, babySteps[i]), the running sum
     * begins with the last one; it is rotated by giantSteps[o] once sum o is in it, then sum o - 1 joins, until it is rotated by giantSteps[0].
     * The same as {@link Evaluator#sumsOfRotatedPlainProducts} with rotations and additions after it, with less work and less noise: of a running
     * sum only one half is divided by P before a rotation, and nothing else is rounded until the end. Not rescaled.
     *
     * @param a a two-component ciphertext
     * @param babySteps [i] slots to the left
     * @param p [o][i] plaintexts of a's level, all of one scale; null where sum o leaves term i out
     * @param giantSteps [o] slots to the left, 0 for no rotation
     * @return the last running sum; its scale is the product of the scales
     * @throws MissingKeyException without one of the keys
     * @throws MismatchException if the operand has three components, the lengths differ, there are no steps, or a sum has null only
     * @throws LevelException if a plaintext has another level
     * @throws ScaleException if plaintext scales differ, or the result does not fit
     */
    public Ciphertext apply(Ciphertext a, int[] babySteps, List<List<ExtendedPlaintext>> p, int[] giantSteps) {
        return evaluator.keySwitching().giantStepSums(a, babySteps, p, giantSteps);
    }
}
