package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.ModulusCapacity;
import java.util.List;

/**
 * Computes on ciphertexts with evaluation keys, never with the secret key. Every operation returns a new ciphertext;
 * operands are not changed. Thread-safe; limbs are spread over the context's workers.
 *
 * <p>Ciphertexts of different levels: binary operations bring the higher one down to the lower on the canonical scale of that
 * level ({@link #dropToLevel}). Products multiply the scales and are not rescaled; {@link #rescale} is the caller's, who counts
 * levels. All operations throw {@link MismatchException} for ciphertexts of other parameters, of another key pair than the keys, or
 * of different key pairs, and {@link IllegalStateException} for one that was {@link Ciphertext#release released}. The result belongs to the pair of its operands, and of the keys where one is used.
 *
 * <p>Results that cannot be held below half the modulus of their level are refused with {@link ScaleException}: by their scale and
 * by known plaintexts, constants and integers, with slots of ciphertexts taken to be up to 1 ({@link ModulusCapacity},
 * {@link #assumingSlotsUpTo}). So are constants that are not zero and round to zero. Results whose second component is zero are
 * refused with {@link io.github.hecnn.ckks.error.TransparentCiphertextException} unless {@link #allowingTransparent} asks for them.
 */
public final class Evaluator {
    private final CkksContext context;
    private final EvaluationKeys keys;
    private final Results results;
    private final LevelOperations levels;
    private final AdditiveOperations sums;
    private final ProductOperations products;
    private final KeySwitchingOperations keySwitching;

    /**
     * An evaluator.
     *
     * @param context context of the keys
     * @param keys evaluation keys; {@link EvaluationKeys#none()} for additions and plaintext operands only
     * @throws MismatchException if a key has other parameters
     */
    public Evaluator(CkksContext context, EvaluationKeys keys) {
        this(keys, new Results(context, context.capacity(), false));
        keys.relinearizationKey().ifPresent(k -> context.require(k.parametersId(), "Evaluator"));
        for (RotationKey k : keys.rotationKeys()) {
            context.require(k.parametersId(), "Evaluator");
        }
    }

    private Evaluator(EvaluationKeys keys, Results results) {
        this.context = results.context();
        this.keys = keys;
        this.results = results;
        PairChecks pairs = new PairChecks(context, keys.keyPairId());
        this.levels = new LevelOperations(results, pairs);
        this.sums = new AdditiveOperations(results, pairs, levels);
        this.products = new ProductOperations(results, pairs, levels);
        this.keySwitching = new KeySwitchingOperations(results, pairs, keys);
    }

    /**
     * The same evaluator with results allowed that anybody can read: those whose second component is zero, such as a - a and
     * products with zero.
     *
     * @return a new evaluator with the same keys
     */
    public Evaluator allowingTransparent() {
        return new Evaluator(keys, new Results(context, results.capacity(), true));
    }

    /**
     * The same evaluator for ciphertexts whose slots are known to be smaller, or larger, than 1, which is what it takes them for
     * when it holds a result's scale and plain factors against the modulus. With a smaller bound larger constants pass.
     *
     * @param bound largest magnitude that a slot of any ciphertext has, positive and finite
     * @return a new evaluator with the same keys
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if the bound is not positive and finite
     */
    public Evaluator assumingSlotsUpTo(double bound) {
        return new Evaluator(
                keys, new Results(context, results.capacity().assuming(bound), results.transparentAllowed()));
    }

    /** {@return whether results are allowed that anybody can read, see {@link #allowingTransparent}} */
    public boolean allowsTransparent() {
        return results.transparentAllowed();
    }

    /** {@return what the modulus can hold, and what slots of ciphertexts are taken for: the rule results are refused by} */
    public ModulusCapacity capacity() {
        return results.capacity();
    }

    /** {@return context of the keys} */
    public CkksContext context() {
        return context;
    }

    /** {@return evaluation keys} */
    public EvaluationKeys keys() {
        return keys;
    }

    KeySwitchingOperations keySwitching() {
        return keySwitching;
    }

    /**
     * {@return a + b at the lower level}
     *
     * @param a a ciphertext
     * @param b one of the same scale degree, any level, two or three components
     * @throws ScaleException if the scales differ
     */
    public Ciphertext add(Ciphertext a, Ciphertext b) {
        return sums.add(a, b);
    }

