package io.github.hecnn.mlr.recipe;

import java.util.List;
import java.util.Objects;

/**
 * The training data in some packing: rows X with targets Y, in blocks, of which a gradient can be taken. What a step then does with it is
 * the same for all of them: {@link EncryptedTraining}. Thread-safe, and the same bits for any number of threads.
 *
 * <p>Weights and gradients have scale degree 1, at the canonical scale of their level. Partial gradients have scale degree 2, and maybe three
 * components. How many levels lie between them the recipe says.
 *
 * @param <V> ciphertexts, simulated vectors, or rows of doubles
 */
public interface EncryptedDesign<V> {
    /**
     * Errors times features of some blocks, summed over them, not yet relinearised and not summed over samples: partial gradients of any blocks, of
     * several designs of one recipe as well, can be added in any grouping, and on ciphertexts the result is the same to the last bit.
     *
     * @param products values that only the design knows the meaning of, all alike
     * @param <V> a vector of slots
     */
    record Partial<V>(List<V> products) {
        /**
         * Copies the list.
         *
         * @param products values that only the design knows the meaning of, all alike
         */
        public Partial {
            products = List.copyOf(products);
        }

        /**
         * {@return the partial gradient of the blocks of both}
         *
         * @param other of other blocks, at the same weights and with the same factor
         * @param arithmetic that of the design
         * @throws io.github.hecnn.ckks.error.MismatchException if they are not alike
         */
        public Partial<V> plus(Partial<V> other, WeightArithmetic<V> arithmetic) {
            Objects.requireNonNull(other, "other");
            return new Partial<>(arithmetic.sum(products, other.products));
        }
    }

    /** {@return arithmetic on weights in this packing} */
    WeightArithmetic<V> arithmetic();

    /** {@return number of blocks, at least 1} */
    int blocks();

    /**
     * {@return the same number in every process for the same packing and public constants, and another one for others, so that no state is taken for
     * one of another packing} As it is here it tells kinds of designs apart.
     */
    default long fingerprint() {
        return getClass().getName().hashCode();
    }

    /** {@return the weights before the first iteration; empty if they are zero} */
    List<V> start();

    /**
     * Factor times (Y - P)^T X for some blocks, as far as it can be taken before they are added up; P are sigmoids of the scores at the weights.
     *
     * @param blocks each below {@link #blocks}, at least one
     * @param at weights at which the gradient is taken; empty for zero
     * @param factor what the gradient is multiplied by; costs nothing
     * @return the partial gradient
     * @throws io.github.hecnn.ckks.error.LevelException if the weights have too few levels
     */
    Partial<V> partial(List<Integer> blocks, List<V> at, double factor);

    /**
     * The gradient, in the form of weights, preconditioned.
     *
     * @param sum partial gradients of all blocks that belong to it
     * @return factor times the gradient, one level below the partial ones
     */
    List<V> gradient(Partial<V> sum);
}
