package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.bootstrap.BootstrapKeys;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RelinearizationKey;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SecretKey;
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
import java.util.Objects;

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
public final class CkksSerializer {
    private final CkksContext context;
    private final WireSizes sizes;
    private final KeyCodec keys;
    private final SecretKeyCodec secretKeys;
    private final CiphertextCodec ciphertexts;

    /**
     * A serializer for the objects of a context.
     *
     * @param context context of everything written and read
     */
    public CkksSerializer(CkksContext context) {
        this.context = context;
        this.sizes = WireSizes.of(context.parameters());
        this.keys = new KeyCodec(context, sizes);
        this.secretKeys = new SecretKeyCodec(context, sizes);
        this.ciphertexts = new CiphertextCodec(context, sizes);
    }

    /**
     * Sizes of all objects of this context.
     *
     * @return sizes on the wire
     */
    public WireSizes sizes() {
        return sizes;
    }

    /** Writes a parameter set. */
    public static void write(OutputStream out, CkksParameters parameters) throws IOException {
        ParameterCodec.write(out, parameters);
    }

    /** Writes a parameter set to a file; see {@link #write(OutputStream, CkksParameters)}. */
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

    /** Reads a parameter set from a file; see {@link #readParameters(InputStream)}. */
    public static CkksParameters readParameters(Path file) throws IOException {
        return readParameters(file, SecurityLevel.CLASSICAL_128);
    }

    /** Reads a parameter set from a file; see {@link #readParametersOfAnySecurity(InputStream)}. */
    public static CkksParameters readParametersOfAnySecurity(Path file) throws IOException {
        return NamedFiles.read(
                file,
                "readParametersOfAnySecurity",
                (in, operation) -> ParameterCodec.read(in, SecurityLevel.NONE, operation));
    }

    /** Reads a parameter set from a file; see {@link #readParameters(InputStream, SecurityLevel)}. */
    public static CkksParameters readParameters(Path file, SecurityLevel minimum) throws IOException {
        return NamedFiles.read(file, "readParameters", (in, operation) -> ParameterCodec.read(in, minimum, operation));
    }

    /** The exact size in bytes of the file of a parameter set. */
    public static long wireBytes(CkksParameters parameters) {
        return WireSizes.of(parameters).parameters();
    }

    /** Writes a public key. */
    public void write(OutputStream out, PublicKey key) throws IOException {
        keys.write(out, key);
    }

    /** Writes a public key to a file; see {@link #write(OutputStream, PublicKey)}. */
    public void write(Path file, PublicKey key) throws IOException {
        AtomicFile.write(file, Access.USUAL, wireBytes(key), out -> write(out, key));
    }

    /** Reads a public key up to the end of the stream. */
    public PublicKey readPublicKey(InputStream in) throws IOException {
        return keys.readPublicKey(in, "readPublicKey");
    }

    /** Reads a public key from a file; see {@link #readPublicKey(InputStream)}. */
    public PublicKey readPublicKey(Path file) throws IOException {
        return NamedFiles.read(file, "readPublicKey", keys::readPublicKey);
    }

    /**
     * Writes a secret key, in the clear. No other method writes one.
     *
     * @param out stream, left open
     * @param key the secret key
     * @param access {@link SecretKey.Access#INTENDED}; without it NullPointerException, before the first byte
     * @throws io.github.hecnn.ckks.error.MismatchException if the key has other parameters
     * @throws IOException if the stream refuses
     */
    public void write(OutputStream out, SecretKey key, SecretKey.Access access) throws IOException {
        require(access, "write");
        secretKeys.write(out, key, access);
    }

    /** Writes a secret key to a file; see {@link #write(OutputStream, SecretKey, SecretKey.Access)}. */
    public void write(Path file, SecretKey key, SecretKey.Access access) throws IOException {
        require(access, "write");
        AtomicFile.write(file, Access.OWNER_ONLY, wireBytes(key), out -> write(out, key, access));
    }

    /**
     * Reads a secret key. No other method reads one; only the data owner has a use for it.
     *
     * @param in stream, read to its end
     * @param access {@link SecretKey.Access#INTENDED}; without it NullPointerException, before the first byte
     * @return the key
     * @throws IOException if the stream cannot be read
     */
    public SecretKey readSecretKey(InputStream in, SecretKey.Access access) throws IOException {
        require(access, "readSecretKey");
        return secretKeys.read(in, access, "readSecretKey");
    }

    /** Reads a secret key from a file; see {@link #readSecretKey(InputStream, SecretKey.Access)}. */
    public SecretKey readSecretKey(Path file, SecretKey.Access access) throws IOException {
        require(access, "readSecretKey");
        return NamedFiles.read(file, "readSecretKey", (in, operation) -> secretKeys.read(in, access, operation));
    }