    /**
     * {@return a - b at the lower level}
     *
     * @param a a ciphertext
     * @param b one of the same scale degree, any level, two or three components
     * @throws ScaleException if the scales differ
     */
    public Ciphertext subtract(Ciphertext a, Ciphertext b) {
        return sums.subtract(a, b);
    }

    /**
     * {@return -a}
     *
     * @param a a ciphertext
     */
    public Ciphertext negate(Ciphertext a) {
        return sums.negate(a);
    }

    /**
     * {@return a + p}
     *
     * @param a a ciphertext
     * @param p a plaintext of the same scale and at least the same level
     * @throws ScaleException if the scales differ
     * @throws LevelException if the plaintext's level is lower
     */
    public Ciphertext addPlain(Ciphertext a, Plaintext p) {
        return sums.addPlain(a, p);
    }

    /**
     * {@return a - p}
     *
     * @param a a ciphertext
     * @param p a plaintext of the same scale and at least the same level
     * @throws ScaleException if the scales differ
     * @throws LevelException if the plaintext's level is lower
     */
    public Ciphertext subtractPlain(Ciphertext a, Plaintext p) {
        return sums.subtractPlain(a, p);
    }

    /**
     * {@return a + c in every slot; the constant is rounded to a multiple of 1/scale}
     *
     * @param a a ciphertext
     * @param c a finite number
     * @throws ScaleException if c is not finite
     */
    public Ciphertext addConstant(Ciphertext a, double c) {
        return sums.addConstant(a, c);
    }

    /**
     * {@return a * p, not rescaled; its scale is the product of the scales}
     *
     * @param a a ciphertext
     * @param p a plaintext of at least the same level
     * @throws LevelException if the plaintext's level is lower
     */
    public Ciphertext multiplyPlain(Ciphertext a, Plaintext p) {
        return products.multiplyPlain(a, p);
    }

    /**
     * sum of a[i] * p[i], accumulated while the sums stay in the cache; not rescaled.
     *
     * @param a ciphertexts of one scale, any levels, two or three components, at least one
     * @param p as many plaintexts of one scale, of at least the lowest level
     * @return the sum at the lowest level, three components if a term has; its scale is the product of the scales
     * @throws ScaleException if scales differ
     * @throws LevelException if a plaintext's level is too low
     * @throws MismatchException if the lengths differ or there is nothing to add
     */
    public Ciphertext sumOfPlainProducts(List<Ciphertext> a, List<Plaintext> p) {
        return products.sumOfPlainProducts(a, p);
    }

    /**
     * a * c in every slot, not rescaled: c is rounded to a multiple of 1/S, S the canonical scale of a's level.
     *
     * @param a a ciphertext
     * @param c a finite number
     * @return the product at scale a.scale() * S
     * @throws ScaleException if c is not finite
     */
    public Ciphertext multiplyConstant(Ciphertext a, double c) {
        return products.multiplyConstant(a, c);
    }

    /**
     * {@return a * k, exactly; level and scale stay}
     *
     * @param a a ciphertext
     * @param k an integer, small enough for the product to stay below the modulus
     */
    public Ciphertext multiplyInteger(Ciphertext a, long k) {
        return products.multiplyInteger(a, k);
    }

    /**
     * {@return a times the imaginary unit, exactly: a multiplication by X^(N/2); same level and scale}
     *
     * @param a a ciphertext
     */
    public Ciphertext multiplyByI(Ciphertext a) {
        return products.multiplyByI(a);
    }

    /**
     * {@return a times X^power in the ring, exactly; level and scale stay; a itself for multiples of 2N} Slot j is multiplied by
     * zeta^(power * 5^j), zeta = exp(i pi/N): by i for N/2, by -1 for N.
     *
     * @param a a ciphertext
     * @param power any integer, taken modulo 2N
     */
    public Ciphertext multiplyByMonomial(Ciphertext a, int power) {
        return products.multiplyByMonomial(a, power);
    }

