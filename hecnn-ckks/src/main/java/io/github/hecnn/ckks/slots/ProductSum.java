package io.github.hecnn.ckks.slots;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import java.util.ArrayList;
import java.util.List;

/**
 * Several sums of products with the same left factors, one left factor at a time: sum k is that of x * factor k over all x added. Unlike
 * {@link SlotAlgebra#sumOfProducts} no list of factors is held: of a data set on disk one value is in memory, and is read once for all
 * sums. Counted as the products and additions it consists of. Not thread-safe.
 *
 * @param <V> a vector of slots; immutable
 */
public final class ProductSum<V> {
    private final SlotAlgebra<V> algebra;
    private final int size;
    private List<V> sums = List.of();

    /**
     * Sums with nothing in them.
     *
     * @param algebra does the work
     * @param size number of sums, at least 1
     * @throws InvalidParametersException for another number
     */
    public ProductSum(SlotAlgebra<V> algebra, int size) {
        if (size < 1) {
            throw new InvalidParametersException(
                    "ProductSum: expected at least 1 sum, found " + size + "; give the number of right factors");
        }
        this.algebra = algebra;
        this.size = size;
    }

    /**
     * Adds x * factors[k] to every sum k. Levels may differ: a sum is at the lowest level of all that went into it. If this throws, no sum has
     * changed.
     *
     * @param x a value of scale degree 1 and two components
     * @param factors one such value for every sum
     * @throws MismatchException if there is not one factor for every sum
     * @throws io.github.hecnn.ckks.error.ScaleException if an operand has scale degree 2
     */
    public void add(V x, List<V> factors) {
        if (factors.size() != size) {
            throw new MismatchException("ProductSum.add: expected " + size + " factors, found " + factors.size()
                    + "; give one for every sum");
        }
        List<V> next = new ArrayList<>(size);
        for (int k = 0; k < size; k++) {
            V product = algebra.multiplyNoRelin(x, factors.get(k));
            if (sums.isEmpty()) {
                next.add(product);
            } else {
                next.add(algebra.add(sums.get(k), product));
                algebra.release(product);
            }
        }
        sums = List.copyOf(next);
    }

    /**
     * The sums so far, neither relinearised nor rescaled; more can be added afterwards.
     *
     * @return [k] scale degree 2, three components; unmodifiable
     * @throws MismatchException if nothing has been added
     */
    public List<V> sums() {
        if (sums.isEmpty()) {
            throw new MismatchException("ProductSum.sums: expected at least 1 term, found none; add one first");
        }
        return sums;
    }
}
