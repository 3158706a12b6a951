package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.Plaintext;
import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes and reads everything that goes from one process to another, in the format described at the package. Bound to a
 * context, except for the parameters that a context is made from. Thread-safe.
 *
 * <pre>{@code
 * CkksSerializer.write(folder.resolve("parameters"), parameters);
 * CkksSerializer serializer = new CkksSerializer(context);
 * serializer.write(folder.resolve("upload"), ciphertexts);
 * List<Ciphertext> upload = serializer.readCiphertexts(folder.resolve("upload"));
 * }</pre>
 *
 * <p>What is read is equal bit by bit to what was written, NTT domain and residues included, and belongs to the same key pair; a list
 * or bundle has one for all of its members. Files of every earlier {@link FormatVersion} are read, too. Uniform halves of keys and of
 * fresh secret-key ciphertexts travel as 32-byte seeds. Residues are streamed limb by limb and packed, checked and expanded on
 * the context's workers; nothing is buffered beyond a few limbs, and nothing is allocated on the word of a file alone.
 *
 * <p>Every {@code write} to a path fills a file beside the target and moves it into place at the end, so an earlier file stays
 * intact if anything fails; a secret key's file is readable for its owner only, where the system knows such a thing. A
 * {@code write} to a stream leaves it open. Both throw
 * <ul>
 *   <li>{@link io.github.hecnn.ckks.error.MismatchException} if the object belongs to other parameters, a list to several key pairs,
 *       or does not have the shape of its kind (before the first byte);
 *   <li>{@link io.github.hecnn.ckks.error.ScaleException} if a scale is not positive and finite (before the first byte);
 *   <li>{@link IOException} if the stream or the folder refuses; from a path the message says what was found and expected.
 * </ul>
 *
 * <p>Every {@code read} takes a whole file, or a stream up to its end, and checks header, sizes and checksums before it makes
 * anything of the bytes. All of them throw
 * <ul>
 *   <li>{@link io.github.hecnn.ckks.error.FormatException} if the bytes are foreign, of another version or another kind,
 *       truncated, altered, or followed by more;
 *   <li>{@link io.github.hecnn.ckks.error.MismatchException} if they belong to another parameter set;
 *   <li>{@link IOException} if the stream or the file cannot be read.
 * </ul>
 *
 * <p>{@code wireBytes} tells the exact number of bytes of a file beforehand; {@link WireSizes} does without the object.
 */
public final class CkksSerializer extends KeySerializer {
    private final CiphertextCodec ciphertexts;

    /**
     * A serializer for the objects of a context.
     *
     * @param context context of everything written and read
     */
    public CkksSerializer(CkksContext context) {
        super(context);
        this.ciphertexts = new CiphertextCodec(context, sizes());
    }

    /**
     * Writes a parameter set.
     *
     * @param out stream, left open
     * @param parameters the parameter set
     * @throws IOException if the stream refuses
     */
    public static void write(OutputStream out, CkksParameters parameters) throws IOException {
        ParameterCodec.write(out, parameters);
    }

    /**
     * Writes a parameter set to a file; see {@link #write(OutputStream, CkksParameters)}.
     *
     * @param file where it goes; an earlier file is replaced once the new one is complete
     * @param parameters the parameter set
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, CkksParameters parameters) throws IOException {
        AtomicFile.write(file, Access.USUAL, wireBytes(parameters), out -> write(out, parameters));
    }

    /**
     * Reads a parameter set that must ask for, and reach, 128 bits of security, {@link SecurityLevel#CLASSICAL_128}.
     *
     * @param in stream, read to its end
     * @return checked parameters
     * @throws io.github.hecnn.ckks.error.FormatException if the bytes are not an intact parameter file
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if the parameters are out of range, miss their level, or
     *     ask for less than 128 bits
     * @throws IOException if the stream cannot be read
     */
    public static CkksParameters readParameters(InputStream in) throws IOException {
        return readParameters(in, SecurityLevel.CLASSICAL_128);
    }

