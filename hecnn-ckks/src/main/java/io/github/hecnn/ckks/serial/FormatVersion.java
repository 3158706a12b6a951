package io.github.hecnn.ckks.serial;

import java.util.Optional;

/**
 * Versions of the wire format. Any change of a stored byte is a new version, and so is a change of what a seed expands to,
 * since seeds are stored in place of polynomials. A file says its version right after the magic; a reader refuses one that it
 * does not know.
 */
public enum FormatVersion {
    /** The first one. */
    V1(1);

    /** The version that is written. */
    public static final FormatVersion CURRENT = V1;

    private final int number;

    FormatVersion(int number) {
        this.number = number;
    }

    /**
     * The number in the file.
     *
     * @return 1..255
     */
    public int number() {
        return number;
    }

    /**
     * The version of a number.
     *
     * @param number as found in a file
     * @return the version, or nothing if this library cannot read it
     */
    public static Optional<FormatVersion> of(int number) {
        for (FormatVersion v : values()) {
            if (v.number == number) {
                return Optional.of(v);
            }
        }
        return Optional.empty();
    }
}
