package io.github.hecnn.mlr.encoder.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over the fields of a message of protocol buffers, which is what an ONNX file is. Every method throws
 * {@link IllegalStateException} on bytes that are no such message, with a text that says what was found. Not thread-safe.
 */
public final class ProtoReader {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private final byte[] bytes;
    private final int end;
    private int position;
    private int field;
    private int kind;
    private long number;
    private int start;
    private int length;

    /**
     * A message of all the bytes.
     *
     * @param bytes the message; not copied
     */
    public ProtoReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ProtoReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.end = end;
        position = start;
    }

    /**
     * Goes to the next field; false at the end.
     *
     * @return whether there is one
     */
    public boolean next() {
        if (position == end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        kind = (int) (tag & 7);
        start = position;
        length = 0;
        number = 0;
        switch (kind) {
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

    /** {@return number of the field} */
    public int field() {
        return field;
    }

    /** {@return value of an integer field} */
    public long number() {
        return number;
    }

    /** {@return value of a field of 32 bits as a float} */
    public float number32() {
        if (kind != FIXED_32) {
            throw new IllegalStateException("field " + field + " that is no float at byte " + start);
        }
        return content(4).getFloat();
    }

    /** {@return the message in a field} */
    public ProtoReader message() {
        return new ProtoReader(bytes, start, start + length);
    }

    /** {@return the text in a field} */
    public String text() {
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    /** {@return the bytes in a field, numbers in them little-endian; a view} */
    public ByteBuffer content() {
        return content(length);
    }

    private ByteBuffer content(int size) {
        return ByteBuffer.wrap(bytes, start, size).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The integers in a field that may be repeated: several if they are packed, else one.
     *
     * @return [count]
     */
    public long[] numbers() {
        if (kind == VARINT) {
            return new long[] {number};
        }
        if (kind != BYTES) {
            throw new IllegalStateException("field " + field + " that is no integer at byte " + start);
        }
        ProtoReader packed = message();
        long[] out = new long[length];
        int count = 0;
        while (packed.position < packed.end) {
            out[count++] = packed.varint();
        }
        return Arrays.copyOf(out, count);
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
