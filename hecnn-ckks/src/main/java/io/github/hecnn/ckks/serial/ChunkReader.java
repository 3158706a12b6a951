package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.error.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Reads chunks in order and never beyond what the header promised. Only {@link #check} may be called by several threads. */
final class ChunkReader {
    private final InputStream in;
    private final String operation;
    private final int headerChecksum;
    private final int headerBytes;
    private final long payloadBytes;
    private final CRC32C all = new CRC32C();
    private long remaining;
    private int chunks;

    ChunkReader(InputStream in, WireHeader header, String operation) {
        this.in = in;
        this.operation = operation;
        this.headerChecksum = header.checksum();
        this.headerBytes = header.bytes();
        this.payloadBytes = header.payloadBytes();
        this.remaining = payloadBytes;
    }

    /** Bytes the header promised and nobody has read yet, end chunk included. */
    long remaining() {
        return remaining;
    }

    /** Refuses a file whose size is not the one that its content must have. */
    void requirePayload(long expected, String what) {
        if (payloadBytes != expected) {
            throw new FormatException(operation + ": expected " + expected + " bytes after the header for " + what
                    + ", found " + Long.toUnsignedString(payloadBytes) + " promised by it; the file was not written for"
                    + " these parameters");
        }
    }

    /** The number of the chunk that is filled next. */
    int nextNumber() {
        return chunks;
    }

    /** Fetches a chunk with its checksum, unchecked, into an array with room for both. */
    void fill(byte[] chunk, int length, String what) throws IOException {
        long wanted = (long) length + Checksum.BYTES;
        if (wanted > remaining) {
            throw new FormatException(operation + ": expected " + wanted + " bytes for " + what + ", found only "
                    + remaining + " left of those that the header promises; the file is damaged, write it again");
        }
        int found = in.readNBytes(chunk, 0, (int) wanted);
        if (found < wanted) {
            long at = headerBytes + payloadBytes - remaining + found;
            throw new FormatException(operation + ": expected " + (headerBytes + payloadBytes)
                    + " bytes, found the end after " + at + ", in " + what
                    + "; the file is truncated, copy it again");
        }
        remaining -= wanted;
        Checksum.append(all, LittleEndian.getInt(chunk, length));
        chunks++;
    }

    /** Checks a fetched chunk. */
    void check(byte[] chunk, int length, int number, String what) {
        int stored = LittleEndian.getInt(chunk, length);
        int computed = Checksum.ofChunk(headerChecksum, number, chunk, length);
        if (stored != computed) {
            throw new FormatException(String.format(
                    "%s: expected checksum %08x for %s (chunk %d), found %08x; the file is damaged, copy it again",
                    operation, computed, what, number, stored));
        }
    }

    /** Fetches and checks a small chunk. */
    byte[] read(int length, String what) throws IOException {
        byte[] chunk = new byte[length + Checksum.BYTES];
        int number = chunks;
        fill(chunk, length, what);
        check(chunk, length, number, what);
        return Arrays.copyOf(chunk, length);
    }

    /** Reads the end chunk and makes sure that nothing follows. */
    void finish() throws IOException {
        int before = chunks;
        int checksums = (int) all.getValue();
        byte[] end = read(ChunkWriter.END_BYTES - Checksum.BYTES, "the end mark");
        if (!Arrays.equals(end, 0, 4, ChunkWriter.END, 0, 4)
                || LittleEndian.getInt(end, 4) != before
                || LittleEndian.getInt(end, 8) != checksums) {
            throw new FormatException(operation + ": expected an end mark after " + before
                    + " chunks, found something else; the file is damaged, write it again");
        }
        if (remaining != 0 || in.read() >= 0) {
            throw new FormatException(operation + ": expected the end after "
                    + (headerBytes + payloadBytes - remaining)
                    + " bytes, found more; something was appended to the file, cut it off or write the file again");
        }
    }
}
