package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.keys.KeyPairId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** A file taken apart into header and chunks, which can be changed and put together again with checksums that fit. */
final class WireParts {
    private static final int VERSION_AT = 5;
    private static final int LENGTH_AT = 16;
    private static final int PAIR_AT = 24;

    byte[] header;
    final List<byte[]> chunks;

    private WireParts(byte[] header, List<byte[]> chunks) {
        this.header = header;
        this.chunks = chunks;
    }

    /** Finds the chunks of an intact file by their checksums alone; the end chunk is left out. */
    static WireParts of(byte[] file) {
        int at = FormatVersion.of(file[VERSION_AT]).orElseThrow().headerBytes();
        WireParts parts = new WireParts(Arrays.copyOf(file, at), new ArrayList<>());
        int headerChecksum = LittleEndian.getInt(file, at - Checksum.BYTES);
        while (at < file.length) {
            CRC32C crc = new CRC32C();
            Checksum.append(crc, headerChecksum);
            Checksum.append(crc, parts.chunks.size());
            int end = at;
            while ((int) crc.getValue() != LittleEndian.getInt(file, end)) {
                crc.update(file[end++]);
            }
            parts.chunks.add(Arrays.copyOfRange(file, at, end));
            at = end + Checksum.BYTES;
        }
        parts.chunks.remove(parts.chunks.size() - 1);
        return parts;
    }

    WireParts copy() {
        List<byte[]> copies = new ArrayList<>();
        chunks.forEach(c -> copies.add(c.clone()));
        return new WireParts(header.clone(), copies);
    }

    void pair(KeyPairId pair) {
        LittleEndian.putLong(header, PAIR_AT, pair.high());
        LittleEndian.putLong(header, PAIR_AT + Long.BYTES, pair.low());
    }

    /** The same file as version 1 had it. */
    WireParts asVersion1() {
        header = Arrays.copyOf(header, FormatVersion.V1.headerBytes());
        header[VERSION_AT] = 1;
        return this;
    }

    /** Makes the header promise the bytes there are. */
    WireParts withItsLength() {
        long payload = WireSizes.payload(0);
        for (byte[] c : chunks) {
            payload += c.length + Checksum.BYTES;
        }
        LittleEndian.putLong(header, LENGTH_AT, payload);
        return this;
    }

    /** The file, with all checksums computed anew. */
    byte[] sealed() {
        return WireFixture.bytes(out -> {
            byte[] head = header.clone();
            int checksumAt = head.length - Checksum.BYTES;
            int headerChecksum = Checksum.of(head, checksumAt);
            LittleEndian.putInt(head, checksumAt, headerChecksum);
            out.write(head);
            CRC32C all = new CRC32C();
            for (int k = 0; k < chunks.size(); k++) {
                out.write(chunk(headerChecksum, k, chunks.get(k), all));
            }
            byte[] end = Arrays.copyOf(ChunkWriter.END, ChunkWriter.END_BYTES - Checksum.BYTES);
            LittleEndian.putInt(end, 4, chunks.size());
            LittleEndian.putInt(end, 8, (int) all.getValue());
            out.write(chunk(headerChecksum, chunks.size(), end, all));
        });
    }

    private static byte[] chunk(int headerChecksum, int number, byte[] data, CRC32C all) {
        byte[] sealed = Arrays.copyOf(data, data.length + Checksum.BYTES);
        int checksum = Checksum.ofChunk(headerChecksum, number, data, data.length);
        LittleEndian.putInt(sealed, data.length, checksum);
        Checksum.append(all, checksum);
        return sealed;
    }
}
