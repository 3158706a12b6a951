package io.github.hecnn.ckks.cost;

/** An operation that has a price. Two components in and out unless said otherwise; the level is that of its operands. */
public enum Operation {
    /** Rotation by itself. */
    ROTATION,
    /** Complex conjugation. */
    CONJUGATION,
    /** Three components brought back to two. */
    RELINEARIZATION,
    /** The decomposition that hoisted rotations share. */
    DECOMPOSITION,
    /** A hoisted rotation after the decomposition: {@link #KEY_PRODUCT} and {@link #DIVISION}. */
    HOISTED_ROTATION,
    /** Digits times key, left modulo Q and P: a hoisted rotation whose sum is divided, not itself. */
    KEY_PRODUCT,
    /** The division of a key product, or of a sum of them, by the special primes. */
    DIVISION,
    /** Product of two ciphertexts, three components out. */
    MULTIPLICATION,
    /** A further term of a sum of products of two ciphertexts. */
    PRODUCT_TERM,
    /** Product with an encoded vector. */
    PLAIN_MULTIPLICATION,
    /** A further term of a sum of products with encoded vectors. */
    PLAIN_TERM,
    /** Product with a real constant. */
    CONSTANT_MULTIPLICATION,
    /** Division by the last prime, one level down. */
    RESCALE,
    /** An operand brought to a lower level and its scale; its price is that of one level above the target. */
    ALIGNMENT,
    /** Addition, subtraction, or product with an integer. */
    ADDITION,
    /** A value brought back up; its price does not depend on the level, see {@link OperationPrices#withRefresh}. */
    REFRESH
}
