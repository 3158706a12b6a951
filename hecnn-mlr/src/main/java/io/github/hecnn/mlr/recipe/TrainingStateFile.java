package io.github.hecnn.mlr.recipe;

import io.github.hecnn.ckks.error.FormatException;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The checkpoint of an encrypted training: a {@link TrainingState} in a file, equal bit by bit when it is read. It holds nothing that the
 * uploads do not: no key, no number of the data. Ciphertexts keep their level and scale. All terms are written each time; {@code mlr.roles.row.LongCloud} writes those that are new.
 *
 * <p>Layout, all numbers big-endian: {@code HECNNTS1}, length of the head (4 bytes), head, CRC-32C of all before it (4), for each term its
 * length (8) and a list of ciphertexts in the format of {@link CkksSerializer}, and CRC-32C of the whole file before it (4). The head has iteration
 * (4), cursor (8), settings hash (8), finished (1), number of terms (4), and twice a number of factors (4) with these as doubles (8 each).
 */
public final class TrainingStateFile {
    private static final byte[] MAGIC = "HECNNTS1".getBytes(StandardCharsets.US_ASCII);
    private static final int FIXED_BYTES = 4 + 8 + 8 + 1 + 4 + 4 + 4;
    private static final int MOST_HEAD_BYTES = 1 << 20;

    private TrainingStateFile() {}

    /**
     * Writes a state to a file, whole or not at all; an earlier file stays as it was if anything fails.
     *
     * @param file replaced if there is one
     * @param serializer of the context of the ciphertexts
     * @param state of any iteration
     * @throws io.github.hecnn.ckks.error.MismatchException if the ciphertexts have other parameters, or those of a term several key pairs
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, CkksSerializer serializer, TrainingState<Ciphertext> state) throws IOException {
        AtomicFile.write(file, Access.USUAL, bytes(serializer, state), out -> write(out, serializer, state));
    }

    /**
     * {@return the exact size in bytes of the file of a state}
     *
     * @param serializer of the context of the ciphertexts
     * @param state after an iteration
     */
    public static long bytes(CkksSerializer serializer, TrainingState<Ciphertext> state) {
        long bytes = MAGIC.length + 4L + headBytes(state) + 4 + 4;
        for (List<Ciphertext> term : state.terms()) {
            bytes += 8 + serializer.wireBytes(term);
        }
        return bytes;
    }

    private static int headBytes(TrainingState<?> state) {
        return FIXED_BYTES + 8 * (state.stepped().size() + state.extrapolated().size());
    }

    /**
     * Writes a state to a stream, which is left open; see {@link #write(Path, CkksSerializer, TrainingState)}.
     *
     * @param stream left open
     * @param serializer of the context of the ciphertexts
     * @param state after an iteration
     * @throws IOException if the stream cannot be written
     */
    public static void write(OutputStream stream, CkksSerializer serializer, TrainingState<Ciphertext> state)
            throws IOException {
        CRC32C checksum = new CRC32C();
        DataOutputStream out = new DataOutputStream(new CheckedOutputStream(stream, checksum));
        out.write(MAGIC);
        out.writeInt(headBytes(state));
        out.write(head(state));
        out.writeInt((int) checksum.getValue());
        for (List<Ciphertext> term : state.terms()) {
            out.writeLong(serializer.wireBytes(term));
            serializer.write(out, term);
        }
        out.writeInt((int) checksum.getValue());
        out.flush();
    }

