package io.github.hecnn.ckks.serial;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Writes the header, the chunks in order, and the end chunk. Only {@link #seal} may be called by several threads. */
final class ChunkWriter {
    static final byte[] END = "END.".getBytes(StandardCharsets.US_ASCII);
    static final int END_BYTES = 12 + Checksum.BYTES;

    private final OutputStream out;
    private final long payloadBytes;
    private final int headerChecksum;
    private final CRC32C all = new CRC32C();
    private int chunks;
    private long written;

    ChunkWriter(OutputStream out, WireHeader header) throws IOException {
        this.out = out;
        this.payloadBytes = header.payloadBytes();
        this.headerChecksum = header.checksum();
        out.write(header.toBytes());
    }

    /** The number of the chunk that is emitted next. */
    int nextNumber() {
        return chunks;
    }

    /** Puts the checksum after the data, where there must be room for it. */
    void seal(byte[] chunk, int length, int number) {
        LittleEndian.putInt(chunk, length, Checksum.ofChunk(headerChecksum, number, chunk, length));
    }

    /** Writes a chunk that was sealed with the next number. */
    void emit(byte[] sealed, int length) throws IOException {
        Checksum.append(all, LittleEndian.getInt(sealed, length));
        chunks++;
        send(sealed, length + Checksum.BYTES);
    }

    /** Seals and writes a small chunk. */
    void write(byte[] data) throws IOException {
        byte[] chunk = Arrays.copyOf(data, data.length + Checksum.BYTES);
        seal(chunk, data.length, chunks);
        emit(chunk, data.length);
    }

    /** Writes the end chunk. The stream is left open. */
    void finish() throws IOException {
        byte[] end = Arrays.copyOf(END, END_BYTES);
        LittleEndian.putInt(end, 4, chunks);
        LittleEndian.putInt(end, 8, (int) all.getValue());
        seal(end, 12, chunks);
        send(end, END_BYTES);
        out.flush();
        if (written != payloadBytes) {
            throw new IllegalStateException("write: expected " + payloadBytes + " bytes after the header, found "
                    + written + " written; report this as a bug");
        }
    }

    private void send(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        written += length;
    }
}
