package io.github.hecnn.mlr.recipe;

import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What a training does to weights and gradients as a whole. A matrix of weights is a list of values, all of the same level; an empty list is
 * zero. Thread-safe.
 *
 * <p>Weights and gradients have scale degree 1, at the canonical scale of their level; only {@link #sum} takes others, too.
 *
 * @param <V> ciphertexts, simulated vectors, or rows of doubles
 */
public interface WeightArithmetic<V> {
    /**
     * {@return level of the weights}
     *
     * @param weights not empty
     */
    int level(List<V> weights);

    /**
     * Sum; of products that are neither relinearised nor rescaled as well, if both are alike.
     *
     * @param a values of one matrix
     * @param b values of another
     * @return their sum, at the lower level
     */
    List<V> sum(List<V> a, List<V> b);

    /**
     * Sum of multiples; terms with factor 0 and zeros are left out.
     *
     * @param terms matrices of a level above that of the result
     * @param factors one for each
     * @param level of the result; -1 for one below the lowest term
     * @return the combination, empty if no term is left
     * @throws io.github.hecnn.ckks.error.LevelException if a term has no level to spare
     */
    List<V> combination(List<List<V>> terms, double[] factors, int level);

    /**
     * {@return the same weights at a higher level; see {@link SlotAlgebra#refresh}}
     *
     * @param weights slots of any level
     * @throws io.github.hecnn.ckks.error.MismatchException if nothing here can do that
     */
    List<V> refresh(List<V> weights);

    /**
     * Says that a matrix has had its last use, and that nobody else has its values; see {@link SlotAlgebra#release}.
     *
     * @param weights made by an operation here or by a gradient
     */
    default void release(List<V> weights) {}

    /**
     * {@return arithmetic on the slots of an algebra, whose workers it uses}
     *
     * @param algebra of the slots
     * @param <V> a vector of slots
     */
    static <V> WeightArithmetic<V> of(SlotAlgebra<V> algebra) {
        return new OfSlots<>(algebra);
    }

    /**
     * {@return the values of a function at 0 .. count - 1, which the workers of an algebra may compute at the same time}
     *
     * @param algebra gives the workers
     * @param count how many, 0 or more
     * @param function thread-safe
     * @param <T> type of the other vectors
     */
    static <T> List<T> map(SlotAlgebra<?> algebra, int count, IntFunction<T> function) {
        List<T> out = new ArrayList<>(Collections.nCopies(count, null));
        algebra.forEach(count, i -> {
            T value = function.apply(i);
            synchronized (out) {
                out.set(i, value);
            }
        });
        return List.copyOf(out);
    }

    /**
     * Weights in the slots of an algebra.
     *
     * @param algebra computes on them
     * @param <V> a vector of slots
     */
    record OfSlots<V>(SlotAlgebra<V> algebra) implements WeightArithmetic<V> {
        @Override
        public int level(List<V> weights) {
            int level = Integer.MAX_VALUE;
            for (V w : weights) {
                level = Math.min(level, algebra.level(w));
            }
            return level;
        }

        @Override
        public List<V> sum(List<V> a, List<V> b) {
            return map(a.size(), p -> algebra.add(a.get(p), b.get(p)));
        }

        @Override
        public List<V> combination(List<List<V>> terms, double[] factors, int level) {
            List<List<V>> used = new ArrayList<>();
            List<Double> multiples = new ArrayList<>();
            int lowest = Integer.MAX_VALUE;
            for (int i = 0; i < factors.length; i++) {
                if (factors[i] != 0 && !terms.get(i).isEmpty()) {
                    used.add(terms.get(i));
                    multiples.add(factors[i]);
                    lowest = Math.min(lowest, level(terms.get(i)));
                }
            }
            int from = level < 0 ? lowest : level + 1;
            return used.isEmpty()
                    ? List.of()
                    : map(used.get(0).size(), p -> {
                        V sum = null;
                        for (int i = 0; i < used.size(); i++) {
                            V term = algebra.multiplyConstant(
                                    algebra.dropToLevel(used.get(i).get(p), from), multiples.get(i));
                            if (sum == null) {
                                sum = term;
                            } else {
                                V more = algebra.add(sum, term);
                                algebra.release(sum);
                                algebra.release(term);
                                sum = more;
                            }
                        }
                        V out = algebra.rescale(sum);
                        algebra.release(sum);
                        return out;
                    });
        }

        @Override
        public List<V> refresh(List<V> weights) {
            return map(weights.size(), p -> algebra.refresh(weights.get(p)));
        }

        @Override
        public void release(List<V> weights) {
            weights.forEach(algebra::release);
        }

        private List<V> map(int count, IntFunction<V> function) {
            return WeightArithmetic.map(algebra, count, function);
        }
    }
}
