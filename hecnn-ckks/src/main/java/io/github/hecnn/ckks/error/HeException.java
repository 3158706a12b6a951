package io.github.hecnn.ckks.error;

/**
 * Root of everything that can go wrong in homomorphic computation. Unchecked: these are mistakes in the circuit, the keys or the
 * input that the caller mends once, not conditions to be handled at every call.
 *
 * <p>Texts have the form {@code operation: expected ..., found ...; fix}.
 */
public class HeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An error with its text.
     *
     * @param message operation, what was expected, what was found, how to mend it
     */
    public HeException(String message) {
        super(message);
    }

    /**
     * An error with its text and what led to it.
     *
     * @param message operation, what was expected, what was found, how to mend it
     * @param cause what led to it
     */
    public HeException(String message, Throwable cause) {
        super(message, cause);
    }
}