    private static byte[] head(TrainingState<?> state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(state.iteration());
        out.writeLong(state.cursor());
        out.writeLong(state.settingsHash());
        out.writeBoolean(state.finished());
        out.writeInt(state.terms().size());
        for (List<Double> factors : List.of(state.stepped(), state.extrapolated())) {
            out.writeInt(factors.size());
            for (double factor : factors) {
                out.writeDouble(factor);
            }
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a state.
     *
     * @param file written by {@link #write(Path, CkksSerializer, TrainingState)}
     * @param serializer of the context of the ciphertexts
     * @return an equal state
     * @throws FormatException if the file is foreign, truncated, altered, or followed by more
     * @throws io.github.hecnn.ckks.error.MismatchException if the ciphertexts have other parameters
     * @throws IOException if the file cannot be read
     */
    public static TrainingState<Ciphertext> read(Path file, CkksSerializer serializer) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, serializer);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "read training state " + file + ": expected a file, found that there is none; check the path", e);
        }
    }

    /**
     * Reads a state up to the end of a stream; see {@link #read(Path, CkksSerializer)}.
     *
     * @param stream left open
     * @param serializer of the context of the ciphertexts
     * @return an equal state
     * @throws IOException if the stream cannot be read
     * @throws FormatException if it does not begin as a state does, is damaged, or has ciphertexts of other parameters
     */
    public static TrainingState<Ciphertext> read(InputStream stream, CkksSerializer serializer) throws IOException {
        CRC32C checksum = new CRC32C();
        InputStream checked = new CheckedInputStream(stream, checksum);
        byte[] magic = checked.readNBytes(MAGIC.length);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new FormatException("read training state: expected a file that begins with HECNNTS1, found "
                    + (magic.length == 0 ? "no bytes" : "another one") + "; check the name of the file");
        }
        DataInputStream head = new DataInputStream(new Limited(checked, Long.MAX_VALUE));
        int length = head.readInt();
        if (length < FIXED_BYTES || length > MOST_HEAD_BYTES) {
            throw damaged("a head of " + FIXED_BYTES + " to " + MOST_HEAD_BYTES + " bytes", length);
        }
        byte[] bytes = new byte[length];
        head.readFully(bytes);
        requireChecksum(checksum, head, "head");
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int iteration = in.readInt();
        long cursor = in.readLong();
        long hash = in.readLong();
        boolean finished = in.readBoolean();
        int terms = in.readInt();
        List<Double> stepped = factors(in);
        List<Double> extrapolated = factors(in);
        if (in.available() != 0 || terms < 0) {
            throw damaged("a head that ends with its factors", in.available() + " bytes more");
        }
        List<List<Ciphertext>> values = new ArrayList<>();
        for (int i = 0; i < terms; i++) {
            long size = head.readLong();
            values.add(serializer.readCiphertexts(new Limited(checked, size)));
        }
        requireChecksum(checksum, head, "file");
        if (stream.read() >= 0) {
            throw damaged("the end of the file", "more");
        }
        try {
            return new TrainingState<>(iteration, cursor, hash, finished, values, stepped, extrapolated);
        } catch (IllegalArgumentException e) {
            throw damaged("a state that a training can have", e.getMessage());
        }
    }

    private static List<Double> factors(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || 8L * count > in.available()) {
            throw damaged("a number of factors that the head has room for", count);
        }
        List<Double> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            out.add(in.readDouble());
        }
        return out;
    }

    private static void requireChecksum(CRC32C checksum, DataInputStream in, String what) throws IOException {
        int computed = (int) checksum.getValue();
        int stored = in.readInt();
        if (stored != computed) {
            throw damaged("checksum " + Integer.toHexString(computed) + " of the " + what, Integer.toHexString(stored));
        }
    }

    private static FormatException damaged(String expected, Object found) {
        return new FormatException("read training state: expected " + expected + ", found " + found
                + "; the file is damaged, copy it again or take an earlier checkpoint");
    }

    /** So many bytes of a stream; what is missing is a format error. */
    private static final class Limited extends InputStream {
        private final InputStream in;
        private long left;

        Limited(InputStream in, long bytes) {
            this.in = in;
            left = bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] b, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left <= 0) {
                return -1;
            }
            int n = in.read(b, offset, (int) Math.min(length, left));
            if (n < 0) {
                throw new FormatException(
                        "read training state: expected more bytes, found the end; the file is truncated, copy it again or"
                                + " take an earlier checkpoint");
            }
            left -= n;
            return n;
        }
    }
}
