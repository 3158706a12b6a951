package io.github.hecnn.ckks.error;

/** Things that do not belong together: other parameters, other shapes, other sizes, a wrong number of components. */
public class MismatchException extends HeException {
    private static final long serialVersionUID = 1L;

    /**
     * An error with its text.
     *
     * @param message operation, what was expected, what was found, how to mend it
     */
    public MismatchException(String message) {
        super(message);
    }
}
