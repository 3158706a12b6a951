package io.github.hecnn.spark;

import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A list of ciphertexts on its way through Spark: in the library's wire format between processes, as it is inside one. Java's serialisation sees an array
 * of bytes. Empty stands for zero. Thread-safe.
 */
final class WireCiphertexts implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Not there after a journey, until they are asked for. */
    private transient List<Ciphertext> values;

    private transient CkksSerializer serializer;

    /** What arrived; null where {@link #values} was made. */
    private transient byte[] bytes;

    private WireCiphertexts(List<Ciphertext> values, CkksSerializer serializer) {
        this.values = values;
        this.serializer = serializer;
    }

    /** Zero. */
    static WireCiphertexts none() {
        return new WireCiphertexts(List.of(), null);
    }

    /**
     * Ciphertexts that may travel.
     *
     * @param values of one key pair
     * @param serializer of their context
     * @throws IllegalArgumentException if they do not fit into an array
     */
    static WireCiphertexts of(List<Ciphertext> values, CkksSerializer serializer) {
        WireCiphertexts out = new WireCiphertexts(List.copyOf(values), serializer);
        long size = out.wireBytes();
        if (size > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException("spark: expected ciphertexts of at most 2 GB to send, found " + size
                    + " bytes; use fewer classes, fewer baby steps or a smaller ring");
        }
        return out;
    }

    synchronized boolean isEmpty() {
        return bytes == null && values.isEmpty();
    }

    /** Bytes of the wire format. */
    synchronized long wireBytes() {
        return bytes != null ? bytes.length : values.isEmpty() ? 0 : serializer.wireBytes(values);
    }

    /**
     * The ciphertexts.
     *
     * @param of serializer of their context
     * @throws io.github.hecnn.ckks.error.HeException if the bytes are not what was sent
     */
    synchronized List<Ciphertext> values(CkksSerializer of) {
        if (values == null) {
            try {
                values = List.copyOf(of.readCiphertexts(new ByteArrayInputStream(bytes)));
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
            serializer = of;
            bytes = null;
        }
        return values;
    }

    private synchronized void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        if (bytes != null) {
            out.writeInt(bytes.length);
            out.write(bytes);
            return;
        }
        ByteArrayOutputStream buffer = new ByteArrayOutputStream((int) wireBytes());
        if (!values.isEmpty()) {
            serializer.write(buffer, values);
        }
        out.writeInt(buffer.size());
        buffer.writeTo(out);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        int length = in.readInt();
        if (length == 0) {
            values = List.of();
            return;
        }
        bytes = in.readNBytes(length);
        if (bytes.length != length) {
            throw new IOException("spark: expected " + length + " bytes of ciphertexts, found " + bytes.length
                    + "; the task is tried again");
        }
    }
}
