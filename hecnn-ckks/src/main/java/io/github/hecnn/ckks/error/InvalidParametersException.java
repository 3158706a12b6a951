package io.github.hecnn.ckks.error;

/** Parameters, settings or constants that the scheme cannot work with, or that would not be secure. */
public class InvalidParametersException extends HeException {
    private static final long serialVersionUID = 1L;

    /**
     * An error with its text.
     *
     * @param message operation, what was expected, what was found, how to mend it
     */
    public InvalidParametersException(String message) {
        super(message);
    }

    /**
     * An error with its text and what led to it.
     *
     * @param message operation, what was expected, what was found, how to mend it
     * @param cause what led to it
     */
    public InvalidParametersException(String message, Throwable cause) {
        super(message, cause);
    }
}