    private static void require(SecretKey.Access access, String operation) {
        Objects.requireNonNull(
                access,
                () -> operation + ": expected SecretKey.Access.INTENDED, found null; give it where that is meant");
    }

    /** Writes a relinearisation key. */
    public void write(OutputStream out, RelinearizationKey key) throws IOException {
        keys.write(out, key);
    }

    /** Writes a relinearisation key to a file; see {@link #write(OutputStream, RelinearizationKey)}. */
    public void write(Path file, RelinearizationKey key) throws IOException {
        AtomicFile.write(file, Access.USUAL, wireBytes(key), out -> write(out, key));
    }

    /** Reads a relinearisation key up to the end of the stream. */
    public RelinearizationKey readRelinearizationKey(InputStream in) throws IOException {
        return keys.readRelinearizationKey(in, "readRelinearizationKey");
    }

    /** Reads a relinearisation key from a file; see {@link #readRelinearizationKey(InputStream)}. */
    public RelinearizationKey readRelinearizationKey(Path file) throws IOException {
        return NamedFiles.read(file, "readRelinearizationKey", keys::readRelinearizationKey);
    }

    /** Writes a rotation or conjugation key. */
    public void write(OutputStream out, RotationKey key) throws IOException {
        keys.write(out, key);
    }

    /** Writes a rotation or conjugation key to a file; see {@link #write(OutputStream, RotationKey)}. */
    public void write(Path file, RotationKey key) throws IOException {
        AtomicFile.write(file, Access.USUAL, wireBytes(key), out -> write(out, key));
    }

    /** Reads a rotation or conjugation key up to the end of the stream. */
    public RotationKey readRotationKey(InputStream in) throws IOException {
        return keys.readRotationKey(in, "readRotationKey");
    }

    /** Reads a rotation or conjugation key from a file; see {@link #readRotationKey(InputStream)}. */
    public RotationKey readRotationKey(Path file) throws IOException {
        return NamedFiles.read(file, "readRotationKey", keys::readRotationKey);
    }

    /** Writes a bundle of evaluation keys. The order of the rotation keys is kept. */
    public void write(OutputStream out, EvaluationKeys evaluationKeys) throws IOException {
        keys.write(out, evaluationKeys);
    }

    /** Writes a bundle of evaluation keys to a file; see {@link #write(OutputStream, EvaluationKeys)}. */
    public void write(Path file, EvaluationKeys evaluationKeys) throws IOException {
        AtomicFile.write(file, Access.USUAL, wireBytes(evaluationKeys), out -> write(out, evaluationKeys));
    }

    /** Reads a bundle of evaluation keys up to the end of the stream. A Galois element that comes twice is refused. */
    public EvaluationKeys readEvaluationKeys(InputStream in) throws IOException {
        return keys.readEvaluationKeys(in, "readEvaluationKeys");
    }

    /** Reads a bundle of evaluation keys from a file; see {@link #readEvaluationKeys(InputStream)}. */
    public EvaluationKeys readEvaluationKeys(Path file) throws IOException {
        return NamedFiles.read(file, "readEvaluationKeys", keys::readEvaluationKeys);
    }

    /** The exact size in bytes of the file of a bundle of evaluation keys. */
    public long wireBytes(EvaluationKeys evaluationKeys) {
        return sizes.evaluationKeys(
                evaluationKeys.relinearizationKey().isPresent(),
                evaluationKeys.rotationKeys().size());
    }

    /** Writes the keys of bootstrapping; the serializer's context is that of {@link BootstrapParameters#ckksParameters()}. */
    public void write(OutputStream out, BootstrapParameters parameters, BootstrapKeys keys) throws IOException {
        new BootstrapKeyCodec(context, parameters, "write").write(out, keys);
    }

    /** Writes the keys of bootstrapping to a file; see {@link #write(OutputStream, BootstrapParameters, BootstrapKeys)}. */
    public void write(Path file, BootstrapParameters parameters, BootstrapKeys keys) throws IOException {
        AtomicFile.write(file, Access.USUAL, wireBytes(parameters, keys), out -> write(out, parameters, keys));
    }

    /** Reads the keys of bootstrapping up to the end of the stream; those of other bootstrap parameters are refused. */
    public BootstrapKeys readBootstrapKeys(InputStream in, BootstrapParameters parameters) throws IOException {
        return new BootstrapKeyCodec(context, parameters, "readBootstrapKeys").read(in, "readBootstrapKeys");
    }