    /**
     * Reads a parameter set and checks it as the builder does, including the security level that the file itself asks for: if
     * that is {@link SecurityLevel#NONE}, nothing is enforced. For tests and for files of one's own; never for files from others.
     *
     * @param in stream, read to its end
     * @return checked parameters, which may protect nothing
     * @throws io.github.hecnn.ckks.error.FormatException if the bytes are not an intact parameter file
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if the parameters are out of range or miss their level
     * @throws IOException if the stream cannot be read
     */
    public static CkksParameters readParametersOfAnySecurity(InputStream in) throws IOException {
        return ParameterCodec.read(in, SecurityLevel.NONE, "readParametersOfAnySecurity");
    }

    /**
     * Reads a parameter set that must ask for, and reach, a level of security.
     *
     * @param in stream, read to its end
     * @param minimum the least level to accept, whatever the file says
     * @return checked parameters
     * @throws io.github.hecnn.ckks.error.FormatException if the bytes are not an intact parameter file
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if the parameters are out of range, miss their level, or
     *     ask for less than the minimum
     * @throws IOException if the stream cannot be read
     */
    public static CkksParameters readParameters(InputStream in, SecurityLevel minimum) throws IOException {
        return ParameterCodec.read(in, minimum, "readParameters");
    }

    /**
     * Reads a parameter set from a file; see {@link #readParameters(InputStream)}.
     *
     * @param file a whole file
     * @return checked parameters
     * @throws IOException if the file cannot be read
     */
    public static CkksParameters readParameters(Path file) throws IOException {
        return readParameters(file, SecurityLevel.CLASSICAL_128);
    }

    /**
     * Reads a parameter set from a file; see {@link #readParametersOfAnySecurity(InputStream)}.
     *
     * @param file a whole file
     * @return checked parameters
     * @throws IOException if the file cannot be read
     */
    public static CkksParameters readParametersOfAnySecurity(Path file) throws IOException {
        return NamedFiles.read(
                file,
                "readParametersOfAnySecurity",
                (in, operation) -> ParameterCodec.read(in, SecurityLevel.NONE, operation));
    }

    /**
     * Reads a parameter set from a file; see {@link #readParameters(InputStream, SecurityLevel)}.
     *
     * @param file a whole file
     * @param minimum the least level to accept, whatever the file says
     * @return checked parameters
     * @throws IOException if the file cannot be read
     */
    public static CkksParameters readParameters(Path file, SecurityLevel minimum) throws IOException {
        return NamedFiles.read(file, "readParameters", (in, operation) -> ParameterCodec.read(in, minimum, operation));
    }

    /**
     * {@return the exact size in bytes of the file of a parameter set}
     *
     * @param parameters the parameter set
     */
    public static long wireBytes(CkksParameters parameters) {
        return WireSizes.of(parameters).parameters();
    }

    /**
     * Writes a ciphertext of two or three components. If it has a seed, its second component is not stored.
     *
     * @param out stream, left open
     * @param ciphertext the ciphertext
     * @throws IOException if the stream refuses
     */
    public void write(OutputStream out, Ciphertext ciphertext) throws IOException {
        ciphertexts.write(out, ciphertext);
    }

    /**
     * Writes a ciphertext of two or three components to a file; see {@link #write(OutputStream, Ciphertext)}.
     *
     * @param file where it goes; an earlier file is replaced once the new one is complete
     * @param ciphertext the ciphertext
     * @throws IOException if the file cannot be written
     */
    public void write(Path file, Ciphertext ciphertext) throws IOException {
        AtomicFile.write(file, Access.USUAL, wireBytes(ciphertext), out -> write(out, ciphertext));
    }

    /**
     * Reads a ciphertext of two or three components up to the end of the stream.
     *
     * @param in stream, read to its end
     * @return the ciphertext
     * @throws IOException if the stream cannot be read
     */
    public Ciphertext readCiphertext(InputStream in) throws IOException {
        return ciphertexts.readCiphertext(in, "readCiphertext");
    }