    /**
     * {@return a * b with three components at the lower level, not rescaled; its scale is the product of the scales}
     *
     * @param a a two-component ciphertext
     * @param b another, any level
     * @throws MismatchException if an operand has three components
     */
    public Ciphertext multiplyNoRelin(Ciphertext a, Ciphertext b) {
        return products.sumOfProducts("multiply", List.of(a), List.of(b));
    }

    /**
     * sum of a[i] * b[i] with three components, not rescaled: one relinearisation is enough for all.
     *
     * @param a two-component ciphertexts of one scale, any levels, at least one
     * @param b as many, of one scale
     * @return the sum at the lowest level; its scale is the product of the scales
     * @throws MismatchException if an operand has three components or the lengths differ or are 0
     * @throws ScaleException if scales within a or within b differ
     */
    public Ciphertext sumOfProducts(List<Ciphertext> a, List<Ciphertext> b) {
        return products.sumOfProducts("sumOfProducts", a, b);
    }

    /**
     * {@return a * b at the lower level, relinearised, not rescaled; its scale is the product of the scales}
     *
     * @param a a two-component ciphertext
     * @param b another, any level
     * @throws MissingKeyException without a relinearisation key
     * @throws MismatchException if an operand has three components
     */
    public Ciphertext multiply(Ciphertext a, Ciphertext b) {
        keySwitching.relinearizationKey("multiply");
        return keySwitching.relinearized(multiplyNoRelin(a, b));
    }

    /**
     * {@return a * a, relinearised, not rescaled; its scale is the square of the scale}
     *
     * @param a a two-component ciphertext
     * @throws MissingKeyException without a relinearisation key
     * @throws MismatchException if the operand has three components
     */
    public Ciphertext square(Ciphertext a) {
        return multiply(a, a);
    }

    /**
     * {@return the same with two components; a itself if it has two}
     *
     * @param a a ciphertext
     * @throws MissingKeyException without a relinearisation key, if there are three components
     */
    public Ciphertext relinearize(Ciphertext a) {
        return keySwitching.relinearize(a);
    }

    /**
     * Divides a product by the last prime: one level down, onto the canonical scale of that level.
     *
     * @param a a ciphertext of level 1 or more and scale degree 2
     * @return the rescaled ciphertext; the rounding error of a slot is at most about sqrt(N/12)*(1 + sqrt(2N/3))/scale
     * @throws LevelException at level 0
     * @throws ScaleException if the scale is not the square of the canonical one; see {@link #rescaleAnyScale}
     */
    public Ciphertext rescale(Ciphertext a) {
        return levels.rescale(a);
    }

    /**
     * {@link #rescale} of a ciphertext of any scale, for circuits that keep scales of their own.
     *
     * @param a a ciphertext of level 1 or more, with a scale of at least its last prime
     * @return the rescaled ciphertext, one level down, scale divided by the last prime, and set to the canonical one of the new level
     *     or the square of it if it is within 1e-9 of that; the error of a slot is that of {@link #rescale}, so leave a scale of
     *     many bits
     * @throws LevelException at level 0
     * @throws ScaleException if the scale would fall below 1
     */
    public Ciphertext rescaleAnyScale(Ciphertext a) {
        return levels.rescaleAnyScale("rescaleAnyScale", a);
    }

    /**
     * {@link #relinearize} and {@link #rescale} in one: the division that ends the key switch divides by the last prime, too, with one
     * rounding for both. It takes about a fifth less time than the two, and its error is no larger.
     *
     * @param a a ciphertext of level 1 or more; of two components it is only rescaled
     * @return two components, one level down, scale divided by the last prime as by {@link #rescale}
     * @throws MissingKeyException without a relinearisation key, if there are three components
     * @throws LevelException at level 0
     * @throws ScaleException if the scale is not the square of the canonical one
     */
    public Ciphertext relinearizeAndRescale(Ciphertext a) {
        if (a.size() == 2) {
            return levels.rescale(a);
        }
        levels.requireDegreeTwo("relinearizeAndRescale", a);
        return keySwitching.relinearizeAndRescale(a, levels.rescaledScale("relinearizeAndRescale", a));
    }

    /**
     * Whether a ciphertext has the canonical scale of its level or the square of it.
     *
     * @param a a ciphertext
     * @return 1, 2, or 0 for any other scale
     */
    public int scaleDegree(Ciphertext a) {
        return levels.scaleDegree(a);
    }

