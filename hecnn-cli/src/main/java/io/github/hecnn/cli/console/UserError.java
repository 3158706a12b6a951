package io.github.hecnn.cli.console;

/** Something the user can put right; its message is one line: {@code operation: expected ..., found ...; fix}. */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * With the line to print.
     *
     * @param message one line
     */
    public UserError(String message) {
        super(message);
    }

    /**
     * With the line to print and what led to it.
     *
     * @param message one line
     * @param cause what led to it
     */
    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
