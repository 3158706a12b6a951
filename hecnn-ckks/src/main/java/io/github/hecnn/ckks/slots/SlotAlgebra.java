package io.github.hecnn.ckks.slots;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Arithmetic on vectors of complex slots, with CKKS's books of level and scale: the border between the scheme and every circuit
 * above it. {@link SimulatedSlotAlgebra} computes on plain numbers with the same checks, so a circuit can be rehearsed first.
 *
 * <p><b>Level.</b> A fresh encryption has level {@link #maxLevel()}; {@link #rescale} costs one; a value of level 0 can still be
 * added to, rotated and decrypted. Operands may have different levels: the higher one is brought down to the lower ("aligned"),
 * exactly up to rounding and without a key switch.
 *
 * <p><b>Scale degree.</b> 1 is the canonical scale of the level, which is the same for every value of that level; a product has
 * degree 2 until it is rescaled. Addition wants equal degrees, multiplication wants degree 1.
 *
 * <p><b>Components.</b> A value has two components, or three after {@link #multiplyNoRelin} and {@link #sumOfProducts} until
 * {@link #relinearize}. Whatever works component by component takes both: additions, plain, constant and integer products,
 * {@link #multiplyByI}, {@link #multiplyByMonomial}, {@link #rescale}, {@link #dropToLevel}. Encrypted products, rotations and conjugation take two only.
 *
 * <p><b>Keys.</b> {@code multiply}, {@code square} and {@code relinearize} need the relinearisation key; rotations the key of their
 * normalised step (steps are taken modulo the number of slots, between {@code -slots/2} exclusive and {@code slots/2} inclusive);
 * {@code conjugate} the conjugation key. Nothing else needs a key.
 *
 * <p><b>Capacity.</b> A value fits if its largest slot times its scale is below half the modulus of its level
 * ({@link io.github.hecnn.ckks.params.ModulusCapacity}). Operations whose result, or whose plain operand, cannot fit throw
 * {@code ScaleException}: by scale and plain operands, with ciphertext slots taken to be up to 1, in every implementation; by the
 * slots themselves where they are known. So do plain operands that are not zero and round to zero at their scale. Results that
 * anybody could read (a - a, products with zero) throw {@code TransparentCiphertextException} unless they are asked for.
 *
 * <p><b>Errors.</b> Every operation throws {@code MismatchException} for a value of another algebra or with other parameters, a
 * plain vector of another size than {@link #slots()}, lists of different or no length, or three components where two are wanted;
 * {@code InvalidParametersException} for constants that are not finite. Others are named at the operation. All are in
 * {@code io.github.hecnn.ckks.error}.
 *
 * <p>Values are immutable and implementations are thread-safe.
 *
 * @param <V> a vector of slots; immutable
 */
public interface SlotAlgebra<V> {
    /** {@return number of slots of every value, half the ring degree: a power of two} */
    int slots();

    /** {@return top level of the chain, that of a fresh encryption} */
    int maxLevel();

    /**
     * Level of a value.
     *
     * @param v a value
     * @return how often it can be rescaled
     */
    int level(V v);

    /**
     * Scale degree of a value.
     *
     * @param v a value
     * @return 1 for the canonical scale of its level, 2 for the square of it
     */
    int scaleDegree(V v);

    /**
     * The smallest positive constant that {@link #multiplyConstant} of a value does not refuse because it rounds to zero, about
     * half of 1/scale. {@link #addConstant} has the same limit at scale degree 1, and the square of it at degree 2.
     *
     * @param v a value
     * @return the constant
     */
    double smallestConstant(V v);

    /**
     * Says that the real parts of the slots should lie in an interval, because what follows holds there only: a polynomial that
     * approximates a function, for example. Nobody can see the slots of a ciphertext, so a real run takes it on trust and the
     * results are wrong outside. A simulation looks, and refuses or reports what it finds; a books-only one cannot.
     *
     * @param operation what the interval is for
     * @param v a value
     * @param low left end
     * @param high right end
     * @param where a vector that is zero in slots that do not matter; null if all do
     * @throws io.github.hecnn.ckks.error.IntervalException in a simulation, if a slot is outside
     */
    void requireWithin(String operation, V v, double low, double high, PlainVector where);

    /**
     * As {@link #requireWithin} of [-high, high], and that no slot that matters lies between -low and low: a sign is certain elsewhere only.
     *
     * @param operation what is being done, for the text
     * @param v the value
     * @param low least magnitude
     * @param high largest magnitude
     * @param where a vector that is zero in slots that do not matter; null if all do
     */
    default void requireMagnitude(String operation, V v, double low, double high, PlainVector where) {
        requireWithin(operation, v, -high, high, null);
    }

    /**
     * Slot by slot sum. Levels may differ.
     *
     * @param a one value
     * @param b another of the same scale degree
     * @return a + b at the lower level, same scale degree; three components if either has
     * @throws io.github.hecnn.ckks.error.ScaleException if the scale degrees differ
     */
    V add(V a, V b);

    /**
     * Slot by slot difference. Levels may differ.
     *
     * @param a one value
     * @param b another of the same scale degree
     * @return a - b at the lower level, same scale degree; three components if either has
     * @throws io.github.hecnn.ckks.error.ScaleException if the scale degrees differ
     */
    V subtract(V a, V b);

    /**
     * The negative of every slot.
     *
     * @param a a value
     * @return -a, same level, scale degree and components
     */
    V negate(V a);

    /**
     * Slot by slot sum with a plain vector, which is encoded at the level and scale of the value.
     *
     * @param a a value of either scale degree
     * @param p as many slots
     * @return a + p, same level, scale degree and components
     */
    V addPlain(V a, PlainVector p);

    /**
     * Slot by slot difference with a plain vector, which is encoded at the level and scale of the value.
     *
     * @param a a value of either scale degree
     * @param p as many slots
     * @return a - p, same level, scale degree and components
     */
    V subtractPlain(V a, PlainVector p);

    /**
     * Adds a real constant to every slot.
     *
     * @param a a value of either scale degree
     * @param c a finite number
     * @return a + c, same level, scale degree and components
     */
    V addConstant(V a, double c);

    /**
     * Slot by slot product with a plain vector. Not rescaled.
     *
     * @param a a value of scale degree 1
     * @param p as many slots
     * @return a * p at the same level, scale degree 2, same components
     * @throws io.github.hecnn.ckks.error.ScaleException if a has scale degree 2
     */
    V multiplyPlain(V a, PlainVector p);

    /**
     * Product of every slot with a real constant. Not rescaled.
     *
     * @param a a value of scale degree 1
     * @param c a finite number
     * @return a * c at the same level, scale degree 2, same components
     * @throws io.github.hecnn.ckks.error.ScaleException if a has scale degree 2
     */
    V multiplyConstant(V a, double c);

    /**
     * Product of every slot with an integer: exact, without cost in level or scale. The slots grow by the factor, and must still
     * fit under the modulus, so k should be small.
     *
     * @param a a value of either scale degree
     * @param k a small integer
     * @return a * k, same level, scale degree and components
     */
    V multiplyInteger(V a, long k);

    /**
     * Product of every slot with the imaginary unit: exact and free.
     *
     * @param a a value of either scale degree
     * @return a * i, same level, scale degree and components
     */
    V multiplyByI(V a);

    /**
     * Product with a monomial X^power of the ring: exact and free. With N = 2 {@link #slots()} and zeta = exp(i pi/N), slot j is multiplied
     * by zeta^(power * 5^j), a root of unity: by i for N/2, by -1 for N. For power = N/(4n), n a power of two, the factors of slots j and
     * j + n differ in sign only, so two vectors of period n travel in one of period 2n and are told apart by a rotation.
     *
     * @param a a value of either scale degree
     * @param power any integer, taken modulo 2N; that of the inverse is -power
     * @return the product, same level, scale degree and components; a itself for multiples of 2N
     */
    V multiplyByMonomial(V a, int power);

    /**
     * Slot by slot product, relinearised, not rescaled. Levels may differ. Needs the relinearisation key.
     *
     * @param a a value of scale degree 1 and two components
     * @param b another such value
     * @return a * b at the lower level, scale degree 2, two components
     * @throws io.github.hecnn.ckks.error.ScaleException if an operand has scale degree 2
     * @throws io.github.hecnn.ckks.error.MissingKeyException without a relinearisation key
     */
    V multiply(V a, V b);

    /**
     * Slot by slot product, neither relinearised nor rescaled. Levels may differ.
     *
     * @param a a value of scale degree 1 and two components
     * @param b another such value
     * @return a * b at the lower level, scale degree 2, three components
     * @throws io.github.hecnn.ckks.error.ScaleException if an operand has scale degree 2
     */
    V multiplyNoRelin(V a, V b);

    /**
     * Slot by slot square, relinearised, not rescaled; cheaper than {@code multiply(a, a)}. Needs the relinearisation key.
     *
     * @param a a value of scale degree 1 and two components
     * @return a * a at the same level, scale degree 2, two components
     * @throws io.github.hecnn.ckks.error.ScaleException if a has scale degree 2
     * @throws io.github.hecnn.ckks.error.MissingKeyException without a relinearisation key
     */
    V square(V a);

    /**
     * Sum over i of a_i * b_i, neither relinearised nor rescaled. Levels may differ.
     *
     * @param a values of scale degree 1 and two components, at least one
     * @param b as many such values
     * @return the sum at the lowest of all levels, scale degree 2, three components
     * @throws io.github.hecnn.ckks.error.ScaleException if an operand has scale degree 2
     */
    V sumOfProducts(List<V> a, List<V> b);

    /**
     * Sum over i of a_i * p_i, not rescaled. Levels may differ.
     *
     * @param a values of scale degree 1, at least one
     * @param p as many plain vectors
     * @return the sum at the lowest of all levels, scale degree 2; three components if a value has
     * @throws io.github.hecnn.ckks.error.ScaleException if a value has scale degree 2
     */
    V sumOfPlainProducts(List<V> a, List<PlainVector> p);

    /**
     * Brings a product back to two components. Needs the relinearisation key if there are three.
     *
     * @param a a value of either scale degree
     * @return the same slots, level and scale degree in two components; a itself, not counted, if it has two already
     * @throws io.github.hecnn.ckks.error.MissingKeyException without a relinearisation key
     */
    V relinearize(V a);

    /**
     * Brings a product back to the canonical scale, one level down.
     *
     * @param a a value of scale degree 2 and level 1 or more
     * @return the same slots at the next lower level, scale degree 1, same components
     * @throws io.github.hecnn.ckks.error.LevelException if a has level 0
     * @throws io.github.hecnn.ckks.error.ScaleException if a has scale degree 1
     */
    V rescale(V a);

    /**
     * {@link #relinearize}, then {@link #rescale}; an implementation may be faster than the two one after the other.
     *
     * @param a a value of scale degree 2 and level 1 or more
     * @return the same slots in two components at the next lower level, scale degree 1
     * @throws io.github.hecnn.ckks.error.MissingKeyException without a relinearisation key, if there are three components
     * @throws io.github.hecnn.ckks.error.LevelException if a has level 0
     * @throws io.github.hecnn.ckks.error.ScaleException if a has scale degree 1
     */
    default V relinearizeAndRescale(V a) {
        return rescale(relinearize(a));
    }

    /**
     * Brings a value down to a level, onto the scale of that level.
     *
     * @param a a value of either scale degree
     * @param level from 0 to the level of a
     * @return the same slots at that level, same scale degree and components; a itself, not counted, if it is there already
     * @throws io.github.hecnn.ckks.error.LevelException if the level is negative or above that of a
     */
    V dropToLevel(V a, int level);

    /**
     * Gives up levels without any work: the primes above are forgotten, and the scale is taken to be the canonical one of the new level. No rounding,
     * but every slot is multiplied by {@link #limbFactor}, which is near 1; where that does not matter, or is made up for by a constant, it
     * is free where {@link #dropToLevel} is not.
     *
     * @param a a value of scale degree 1
     * @param level from 0 to the level of a
     * @return the slots times {@code limbFactor(level(a), level)} at that level, scale degree 1, same components; a itself if it is there already
     * @throws io.github.hecnn.ckks.error.LevelException if the level is negative or above that of a
     * @throws io.github.hecnn.ckks.error.ScaleException if a has scale degree 2
     */
    V dropLimbs(V a, int level);

    /**
     * What {@link #dropLimbs} multiplies slots by: the canonical scale of one level over that of another.
     *
     * @param fromLevel from 0 to {@link #maxLevel}
     * @param toLevel from 0 to {@link #maxLevel}
     * @return the quotient, near 1: scales differ as primes of one size do
     * @throws io.github.hecnn.ckks.error.LevelException if there is no such level
     */
    double limbFactor(int fromLevel, int toLevel);

    /**
     * Brings a value of a low level back up, by the {@link Refresher} of the algebra, whose limits hold for the slots. A real run takes them
     * on trust, and its results are wrong outside; a simulation refuses or reports what it sees.
     *
     * @param a a value of scale degree 1 and two components, from the input level to the output level of the refresher
     * @return the same slots, but for the refresher's error, at its output level, scale degree 1, two components
     * @throws io.github.hecnn.ckks.error.MismatchException if the algebra has no refresher, or does not fit it
     * @throws io.github.hecnn.ckks.error.LevelException if the level is too low or too high
     * @throws io.github.hecnn.ckks.error.ScaleException if a has scale degree 2
     * @throws io.github.hecnn.ckks.error.IntervalException in a simulation, if a slot is beyond the bound, or not real where it should be
     */
    V refresh(V a);

    /**
     * Cyclic rotation. Needs the key of the step, unless it is a multiple of {@link #slots()}.
     *
     * @param a a value of either scale degree and two components
     * @param stepsLeft any integer; negative steps go to the right
     * @return slot i holds slot (i + stepsLeft) mod slots of a; same level and scale degree; a itself, not counted, for step 0
     * @throws io.github.hecnn.ckks.error.MissingKeyException without a key of that step
     */
    V rotate(V a, int stepsLeft);

    /**
     * Several rotations of one value, which share the expensive half of the work. Needs the keys of all steps.
     *
     * @param a a value of either scale degree and two components
     * @param stepsLeft any integers, at least one
     * @return the rotated values in the order of the steps, each as from {@link #rotate}
     * @throws io.github.hecnn.ckks.error.MissingKeyException without a key of one of the steps
     */
    List<V> rotateHoisted(V a, int[] stepsLeft);

    /**
     * Sums of plain products of rotations of one value: result o is the sum over i of p[o][i] * rotate(a, stepsLeft[i]), the
     * building block of linear transforms. Counted as one hoisting with these rotations and as the plain products of every
     * sum; an implementation may share more work than {@link #rotateHoisted} does. Needs the keys of all steps.
     *
     * @param a a value of scale degree 1 and two components
     * @param stepsLeft [i] any integers, at least one
     * @param p [o][i] plain vectors; null where sum o leaves term i out, at least one is given in every sum
     * @return one value for every o, same level, scale degree 2, not rescaled
     * @throws io.github.hecnn.ckks.error.ScaleException if a has scale degree 2
     * @throws io.github.hecnn.ckks.error.MissingKeyException without a key of one of the steps
     */
    default List<V> sumsOfRotatedPlainProducts(V a, int[] stepsLeft, List<List<PlainVector>> p) {
        SlotChecks.scaleDegreeOne("sumsOfRotatedPlainProducts", scaleDegree(a));
        SlotChecks.sums("sumsOfRotatedPlainProducts", stepsLeft.length, p);
        List<V> rotated = rotateHoisted(a, stepsLeft);
        List<V> out = new ArrayList<>(p.size());
        for (List<PlainVector> sum : p) {
            List<V> terms = new ArrayList<>();
            List<PlainVector> factors = new ArrayList<>();
            for (int i = 0; i < stepsLeft.length; i++) {
                if (sum.get(i) != null) {
                    terms.add(rotated.get(i));
                    factors.add(sum.get(i));
                }
            }
            out.add(sumOfPlainProducts(terms, factors));
        }
        return List.copyOf(out);
    }

    /**
     * Horner's rule over the sums of {@link #sumsOfRotatedPlainProducts}: the running sum begins with the last one, is rotated by giantSteps[o] once
     * sum o is in it, then sum o - 1 joins. Counted as these operations; an implementation may do with less work and less noise. Needs
     * the keys of all steps.
     *
     * @param a a value of scale degree 1 and two components
     * @param babySteps [i] any integers, at least one
     * @param p [o][i] plain vectors; null where sum o leaves term i out, at least one is given in every sum
     * @param giantSteps [o] any integers
     * @return the last running sum, same level, scale degree 2, not rescaled
     * @throws io.github.hecnn.ckks.error.ScaleException if a has scale degree 2
     * @throws io.github.hecnn.ckks.error.MissingKeyException without a key of one of the steps
     * @throws io.github.hecnn.ckks.error.MismatchException if there is not one giant step for every sum
     */
    default V giantStepSums(V a, int[] babySteps, List<List<PlainVector>> p, int[] giantSteps) {
        SlotChecks.giantSteps("giantStepSums", p.size(), giantSteps.length);
        List<V> sums = sumsOfRotatedPlainProducts(a, babySteps, p);
        int last = sums.size() - 1;
        V out = rotate(sums.get(last), giantSteps[last]);
        for (int o = last - 1; o >= 0; o--) {
            out = rotate(add(out, sums.get(o)), giantSteps[o]);
        }
        return out;
    }

    /**
     * Complex conjugate of every slot. Needs the conjugation key.
     *
     * @param a a value of either scale degree and two components
     * @return the conjugate, same level and scale degree
     * @throws io.github.hecnn.ckks.error.MissingKeyException without a conjugation key
     */
    V conjugate(V a);

    /**
     * Runs independent operations on the workers of this algebra, as {@link io.github.hecnn.core.parallel.WorkerPool#forEach}; one after the
     * other where it has none. Results must not depend on the order.
     *
     * @param count how many, 0 or more
     * @param task takes 0 .. count - 1, each once, maybe in several threads at once
     */
    default void forEach(int count, IntConsumer task) {
        for (int i = 0; i < count; i++) {
            task.accept(i);
        }
    }

    /**
     * Says that a result of this algebra has had its last use, so that its memory may serve the next one; without it memory is collected. To be
     * called once for a value that nobody else has: reading it afterwards may be refused.
     *
     * @param v a result of an operation here, not in use any more
     */
    default void release(V v) {}

    /** {@return the books since this algebra was made, a snapshot; under concurrent use a momentary one} */
    OperationCounts counts();
}
