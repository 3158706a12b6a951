package io.github.hecnn.ckks.volley;

import io.github.hecnn.ckks.error.MismatchException;
import java.util.List;

/**
 * An encrypted matrix in one of the forms of {@link VolleyLayout}, at any level; which levels and scales an operation takes is said there. Immutable.
 *
 * @param layout where its entries lie
 * @param role which of the matrices of the layout it is
 * @param values its values; unmodifiable
 * @param <V> values of a slot algebra
 */
public record VolleyMatrix<V>(VolleyLayout layout, Role role, List<V> values) {
    /** Which matrix of the layout. */
    public enum Role {
        /** A: one value for each pair of vectors, tile by tile. */
        LEFT,
        /** B transposed: one value for each tile of columns of B and inner tile. */
        RIGHT,
        /** A B, or any matrix of its shape, with its entries in every column of their blocks: one real value a product vector. */
        PRODUCT,
        /** A B with its entries in the first columns of their blocks, and leftovers of the sums in the others. */
        SUMS,
        /** A matrix of the shape of A B with its entries in the first columns of their blocks, and zeros in the others. */
        SPARSE
    }

    /**
     * Checks the number of values and copies the list.
     *
     * @param layout see the component
     * @param role see the component
     * @param values see the component
     * @throws MismatchException if there are more or fewer values than the layout has for that role
     */
    public VolleyMatrix {
        values = List.copyOf(values);
        int expected = switch (role) {
            case LEFT -> layout.pairs();
            case RIGHT -> layout.rightVectors();
            case PRODUCT, SUMS, SPARSE -> layout.productVectors();
        };
        if (values.size() != expected) {
            throw new MismatchException("VolleyMatrix: expected " + expected + " values for " + role + ", found "
                    + values.size() + "; encode and encrypt the matrix with the same layout");
        }
    }

    /**
     * Encrypted A.
     *
     * @param layout where its entries lie
     * @param values the encrypted vectors of {@link VolleyEncoder#left}, in their order
     * @param <V> values of a slot algebra
     * @return the matrix
     * @throws MismatchException if there are more or fewer values than pairs
     */
    public static <V> VolleyMatrix<V> left(VolleyLayout layout, List<V> values) {
        return new VolleyMatrix<>(layout, Role.LEFT, values);
    }

    /**
     * Encrypted B transposed.
     *
     * @param layout where its entries lie
     * @param values the encrypted vectors of {@link VolleyEncoder#right}, in their order
     * @param <V> values of a slot algebra
     * @return the matrix
     * @throws MismatchException if there are more or fewer values than the layout has for B
     */
    public static <V> VolleyMatrix<V> right(VolleyLayout layout, List<V> values) {
        return new VolleyMatrix<>(layout, Role.RIGHT, values);
    }

    /**
     * An encrypted matrix of the shape of A B, with its entries in every column of their blocks.
     *
     * @param layout where its entries lie
     * @param values the encrypted vectors of {@link VolleyEncoder#product}, or values computed slot by slot from a product
     * @param <V> values of a slot algebra
     * @return the matrix
     * @throws MismatchException if there are more or fewer values than product vectors
     */
    public static <V> VolleyMatrix<V> product(VolleyLayout layout, List<V> values) {
        return new VolleyMatrix<>(layout, Role.PRODUCT, values);
    }

    /**
     * An encrypted matrix of the shape of A B, with its entries in the first columns of their blocks and zeros in the others.
     *
     * @param layout where its entries lie
     * @param values the encrypted vectors of {@link VolleyEncoder#sparse}, or values computed from sums and masked
     * @param <V> values of a slot algebra
     * @return the matrix
     * @throws MismatchException if there are more or fewer values than product vectors
     */
    public static <V> VolleyMatrix<V> sparse(VolleyLayout layout, List<V> values) {
        return new VolleyMatrix<>(layout, Role.SPARSE, values);
    }

    /** Refuses a matrix of another layout or role. */
    void expect(String operation, VolleyLayout expectedLayout, Role... expectedRoles) {
        List<Role> roles = List.of(expectedRoles);
        if (!roles.contains(role) || !layout.equals(expectedLayout)) {
            throw new MismatchException(operation + ": expected a matrix of role " + roles + " and " + expectedLayout
                    + ", found one of role " + role + " and " + layout
                    + "; use one layout for all matrices of a product");
        }
    }
}