    /** Reads the keys of bootstrapping from a file; see {@link #readBootstrapKeys(InputStream, BootstrapParameters)}. */
    public BootstrapKeys readBootstrapKeys(Path file, BootstrapParameters parameters) throws IOException {
        BootstrapKeyCodec codec = new BootstrapKeyCodec(context, parameters, "readBootstrapKeys");
        return NamedFiles.read(file, "readBootstrapKeys", codec::read);
    }

    /** The exact size in bytes of the file of the keys of bootstrapping. */
    public long wireBytes(BootstrapParameters parameters, BootstrapKeys keys) {
        return new BootstrapKeyCodec(context, parameters, "wireBytes").fileBytes(keys);
    }

    /** Writes a ciphertext of two or three components. If it has a seed, its second component is not stored. */
    public void write(OutputStream out, Ciphertext ciphertext) throws IOException {
        ciphertexts.write(out, ciphertext);
    }

    /** Writes a ciphertext of two or three components to a file; see {@link #write(OutputStream, Ciphertext)}. */
    public void write(Path file, Ciphertext ciphertext) throws IOException {
        AtomicFile.write(file, Access.USUAL, wireBytes(ciphertext), out -> write(out, ciphertext));
    }

    /** Reads a ciphertext of two or three components up to the end of the stream. */
    public Ciphertext readCiphertext(InputStream in) throws IOException {
        return ciphertexts.readCiphertext(in, "readCiphertext");
    }

    /** Reads a ciphertext of two or three components from a file; see {@link #readCiphertext(InputStream)}. */
    public Ciphertext readCiphertext(Path file) throws IOException {
        return NamedFiles.read(file, "readCiphertext", ciphertexts::readCiphertext);
    }

    /** The exact size in bytes of the file of a ciphertext of two or three components. */
    public long wireBytes(Ciphertext ciphertext) {
        return WireSizes.file(ciphertexts.bodyBytes(ciphertext));
    }

    /** Writes a list of ciphertexts. */
    public void write(OutputStream out, List<Ciphertext> list) throws IOException {
        ciphertexts.write(out, list);
    }

    /** Writes a list of ciphertexts to a file; see {@link #write(OutputStream, List)}. */
    public void write(Path file, List<Ciphertext> list) throws IOException {
        AtomicFile.write(file, Access.USUAL, wireBytes(list), out -> write(out, list));
    }

    /** Reads a list of ciphertexts up to the end of the stream. */
    public List<Ciphertext> readCiphertexts(InputStream in) throws IOException {
        return ciphertexts.readCiphertexts(in, "readCiphertexts");
    }

    /** Reads a list of ciphertexts from a file; see {@link #readCiphertexts(InputStream)}. */
    public List<Ciphertext> readCiphertexts(Path file) throws IOException {
        return NamedFiles.read(file, "readCiphertexts", ciphertexts::readCiphertexts);
    }

    /** The exact size in bytes of the file of a list of ciphertexts. */
    public long wireBytes(List<Ciphertext> list) {
        return WireSizes.file(ciphertexts.bodyBytes(list));
    }

    /** Writes a plaintext. */
    public void write(OutputStream out, Plaintext plaintext) throws IOException {
        ciphertexts.write(out, plaintext);
    }

    /** Writes a plaintext to a file; see {@link #write(OutputStream, Plaintext)}. */
    public void write(Path file, Plaintext plaintext) throws IOException {
        AtomicFile.write(file, Access.USUAL, wireBytes(plaintext), out -> write(out, plaintext));
    }

    /** Reads a plaintext up to the end of the stream. */
    public Plaintext readPlaintext(InputStream in) throws IOException {
        return ciphertexts.readPlaintext(in, "readPlaintext");
    }

    /** Reads a plaintext from a file; see {@link #readPlaintext(InputStream)}. */
    public Plaintext readPlaintext(Path file) throws IOException {
        return NamedFiles.read(file, "readPlaintext", ciphertexts::readPlaintext);
    }

    /** The exact size in bytes of the file of a plaintext. */
    public long wireBytes(Plaintext plaintext) {
        return WireSizes.file(ciphertexts.bodyBytes(plaintext));
    }

    /** The exact size in bytes of the file of such a key. */
    public long wireBytes(PublicKey key) {
        return keys.fileBytes(key);
    }

    /** The exact size in bytes of the file of such a key. */
    public long wireBytes(SecretKey key) {
        return sizes.secretKey();
    }

    /** The exact size in bytes of the file of such a key. */
    public long wireBytes(RelinearizationKey key) {
        return sizes.relinearizationKey();
    }

    /** The exact size in bytes of the file of such a key. */
    public long wireBytes(RotationKey key) {
        return sizes.rotationKey();
    }
}
