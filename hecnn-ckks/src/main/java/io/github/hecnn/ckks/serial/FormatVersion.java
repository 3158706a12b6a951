package io.github.hecnn.ckks.serial;

import java.util.Optional;

/**
 * Versions of the wire format. Any change of a stored byte is a new version, and so is a change of what a seed expands to,
 * since seeds are stored in place of polynomials. A file says its version right after the magic; a reader refuses one that it
 * does not know, and reads all that it does.
 */
public enum FormatVersion {
    /** The first one; its files do not tell the key pair, so what is read from them goes with every key. */
    V1(1, 28),

    /** The header has the fingerprint of the key pair, too, and public keys have a special prime; all else is as in version 1. */
    V2(2, 44);

    /** The version that is written. */
    public static final FormatVersion CURRENT = V2;

    private final int number;
    private final int headerBytes;

    FormatVersion(int number, int headerBytes) {
        this.number = number;
        this.headerBytes = headerBytes;
    }

    /** {@return the number in the file, 1..255} */
    public int number() {
        return number;
    }

    /** Length of the header, its checksum included. */
    int headerBytes() {
        return headerBytes;
    }

    /** All numbers, for messages. */
    static String numbers() {
        StringBuilder s = new StringBuilder();
        for (FormatVersion v : values()) {
            s.append(s.length() == 0 ? "" : " or ").append(v.number);
        }
        return s.toString();
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
