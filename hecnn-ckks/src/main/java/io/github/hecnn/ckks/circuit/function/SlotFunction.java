package io.github.hecnn.ckks.circuit.function;

import io.github.hecnn.ckks.slots.SlotAlgebra;

/**
 * A real function of one variable that is evaluated on every slot, by additions and products alone. It knows its domain, what it
 * costs and how far it is from the function it stands for; the noise of encryption comes on top, and a rehearsal with a
 * {@link io.github.hecnn.ckks.noise.NoiseModel} predicts it.
 *
 * <p><b>Domain.</b> Slots must be real and in [{@link #low}, {@link #high}]. Nobody can see the slots of a ciphertext: outside, the
 * result of a real run is a wrong number, and may be a large one. A rehearsal on
 * {@link io.github.hecnn.ckks.slots.SimulatedSlotAlgebra} refuses such slots.
 *
 * <p>Implementations are immutable and thread-safe, and belong to no algebra: rehearse on the simulator, then run.
 */
public interface SlotFunction {
    /** {@return what the function is called, with its domain: a short text} */
    String name();

    /** {@return left end of the domain, the smallest slot allowed} */
    double low();

    /** {@return right end of the domain, the largest slot allowed} */
    double high();

    /** {@return degree of the polynomial that is evaluated, as one polynomial of the slot} */
    int degree();

    /** {@return levels that {@link #evaluate} takes: rescalings between a slot and its result} */
    int levels();

    /** {@return relinearisations of {@link #evaluate}, which are most of its time; sums of products counted as one} */
    long relinearizations();

    /**
     * Largest error on the domain, without the noise of encryption.
     *
     * @return no {@link #valueAt} is farther than this from its {@link #exactAt}
     */
    double errorBound();

    /**
     * What {@link #evaluate} computes, in doubles.
     *
     * @param x a number of the domain
     * @return the approximation
     */
    double valueAt(double x);

    /**
     * The function that is approximated.
     *
     * @param x a number of the domain
     * @return its value
     */
    double exactAt(double x);

    /**
     * Evaluates the function on every slot. Needs the relinearisation key.
     *
     * @param algebra computes on slots
     * @param x a value of scale degree 1, two components and at least {@link #levels} levels, its slots in the domain
     * @param <V> values of the algebra
     * @return the function of every slot, scale degree 1, two components, {@link #levels} levels down
     * @throws io.github.hecnn.ckks.error.LevelException if x has fewer levels
     * @throws io.github.hecnn.ckks.error.ScaleException if x has scale degree 2, or in a rehearsal if a result does not fit under
     *     the modulus
     * @throws io.github.hecnn.ckks.error.MismatchException if x has three components
     * @throws io.github.hecnn.ckks.error.MissingKeyException without a relinearisation key
     * @throws io.github.hecnn.ckks.error.IntervalException in a rehearsal, if a slot is outside of the domain
     */
    <V> V evaluate(SlotAlgebra<V> algebra, V x);
}
