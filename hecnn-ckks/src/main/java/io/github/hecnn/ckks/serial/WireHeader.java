package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.error.FormatException;
import io.github.hecnn.ckks.keys.KeyPairId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The first bytes of every file: 44, or 28 in version 1.
 *
 * @param version version of the format
 * @param type what the file holds
 * @param parametersId id of the parameter set
 * @param keyPairId fingerprint of the key pair; unknown in version 1, and in files that belong to none
 * @param payloadBytes number of bytes after the header
 */
record WireHeader(FormatVersion version, WireType type, long parametersId, KeyPairId keyPairId, long payloadBytes) {
    /** Of the version that is written. */
    static final int BYTES = FormatVersion.CURRENT.headerBytes();

    private static final byte[] MAGIC = "HECNN".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION_AT = 5;
    private static final int TYPE_AT = 6;
    private static final int ZERO_AT = 7;
    private static final int ID_AT = 8;
    private static final int LENGTH_AT = 16;
    private static final int PAIR_AT = 24;
    private static final int BEGIN_BYTES = 8;

    /** Other files of the project go on with a letter where the version is. */
    private static final int MOST_VERSIONS = 31;

    /** A header of the version that is written. */
    WireHeader(WireType type, long parametersId, KeyPairId keyPairId, long payloadBytes) {
        this(FormatVersion.CURRENT, type, parametersId, keyPairId, payloadBytes);
    }

    /** Length of this header. */
    int bytes() {
        return version.headerBytes();
    }

    byte[] toBytes() {
        byte[] b = Arrays.copyOf(MAGIC, bytes());
        b[VERSION_AT] = (byte) version.number();
        b[TYPE_AT] = (byte) type.tag();
        LittleEndian.putLong(b, ID_AT, parametersId);
        LittleEndian.putLong(b, LENGTH_AT, payloadBytes);
        if (version != FormatVersion.V1) {
            LittleEndian.putLong(b, PAIR_AT, keyPairId.high());
            LittleEndian.putLong(b, PAIR_AT + Long.BYTES, keyPairId.low());
        }
        int checksumAt = checksumAt(version);
        LittleEndian.putInt(b, checksumAt, Checksum.of(b, checksumAt));
        return b;
    }

    /** Identifies the file; all chunk checksums depend on it. */
    int checksum() {
        return LittleEndian.getInt(toBytes(), checksumAt(version));
    }

    private static int checksumAt(FormatVersion version) {
        return version.headerBytes() - Checksum.BYTES;
    }

    /** Reads and checks a header in the order in which a mistake is best explained. */
    static WireHeader read(InputStream in, WireType expected, String operation) throws IOException {
        byte[] begin = in.readNBytes(BEGIN_BYTES);
        String wanted = operation + ": expected " + expected.text();
        if (!startsWithMagic(begin)) {
            throw new FormatException(wanted + " that begins with HECNN, found "
                    + (begin.length == 0 ? "no bytes at all" : "a foreign file that begins with " + hex(begin))
                    + "; check the name of the file");
        }
        if (begin.length <= VERSION_AT) {
            throw truncated(wanted, BYTES, begin.length);
        }
        int number = LittleEndian.getUnsignedByte(begin, VERSION_AT);
        FormatVersion version = FormatVersion.of(number)
                .orElseThrow(() -> new FormatException(operation + ": expected format version "
                        + FormatVersion.numbers() + ", found version " + number
                        + "; use the version of hecnn that wrote the file, or write it again"));
        int length = version.headerBytes();
        byte[] b = Arrays.copyOf(begin, length);
        int found = begin.length + in.readNBytes(b, begin.length, length - begin.length);
        if (found < length) {
            throw truncated(wanted, length, found);
        }
        int stored = LittleEndian.getInt(b, checksumAt(version));
        int computed = Checksum.of(b, checksumAt(version));
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
        KeyPairId pair = version == FormatVersion.V1
                ? KeyPairId.UNKNOWN
                : new KeyPairId(LittleEndian.getLong(b, PAIR_AT), LittleEndian.getLong(b, PAIR_AT + Long.BYTES));
        if (pair.known() && !expected.hasKeyPair()) {
            throw new FormatException(operation + ": expected no key pair in the header of " + expected.text()
                    + ", found " + pair + "; the file was not written by hecnn");
        }
        return new WireHeader(
                version, expected, LittleEndian.getLong(b, ID_AT), pair, LittleEndian.getLong(b, LENGTH_AT));
    }

    /** Whether bytes begin with the magic and go on long enough to tell the kind. */
    static boolean startsLikeOne(byte[] begin) {
        return begin.length > TYPE_AT && startsWithMagic(begin) && begin[VERSION_AT] <= MOST_VERSIONS;
    }

    private static boolean startsWithMagic(byte[] b) {
        int n = Math.min(b.length, MAGIC.length);
        return n > 0 && Arrays.equals(b, 0, n, MAGIC, 0, n);
    }

    private static String hex(byte[] b) {
        return HexFormat.ofDelimiter(" ").formatHex(b, 0, Math.min(b.length, 8));
    }

    private static FormatException truncated(String wanted, int bytes, int found) {
        return new FormatException(wanted + " with a header of " + bytes + " bytes, found the end after " + found
                + "; the file is truncated, copy it again");
    }
}
