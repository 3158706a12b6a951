package io.github.hecnn.ckks.serial;

import io.github.hecnn.core.rns.RnsBasis;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** The bytes of a golden file, row by row: a description of the format that is held against the file as it is made. */
final class FormatRows {
    private static final int SHOWN_BYTES = 8;

    private final byte[] file;
    private final List<String> lines = new ArrayList<>();
    private final CRC32C checksums = new CRC32C();
    private int at;
    private int chunkAt;
    private int chunks;

    FormatRows(byte[] file) {
        this.file = file;
    }

    /** Rows are shown from here on only. */
    FormatRows hidden() {
        lines.clear();
        return this;
    }

    private FormatRows row(int bytes, String what) {
        if (at + bytes > file.length) {
            throw new AssertionError(what + " at " + at + ": " + bytes + " bytes in a file of " + file.length);
        }
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < Math.min(bytes, SHOWN_BYTES); i++) {
            hex.append(i == 0 ? "" : " ").append(String.format("%02x", file[at + i]));
        }
        lines.add(
                "| " + at + " | " + bytes + " | " + what + " | `" + hex + (bytes > SHOWN_BYTES ? " ..`" : "`") + " |");
        at += bytes;
        return this;
    }

    /** Bytes of any value. */
    FormatRows bytes(int bytes, String what) {
        return row(bytes, what);
    }

    /** A little-endian number of known value. */
    FormatRows number(int bytes, long expected, String what) {
        ByteBuffer b = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        b.put(file, at, bytes);
        if (b.getLong(0) != expected) {
            throw new AssertionError(what + " at " + at + ": expected " + expected + ", found " + b.getLong(0));
        }
        return row(bytes, what);
    }

    FormatRows number(double expected, String what) {
        return number(Double.BYTES, Double.doubleToRawLongBits(expected), what);
    }

    FormatRows text(String expected, String what) {
        for (int i = 0; i < expected.length(); i++) {
            if (file[at + i] != expected.charAt(i)) {
                throw new AssertionError(what + " at " + at + ": expected " + expected);
            }
        }
        return row(expected.length(), what);
    }

    /** The header, of which the checksum is computed again. */
    FormatRows header(WireType type, long parametersId, long pairHigh, long pairLow) {
        text("HECNN", "`HECNN`");
        number(1, FormatVersion.V2.number(), "version of the format");
        number(1, type.tag(), "type: " + type.text());
        number(1, 0, "zero");
        number(8, parametersId, "id of the parameters");
        number(8, (long) file.length - 44, "number of bytes after the header");
        number(8, pairHigh, "id of the key pair, high half");
        number(8, pairLow, "id of the key pair, low half");
        CRC32C crc = new CRC32C();
        crc.update(file, 0, at);
        number(4, crc.getValue(), "CRC32C of the 40 bytes before");
        chunkAt = at;
        return this;
    }

    /** The end of a chunk: CRC32C over the header's checksum, the number of the chunk and its bytes. */
    FormatRows checksum() {
        CRC32C crc = new CRC32C();
        crc.update(file, 40, 4);
        crc.update(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(chunks)
                .array());
        crc.update(file, chunkAt, at - chunkAt);
        number(4, crc.getValue(), "checksum of chunk " + chunks);
        checksums.update(file, at - 4, 4);
        chunkAt = at;
        chunks++;
        return this;
    }

    /** A chunk for each prime of a basis. */
    FormatRows polynomial(RnsBasis basis, String what) {
        for (int i = 0; i < basis.size(); i++) {
            long q = basis.modulus(i).value();
            int bits = 64 - Long.numberOfLeadingZeros(q - 1);
            row(basis.degree() * bits / 8, what + ", residues modulo " + q + ", " + bits + " bits each");
            checksum();
        }
        return this;
    }

    FormatRows seed() {
        return bytes(32, "seed").checksum();
    }

    /** The end chunk, and nothing after it. */
    List<String> end() {
        text("END.", "`END.`");
        number(4, chunks, "number of chunks before");
        number(4, checksums.getValue(), "CRC32C over the checksums of all of them");
        checksum();
        if (at != file.length) {
            throw new AssertionError("expected the end at " + at + ", found " + file.length + " bytes");
        }
        return lines();
    }

    /** What there is, of a file of which only the beginning is kept. */
    List<String> lines() {
        List<String> out =
                new ArrayList<>(Arrays.asList("| offset | bytes | what | golden file |", "|---|---|---|---|"));
        out.addAll(lines);
        return out;
    }
}
