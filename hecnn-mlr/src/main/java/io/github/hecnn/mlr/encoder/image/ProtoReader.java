package io.github.hecnn.mlr.encoder.image;

import java.nio.charset.StandardCharsets;

/** Walks over the fields of a message of protocol buffers, which is what an ONNX file is. */
final class ProtoReader {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private final byte[] bytes;
    private final int end;
    private int position;
    private int field;
    private long number;
    private int start;
    private int length;

    ProtoReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.end = end;
        position = start;
    }

    /** Goes to the next field; false at the end. Throws IllegalStateException on bytes that are no such message. */
    boolean next() {
        if (position == end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        start = position;
        length = 0;
        number = 0;
        switch ((int) (tag & 7)) {
            case VARINT -> number = varint();
            case FIXED_64 -> skip(8);
            case FIXED_32 -> skip(4);
            case BYTES -> {
                long n = varint();
                start = position;
                skip(n);
                length = (int) n;
            }
            default -> throw new IllegalStateException("no message of protocol buffers at byte " + position);
        }
        return true;
    }

    int field() {
        return field;
    }

    /** Value of a field of that kind. */
    long number() {
        return number;
    }

    /** The message in a field. */
    ProtoReader message() {
        return new ProtoReader(bytes, start, start + length);
    }

    /** The text in a field. */
    String text() {
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    private void skip(long n) {
        if (n < 0 || n > end - position) {
            throw new IllegalStateException("the end of the file within a field at byte " + position);
        }
        position += (int) n;
    }

    private long varint() {
        long out = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position >= end) {
                throw new IllegalStateException("the end of the file within a number");
            }
            byte b = bytes[position++];
            out |= (long) (b & 127) << shift;
            if (b >= 0) {
                return out;
            }
        }
        throw new IllegalStateException("a number of more than 10 bytes at byte " + position);
    }
}