    /**
     * Brings a ciphertext down to a level and onto that level's canonical scale (squared, if it was squared): drops limbs,
     * multiplies by an integer near the scale and rescales, so the slots change by no more than a rescaling's rounding and
     * 2^-(scaleBits+1) relatively. No key is needed.
     *
     * @param a a ciphertext of canonical scale, or its square
     * @param level 0..a.level()
     * @return the ciphertext at that level; a itself if it is there
     * @throws LevelException if the level is higher than the ciphertext's or negative
     * @throws ScaleException if the ciphertext's scale is neither canonical nor the square of it
     */
    public Ciphertext dropToLevel(Ciphertext a, int level) {
        return levels.dropToLevel(a, level);
    }

    /**
     * Forgets limbs: level down, slots and scale stay exactly as they are, so the scale is in general not canonical any more.
     *
     * @param a a ciphertext
     * @param level 0..a.level()
     * @return the ciphertext modulo fewer primes
     * @throws LevelException if the level is higher than the ciphertext's or negative
     */
    public Ciphertext dropLimbs(Ciphertext a, int level) {
        return levels.dropLimbs(a, level);
    }

    /**
     * Rotates the slots.
     *
     * @param a a two-component ciphertext
     * @param stepsLeft slots to the left, any sign, taken modulo N/2
     * @return slot i of the result is slot i + stepsLeft of a; a itself for 0 steps
     * @throws MissingKeyException without the key of these steps
     * @throws MismatchException if the operand has three components
     */
    public Ciphertext rotate(Ciphertext a, int stepsLeft) {
        return keySwitching.rotate(a, stepsLeft);
    }

    /**
     * Several rotations of one ciphertext: it is decomposed and extended once (hoisting, ia.cr/2018/244).
     *
     * @param a a two-component ciphertext
     * @param stepsLeft slots to the left for every result
     * @return as many rotated ciphertexts
     * @throws MissingKeyException without one of the keys
     * @throws MismatchException if the operand has three components
     */
    public List<Ciphertext> rotateHoisted(Ciphertext a, int... stepsLeft) {
        return keySwitching.rotateHoisted(a, stepsLeft);
    }

    /**
     * Sums of plaintext products of rotations of one ciphertext: result o is the sum over i of p[o][i] * rotate(a, stepsLeft[i]).
     * The ciphertext is decomposed once, and every sum is divided by P once instead of every rotation (double hoisting,
     * ia.cr/2020/1203, section 4): the building block of linear transforms. Not rescaled.
     *
     * @param a a two-component ciphertext
     * @param stepsLeft [i] slots to the left
     * @param p [o][i] plaintexts of a's level, all of one scale; null where sum o leaves term i out
     * @return one ciphertext for every o; its scale is the product of the scales
     * @throws MissingKeyException without one of the keys
     * @throws MismatchException if the operand has three components, the lengths differ, there are no steps, or a sum has null only
     * @throws LevelException if a plaintext has another level
     * @throws ScaleException if plaintext scales differ
     */
    public List<Ciphertext> sumsOfRotatedPlainProducts(Ciphertext a, int[] stepsLeft, List<List<ExtendedPlaintext>> p) {
        return keySwitching.sumsOfRotatedPlainProducts(a, stepsLeft, p);
    }

    /**
     * {@return the complex conjugate of every slot}
     *
     * @param a a two-component ciphertext
     * @throws MissingKeyException without the conjugation key
     * @throws MismatchException if the operand has three components
     */
    public Ciphertext conjugate(Ciphertext a) {
        return keySwitching.conjugate(a);
    }

    /**
     * Rotates the slots and conjugates them, in one key switch.
     *
     * @param a a two-component ciphertext
     * @param stepsLeft slots to the left, any sign, taken modulo N/2
     * @return slot i of the result is the conjugate of slot i + stepsLeft of a
     * @throws MissingKeyException without the key of these steps and conjugation
     * @throws MismatchException if the operand has three components
     */
    public Ciphertext rotateAndConjugate(Ciphertext a, int stepsLeft) {
        return keySwitching.rotateAndConjugate(a, stepsLeft);
    }
}
