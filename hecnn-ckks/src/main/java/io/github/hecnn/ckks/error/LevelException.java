package io.github.hecnn.ckks.error;

/** A value has too few levels left for what is asked of it, or a level outside its chain is named. */
public class LevelException extends HeException {
    private static final long serialVersionUID = 1L;

    /**
     * An error with its text.
     *
     * @param message operation, what was expected, what was found, how to mend it
     */
    public LevelException(String message) {
        super(message);
    }
}
