package io.github.hecnn.mlr.plan;

import java.io.Serializable;

/**
 * Why a training does not fit at a ring degree. Immutable.
 *
 * @param kind what stands in the way
 * @param expected the most that is allowed, in units of the kind; 0 for {@link Kind#LAYOUT} and {@link Kind#PARAMETERS}
 * @param found the least that is needed, in the same units; 0 for these kinds
 * @param text expected, found, what to do
 * @serial exclude
 */
@SuppressWarnings("InvalidBlockTag") // without it javadoc asks for comments on the fields of a record
public record PlanRefusal(Kind kind, long expected, long found, String text) implements Serializable {
    /** What stands in the way. */
    public enum Kind {
        /** The recipe has no layout for so many slots. */
        LAYOUT,
        /** Too many uploads, in ciphertexts. */
        UPLOADS,
        /** Too many levels for any chain, in levels. */
        LEVELS,
        /** A modulus that is not secure, in bits of QP. */
        SECURITY,
        /** Too much memory, in bytes. */
        MEMORY,
        /** Sizes of primes that no parameters have. */
        PARAMETERS
    }

    /** Whether fewer iterations are the only change of the training that can help. */
    boolean isOfDepth() {
        return kind == Kind.LEVELS || kind == Kind.SECURITY || kind == Kind.PARAMETERS;
    }
}
