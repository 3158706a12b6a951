package io.github.hecnn.mlr.recipe.packed;

import io.github.hecnn.ckks.circuit.linear.SlotSums;
import io.github.hecnn.ckks.circuit.polynomial.MaskedPolynomial;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.mlr.approx.ArgumentInterval;
import io.github.hecnn.mlr.recipe.WeightArithmetic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The two halves of an iteration of the packed recipe on an algebra: errors from weights, gradient from errors. For gradients times
 * one factor, whose masks it keeps.
 *
 * <p>Sums go by doubling. Doing several of their rotations hoisted is no cheaper as long as a hoisted rotation costs half of a
 * single one (four terms: two rotations, or one decomposition and three halves), and needs more keys.
 *
 * @param layout where everything is in the slots
 * @param constants what is folded into masks
 * @param overFeatures sums over the slots of one class
 * @param masks masks of this layout
 * @param algebra the arithmetic
 * @param factor what the gradient is multiplied by
 */
record PackedCircuit<V>(
        PackedLayout layout,
        PackedConstants constants,
        SlotSums overFeatures,
        PackedMasks masks,
        SlotAlgebra<V> algebra,
        double factor) {

    static <V> PackedCircuit<V> of(
            PackedLayout layout, PackedConstants constants, SlotAlgebra<V> algebra, double factor) {
        SlotSums overFeatures = SlotSums.of(layout.slots(), layout.width());
        return new PackedCircuit<>(layout, constants, overFeatures, new PackedMasks(layout), algebra, factor);
    }

    /** The values of a function at 0 .. count - 1, which the workers of the algebra may compute at the same time. */
    <T> List<T> map(int count, IntFunction<T> function) {
        return WeightArithmetic.map(algebra, count, function);
    }

    /** Conjugates of the weights, for the forward pass; real ones are their own. */
    List<V> conjugates(List<V> weights) {
        return map(
                weights.size(),
                pair -> layout.realFeaturePair(pair) ? weights.get(pair) : algebra.conjugate(weights.get(pair)));
    }

    /**
     * Errors of one pair of sample blocks: forward pass, sigmoid polynomial, labels. With weights w = v_t + i v_t' and features
     * x = x_t + i x_t' the score is the real part of sum x conj(w), so the imaginary part is cleared before the sum over u.
     *
     * @param conjugates of the weights
     * @param labels of this pair, times the error factor
     * @return one real value for each block of the pair, times the error factor and, in a full pair, 2
     */
    List<V> errors(int pair, List<V> features, List<V> conjugates, V labels) {
        boolean lone = layout.loneSampleBlock(pair);
        V scores = scores(pair, features, conjugates);
        V sums = used(overFeatures.sum(algebra, scores), scores);
        V minusP = used(minusSigmoid(lone, sums), sums);
        V copies = used(overFeatures.replicate(algebra, minusP), minusP);
        return splitOwn(lone, used(algebra.add(copies, labels), copies));
    }

    /** A result, when what it was made of has had its last use; operations that have nothing to do return their operand. */
    private V used(V result, V operand) {
        if (result != operand) {
            algebra.release(operand);
        }
        return result;
    }

    private V used(V result, V a, V b) {
        return used(used(result, a), b);
    }

    /** Errors where all weights are zero, so that the sigmoid polynomial is its constant term. */
    List<V> errorsAtZero(int pair, V labels) {
        return split(layout.loneSampleBlock(pair), labels);
    }

    /** Twice the products' real parts: block 2p as real part and block 2p + 1 as imaginary part. */
    private V scores(int pair, List<V> features, List<V> conjugates) {
        V even = products(2 * pair, features, conjugates);
        if (layout.loneSampleBlock(pair)) {
            V z = relinearized(even);
            V conjugate = algebra.conjugate(z);
            return used(algebra.add(z, conjugate), z, conjugate);
        }
        V real = products(2 * pair + 1, features, conjugates);
        V odd = used(algebra.multiplyByI(real), real);
        V plus = relinearized(algebra.add(even, odd));
        V minus = relinearized(used(algebra.subtract(even, odd), even, odd));
        V conjugate = used(algebra.conjugate(minus), minus);
        return used(algebra.add(plus, conjugate), plus, conjugate);
    }

    /** Of products that nobody else has. */
    private V relinearized(V products) {
        return used(algebra.relinearizeAndRescale(products), products);
    }

    private V products(int block, List<V> features, List<V> conjugates) {
        int pairs = layout.featurePairs();
        return algebra.sumOfProducts(features.subList(block * pairs, (block + 1) * pairs), conjugates);
    }

    /** -P in the first slot of every class and 0 elsewhere, though the sums hold leftovers there. */
    private V minusSigmoid(boolean lone, V sums) {
        V out = null;
        if (constants.degree() > 1) {
            ArgumentInterval interval = constants.argumentInterval(lone);
            MaskedPolynomial<V> polynomial = new MaskedPolynomial<>(
                    algebra,
                    interval.polynomial(constants.errorPolynomial(factor, lone)),
                    masks::ofFirstSlots,
                    interval.operation());
            List<V> arguments = split(lone, sums);
            V terms = polynomial.higherTerms(arguments.get(0));
            if (!lone) {
                V odd = polynomial.higherTerms(arguments.get(1));
                V imaginary = used(algebra.multiplyByI(odd), odd);
                terms = used(algebra.add(terms, imaginary), terms, imaginary);
                arguments.forEach(algebra::release);
            }
            out = relinearized(terms);
        }
        double slope = constants.errorSlope(factor, lone);
        if (slope == 0) {
            return out;
        }
        PlainVector mask = masks.ofFirstSlots(slope);
        if (out == null) { // of degree 1 nothing is taken apart: only the even block of a pair can be seen
            constants.sumInterval().require(algebra, sums, mask);
        }
        V product = algebra.multiplyPlain(sums, mask);
        V linear = used(algebra.rescale(product), product);
        return out == null ? linear : used(algebra.add(out, linear), out, linear);
    }

    /** Twice the real and twice the imaginary part, or the value itself if it is real. */
    private List<V> split(boolean real, V v) {
        if (real) {
            return List.of(v);
        }
        V conjugate = algebra.conjugate(v);
        V difference = algebra.subtract(conjugate, v);
        V sum = used(algebra.add(v, conjugate), conjugate);
        return List.of(sum, used(algebra.multiplyByI(difference), difference));
    }

    /** The same of a value that nobody else has. */
    private List<V> splitOwn(boolean real, V v) {
        List<V> parts = split(real, v);
        used(parts.get(0), v);
        return parts;
    }

    /**
     * Products of errors and features of one pair of feature blocks, summed over blocks of samples.
     *
     * @param sampleBlocks blocks of samples
     * @param errors one for each of these blocks
     * @return scale degree 2, not relinearised
     */
    V products(int pair, List<Integer> sampleBlocks, List<V> features, List<V> errors) {
        List<V> column = new ArrayList<>();
        for (int block : sampleBlocks) {
            column.add(features.get(block * layout.featurePairs() + pair));
        }
        return algebra.sumOfProducts(column, errors);
    }
}
