package io.github.hecnn.ckks.error;

/** Scales do not fit: operands of different scale degree, or an operation on a value of the wrong scale degree. */
public class ScaleException extends HeException {
    private static final long serialVersionUID = 1L;

    /**
     * An error with its text.
     *
     * @param message operation, what was expected, what was found, how to mend it
     */
    public ScaleException(String message) {
        super(message);
    }
}
