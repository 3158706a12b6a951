package io.github.hecnn.ckks.inplace;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.scheme.Plaintext;

/**
 * The operations of {@link Evaluator} that use up their first operand, for chains in which every step replaces the one before:
 *
 * <pre>{@code
 * Ciphertext sum = inPlace.evaluator().multiplyPlain(a, p);
 * sum = inPlace.rescaleInPlace(sum);
 * sum = inPlace.addInPlace(sum, b);
 * }</pre>
 *
 * <p>Results lie in arrays that the context lends and gets back from operands that are used up, so a chain allocates next to nothing once
 * it has run ({@link CkksContext#recycling}). The first operand is {@link Ciphertext#release released}: it must not be in use elsewhere, and
 * reading it afterwards is refused. Where an operation throws, it is left as it was. An operand that is the result of nothing to do, such as a
 * rotation by 0 steps, is returned as it is. Levels, scales, errors and exceptions are those of the evaluator's method of the same name.
 *
 * <p>Immutable and thread-safe; limbs are spread over the context's workers.
 */
public final class InPlaceEvaluator {
    private final Evaluator evaluator;

    /**
     * An evaluator that uses operands up.
     *
     * @param context context of the keys
     * @param keys evaluation keys; {@link EvaluationKeys#none()} for additions and plaintext operands only
     * @throws MismatchException if a key has other parameters
     */
    public InPlaceEvaluator(CkksContext context, EvaluationKeys keys) {
        evaluator = new Evaluator(context.recycling(), keys);
    }

    /** {@return the evaluator of the recycling context, which leaves operands as they are; its results may be released} */
    public Evaluator evaluator() {
        return evaluator;
    }

    /** The result; the operand it replaces is released, unless it is the result. */
    private static Ciphertext replacing(Ciphertext operand, Ciphertext result) {
        if (result != operand) {
            operand.release();
        }
        return result;
    }

    /**
     * {@return a + b at the lower level}
     *
     * @param a a ciphertext, used up
     * @param b one of the same scale degree; may be a
     * @throws ScaleException if the scales differ
     * @throws MismatchException if parameters or key pairs differ
     * @throws IllegalStateException if an operand was used up before
     */
    public Ciphertext addInPlace(Ciphertext a, Ciphertext b) {
        return replacing(a, evaluator.add(a, b));
    }

    /**
     * {@return a - b at the lower level}
     *
     * @param a a ciphertext, used up
     * @param b one of the same scale degree
     * @throws ScaleException if the scales differ
     * @throws MismatchException if parameters or key pairs differ
     * @throws IllegalStateException if an operand was used up before
     */
    public Ciphertext subtractInPlace(Ciphertext a, Ciphertext b) {
        return replacing(a, evaluator.subtract(a, b));
    }

    /**
     * {@return a + p at a's level}
     *
     * @param a a ciphertext, used up
     * @param p a plaintext of the same scale, of a's level or more
     * @throws ScaleException if the scales differ, or the plaintext does not fit
     * @throws LevelException if the plaintext's level is lower
     * @throws MismatchException if parameters differ
     * @throws IllegalStateException if the operand was used up before
     */
    public Ciphertext addPlainInPlace(Ciphertext a, Plaintext p) {
        return replacing(a, evaluator.addPlain(a, p));
    }

    /**
     * {@return a * p, not rescaled; its scale is the product of the scales}
     *
     * @param a a ciphertext, used up
     * @param p a plaintext of a's level or more
     * @throws ScaleException if the product does not fit
     * @throws LevelException if the plaintext's level is lower
     * @throws MismatchException if parameters differ
     * @throws IllegalStateException if the operand was used up before
     */
    public Ciphertext multiplyPlainInPlace(Ciphertext a, Plaintext p) {
        return replacing(a, evaluator.multiplyPlain(a, p));
    }

    /**
     * {@return a * b with three components, not rescaled}
     *
     * @param a a two-component ciphertext, used up
     * @param b a two-component ciphertext; may be a
     * @throws ScaleException if the product does not fit
     * @throws MismatchException if an operand has three components, or parameters or key pairs differ
     * @throws IllegalStateException if an operand was used up before
     */
    public Ciphertext multiplyNoRelinInPlace(Ciphertext a, Ciphertext b) {
        return replacing(a, evaluator.multiplyNoRelin(a, b));
    }

    /**
     * {@return the same slots in two components}
     *
     * @param a a ciphertext, used up if it has three components
     * @throws MissingKeyException without the relinearisation key
     * @throws MismatchException if parameters or key pairs differ
     * @throws IllegalStateException if the operand was used up before
     */
    public Ciphertext relinearizeInPlace(Ciphertext a) {
        return replacing(a, evaluator.relinearize(a));
    }

    /**
     * {@return the same slots one level down}
     *
     * @param a a product, used up
     * @throws ScaleException if a is not a product
     * @throws LevelException at level 0
     * @throws MismatchException if parameters differ
     * @throws IllegalStateException if the operand was used up before
     */
    public Ciphertext rescaleInPlace(Ciphertext a) {
        return replacing(a, evaluator.rescale(a));
    }

    /**
     * {@return slot i of the result is slot i + stepsLeft of a}
     *
     * @param a a two-component ciphertext, used up unless there are no steps
     * @param stepsLeft slots to the left, any sign, taken modulo N/2
     * @throws MissingKeyException without the key of these steps
     * @throws MismatchException if the operand has three components, or parameters or key pairs differ
     * @throws IllegalStateException if the operand was used up before
     */
    public Ciphertext rotateInPlace(Ciphertext a, int stepsLeft) {
        return replacing(a, evaluator.rotate(a, stepsLeft));
    }
}
