package io.github.hecnn.ckks.serial;

import java.util.zip.CRC32C;

/** The checksums of the format. */
final class Checksum {
    static final int BYTES = 4;

    private Checksum() {}

    static int of(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** Depends on the file and on the place in it, so that a chunk put elsewhere does not pass either. */
    static int ofChunk(int headerChecksum, int number, byte[] bytes, int length) {
        byte[] place = new byte[8];
        LittleEndian.putInt(place, 0, headerChecksum);
        LittleEndian.putInt(place, 4, number);
        CRC32C crc = new CRC32C();
        crc.update(place, 0, place.length);
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** Appends the four bytes of a number. */
    static void append(CRC32C crc, int value) {
        byte[] b = new byte[BYTES];
        LittleEndian.putInt(b, 0, value);
        crc.update(b, 0, BYTES);
    }
}
