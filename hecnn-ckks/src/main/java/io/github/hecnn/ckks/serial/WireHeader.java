package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.error.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The first 28 bytes of every file.
 *
 * @param type what the file holds
 * @param parametersId id of the parameter set
 * @param payloadBytes number of bytes after the header
 */
record WireHeader(WireType type, long parametersId, long payloadBytes) {
    static final int BYTES = 28;

    private static final byte[] MAGIC = "HECNN".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION_AT = 5;
    private static final int TYPE_AT = 6;
    private static final int ZERO_AT = 7;
    private static final int ID_AT = 8;
    private static final int LENGTH_AT = 16;
    private static final int CHECKSUM_AT = 24;

    byte[] toBytes() {
        byte[] b = Arrays.copyOf(MAGIC, BYTES);
        b[VERSION_AT] = (byte) FormatVersion.CURRENT.number();
        b[TYPE_AT] = (byte) type.tag();
        LittleEndian.putLong(b, ID_AT, parametersId);
        LittleEndian.putLong(b, LENGTH_AT, payloadBytes);
        LittleEndian.putInt(b, CHECKSUM_AT, Checksum.of(b, CHECKSUM_AT));
        return b;
    }

    /** Identifies the file; all chunk checksums depend on it. */
    int checksum() {
        return LittleEndian.getInt(toBytes(), CHECKSUM_AT);
    }

    /** Reads and checks a header in the order in which a mistake is best explained. */
    static WireHeader read(InputStream in, WireType expected, String operation) throws IOException {
        byte[] b = in.readNBytes(BYTES);
        String wanted = operation + ": expected " + expected.text();
        if (!startsWithMagic(b)) {
            throw new FormatException(wanted + " that begins with HECNN, found "
                    + (b.length == 0 ? "no bytes at all" : "a foreign file that begins with " + hex(b))
                    + "; check the name of the file");
        }
        if (b.length <= VERSION_AT) {
            throw truncated(wanted, b.length);
        }
        int version = LittleEndian.getUnsignedByte(b, VERSION_AT);
        if (FormatVersion.of(version).isEmpty()) {
            throw new FormatException(
                    operation + ": expected format version " + FormatVersion.CURRENT.number() + ", found version "
                            + version + "; use the version of hecnn that wrote the file, or write it again");
        }
        if (b.length < BYTES) {
            throw truncated(wanted, b.length);
        }
        int stored = LittleEndian.getInt(b, CHECKSUM_AT);
        int computed = Checksum.of(b, CHECKSUM_AT);
        if (stored != computed) {
            throw new FormatException(String.format(
                    "%s: expected header checksum %08x, found %08x; the file is damaged, copy it again",
                    operation, computed, stored));
        }
        int tag = LittleEndian.getUnsignedByte(b, TYPE_AT);
        if (tag != expected.tag()) {
            throw new FormatException(wanted + ", found " + WireType.describe(tag) + "; check which file goes where");
        }
        if (b[ZERO_AT] != 0) {
            throw new FormatException(operation + ": expected a zero in byte " + ZERO_AT + " of the header, found "
                    + LittleEndian.getUnsignedByte(b, ZERO_AT) + "; the file was not written by hecnn");
        }
        return new WireHeader(expected, LittleEndian.getLong(b, ID_AT), LittleEndian.getLong(b, LENGTH_AT));
    }

    private static boolean startsWithMagic(byte[] b) {
        int n = Math.min(b.length, MAGIC.length);
        return n > 0 && Arrays.equals(b, 0, n, MAGIC, 0, n);
    }

    private static String hex(byte[] b) {
        return HexFormat.ofDelimiter(" ").formatHex(b, 0, Math.min(b.length, 8));
    }

    private static FormatException truncated(String wanted, int found) {
        return new FormatException(wanted + " with a header of " + BYTES + " bytes, found the end after " + found
                + "; the file is truncated, copy it again");
    }
}
