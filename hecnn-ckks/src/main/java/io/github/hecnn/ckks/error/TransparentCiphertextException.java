package io.github.hecnn.ckks.error;

/**
 * A result would hide nothing: every component but the first is zero, so that anybody can read its slots without a key. It comes of
 * a difference of a ciphertext with itself, or of a product with zero.
 */
public final class TransparentCiphertextException extends HeException {
    private static final long serialVersionUID = 1L;

    /**
     * A result that anybody could read.
     *
     * @param operation what was asked for
     */
    public TransparentCiphertextException(String operation) {
        super(operation
                + ": expected a result that hides its slots, found one whose second component is zero, which anybody"
                + " can read; leave the operation out, or ask for such results with allowingTransparent()");
    }
}
