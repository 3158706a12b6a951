package io.github.hecnn.ckks.error;

/** Bytes that are not what their reader expects: truncated, altered, of another kind or of another version. */
public class FormatException extends HeException {
    private static final long serialVersionUID = 1L;

    /**
     * An error with its text.
     *
     * @param message operation, what was expected, what was found, how to mend it
     */
    public FormatException(String message) {
        super(message);
    }
}