    /**
     * Reads a ciphertext of two or three components from a file; see {@link #readCiphertext(InputStream)}.
     *
     * @param file a whole file
     * @return the ciphertext
     * @throws IOException if the file cannot be read
     */
    public Ciphertext readCiphertext(Path file) throws IOException {
        return NamedFiles.read(file, "readCiphertext", ciphertexts::readCiphertext);
    }

    /**
     * {@return the exact size in bytes of the file of a ciphertext of two or three components}
     *
     * @param ciphertext the ciphertext
     */
    public long wireBytes(Ciphertext ciphertext) {
        return WireSizes.file(ciphertexts.bodyBytes(ciphertext));
    }

    /**
     * Writes a list of ciphertexts.
     *
     * @param out stream, left open
     * @param list the ciphertexts, of one key pair
     * @throws IOException if the stream refuses
     */
    public void write(OutputStream out, List<Ciphertext> list) throws IOException {
        ciphertexts.write(out, list);
    }

    /**
     * Writes a list of ciphertexts to a file; see {@link #write(OutputStream, List)}.
     *
     * @param file where it goes; an earlier file is replaced once the new one is complete
     * @param list the ciphertexts, of one key pair
     * @throws IOException if the file cannot be written
     */
    public void write(Path file, List<Ciphertext> list) throws IOException {
        AtomicFile.write(file, Access.USUAL, wireBytes(list), out -> write(out, list));
    }

    /**
     * Reads a list of ciphertexts up to the end of the stream.
     *
     * @param in stream, read to its end
     * @return the ciphertexts
     * @throws IOException if the stream cannot be read
     */
    public List<Ciphertext> readCiphertexts(InputStream in) throws IOException {
        return ciphertexts.readCiphertexts(in, "readCiphertexts");
    }

    /**
     * Reads a list of ciphertexts from a file; see {@link #readCiphertexts(InputStream)}.
     *
     * @param file a whole file
     * @return the ciphertexts
     * @throws IOException if the file cannot be read
     */
    public List<Ciphertext> readCiphertexts(Path file) throws IOException {
        return NamedFiles.read(file, "readCiphertexts", ciphertexts::readCiphertexts);
    }

    /**
     * {@return the exact size in bytes of the file of a list of ciphertexts}
     *
     * @param list the ciphertexts, of one key pair
     */
    public long wireBytes(List<Ciphertext> list) {
        return WireSizes.file(ciphertexts.bodyBytes(list));
    }

    /**
     * Writes a plaintext.
     *
     * @param out stream, left open
     * @param plaintext the plaintext
     * @throws IOException if the stream refuses
     */
    public void write(OutputStream out, Plaintext plaintext) throws IOException {
        ciphertexts.write(out, plaintext);
    }

    /**
     * Writes a plaintext to a file; see {@link #write(OutputStream, Plaintext)}.
     *
     * @param file where it goes; an earlier file is replaced once the new one is complete
     * @param plaintext the plaintext
     * @throws IOException if the file cannot be written
     */
    public void write(Path file, Plaintext plaintext) throws IOException {
        AtomicFile.write(file, Access.USUAL, wireBytes(plaintext), out -> write(out, plaintext));
    }

    /**
     * Reads a plaintext up to the end of the stream.
     *
     * @param in stream, read to its end
     * @return the plaintext
     * @throws IOException if the stream cannot be read
     */
    public Plaintext readPlaintext(InputStream in) throws IOException {
        return ciphertexts.readPlaintext(in, "readPlaintext");
    }

    /**
     * Reads a plaintext from a file; see {@link #readPlaintext(InputStream)}.
     *
     * @param file a whole file
     * @return the plaintext
     * @throws IOException if the file cannot be read
     */
    public Plaintext readPlaintext(Path file) throws IOException {
        return NamedFiles.read(file, "readPlaintext", ciphertexts::readPlaintext);
    }

    /**
     * {@return the exact size in bytes of the file of a plaintext}
     *
     * @param plaintext the plaintext
     */
    public long wireBytes(Plaintext plaintext) {
        return WireSizes.file(ciphertexts.bodyBytes(plaintext));
    }
}
