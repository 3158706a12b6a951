package io.github.hecnn.mlr.encoder.image;

import io.github.hecnn.mlr.data.DataFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The frame of a PNG file: chunks with checksums up to the end mark, which the platform's reader does not look at. */
final class PngChunks {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int FRAME = 12; // length, type, checksum

    private PngChunks() {}

    static boolean isPng(byte[] bytes) {
        for (int i = 0; i < 4; i++) {
            if (bytes.length <= i || bytes[i] != SIGNATURE[i]) {
                return false;
            }
        }
        return true;
    }

    /** Refuses a file that is cut off or has a changed byte. */
    static void check(String place, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        for (byte b : SIGNATURE) {
            if (!in.hasRemaining() || in.get() != b) {
                throw damaged(place, 0, "the signature of PNG", "other bytes");
            }
        }
        String type;
        do {
            int start = in.position();
            if (in.remaining() < FRAME) {
                throw damaged(place, start, "more of the image", "the end of the file");
            }
            int length = in.getInt();
            if (length < 0 || length > in.remaining() - 8) {
                throw damaged(place, start, "a part within the file", Integer.toUnsignedString(length) + " bytes");
            }
            CRC32 crc = new CRC32();
            crc.update(bytes, start + 4, 4 + length);
            type = new String(bytes, start + 4, 4, StandardCharsets.ISO_8859_1);
            in.position(start + 8 + length);
            if (in.getInt() != (int) crc.getValue()) {
                throw damaged(place, start, "the checksum of the part", "another");
            }
        } while (!type.equals("IEND"));
    }

    private static DataFormatException damaged(String place, int offset, String expected, String found) {
        return new DataFormatException(place + ", offset " + offset + ": expected a sound PNG image with " + expected
                + ", found " + found + "; copy it again, or remove it");
    }
}
