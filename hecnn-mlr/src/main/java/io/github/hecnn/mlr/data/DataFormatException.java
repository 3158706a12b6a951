package io.github.hecnn.mlr.data;

/** A file's content is not what its format demands. The message names the file, the line or offset, what was expected and found. */
public final class DataFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * With a message that stands alone.
     *
     * @param message file, place, expected, found, fix
     */
    public DataFormatException(String message) {
        super(message);
    }

    /**
     * With a message that stands alone, and where it comes from.
     *
     * @param message file, place, expected, found, fix
     * @param cause what failed underneath
     */
    public DataFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
