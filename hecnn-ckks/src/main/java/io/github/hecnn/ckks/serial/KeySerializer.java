package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.bootstrap.BootstrapKeys;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RelinearizationKey;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Objects;

/** The part of a {@link CkksSerializer} that writes and reads keys. Immutable and thread-safe. */
abstract class KeySerializer {
    private final CkksContext context;
    private final WireSizes sizes;
    private final KeyCodec keys;
    private final SecretKeyCodec secretKeys;

    KeySerializer(CkksContext context) {
        this.context = context;
        this.sizes = WireSizes.of(context.parameters());
        this.keys = new KeyCodec(context, sizes);
        this.secretKeys = new SecretKeyCodec(context, sizes);
    }

    /** {@return sizes of all objects of this context on the wire} */
    public WireSizes sizes() {
        return sizes;
    }

    /**
     * Writes a public key.
     *
     * @param out stream, left open
     * @param key the public key
     * @throws IOException if the stream refuses
     */
    public void write(OutputStream out, PublicKey key) throws IOException {
        keys.write(out, key);
    }

    /**
     * Writes a public key to a file; see {@link #write(OutputStream, PublicKey)}.
     *
     * @param file where it goes; an earlier file is replaced once the new one is complete
     * @param key the public key
     * @throws IOException if the file cannot be written
     */
    public void write(Path file, PublicKey key) throws IOException {
        AtomicFile.write(file, Access.USUAL, wireBytes(key), out -> write(out, key));
    }

    /**
     * Reads a public key up to the end of the stream.
     *
     * @param in stream, read to its end
     * @return the public key
     * @throws IOException if the stream cannot be read
     */
    public PublicKey readPublicKey(InputStream in) throws IOException {
        return keys.readPublicKey(in, "readPublicKey");
    }

    /**
     * Reads a public key from a file; see {@link #readPublicKey(InputStream)}.
     *
     * @param file a whole file
     * @return the public key
     * @throws IOException if the file cannot be read
     */
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

    /**
     * Writes a secret key to a file; see {@link #write(OutputStream, SecretKey, SecretKey.Access)}.
     *
     * @param file where it goes; an earlier file is replaced once the new one is complete
     * @param key the secret key
     * @param access {@link SecretKey.Access#INTENDED}; without it NullPointerException, before the first byte
     * @throws IOException if the file cannot be written
     */
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

    /**
     * Reads a secret key from a file; see {@link #readSecretKey(InputStream, SecretKey.Access)}.
     *
     * @param file a whole file
     * @param access {@link SecretKey.Access#INTENDED}; without it NullPointerException, before the first byte
     * @return the secret key
     * @throws IOException if the file cannot be read
     */
    public SecretKey readSecretKey(Path file, SecretKey.Access access) throws IOException {
        require(access, "readSecretKey");
        return NamedFiles.read(file, "readSecretKey", (in, operation) -> secretKeys.read(in, access, operation));
    }

    private static void require(SecretKey.Access access, String operation) {
        Objects.requireNonNull(
                access,
                () -> operation + ": expected SecretKey.Access.INTENDED, found null; give it where that is meant");
    }

    /**
     * Writes a relinearisation key.
     *
     * @param out stream, left open
     * @param key the relinearisation key
     * @throws IOException if the stream refuses
     */
    public void write(OutputStream out, RelinearizationKey key) throws IOException {
        keys.write(out, key);
    }

    /**
     * Writes a relinearisation key to a file; see {@link #write(OutputStream, RelinearizationKey)}.
     *
     * @param file where it goes; an earlier file is replaced once the new one is complete
     * @param key the relinearisation key
     * @throws IOException if the file cannot be written
     */
    public void write(Path file, RelinearizationKey key) throws IOException {
        AtomicFile.write(file, Access.USUAL, wireBytes(key), out -> write(out, key));
    }

    /**
     * Reads a relinearisation key up to the end of the stream.
     *
     * @param in stream, read to its end
     * @return the relinearisation key
     * @throws IOException if the stream cannot be read
     */
    public RelinearizationKey readRelinearizationKey(InputStream in) throws IOException {
        return keys.readRelinearizationKey(in, "readRelinearizationKey");
    }

    /**
     * Reads a relinearisation key from a file; see {@link #readRelinearizationKey(InputStream)}.
     *
     * @param file a whole file
     * @return the relinearisation key
     * @throws IOException if the file cannot be read
     */
    public RelinearizationKey readRelinearizationKey(Path file) throws IOException {
        return NamedFiles.read(file, "readRelinearizationKey", keys::readRelinearizationKey);
    }

    /**
     * Writes a rotation or conjugation key.
     *
     * @param out stream, left open
     * @param key the key
     * @throws IOException if the stream refuses
     */
    public void write(OutputStream out, RotationKey key) throws IOException {
        keys.write(out, key);
    }

    /**
     * Writes a rotation or conjugation key to a file; see {@link #write(OutputStream, RotationKey)}.
     *
     * @param file where it goes; an earlier file is replaced once the new one is complete
     * @param key the key
     * @throws IOException if the file cannot be written
     */
    public void write(Path file, RotationKey key) throws IOException {
        AtomicFile.write(file, Access.USUAL, wireBytes(key), out -> write(out, key));
    }

    /**
     * Reads a rotation or conjugation key up to the end of the stream.
     *
     * @param in stream, read to its end
     * @return the key
     * @throws IOException if the stream cannot be read
     */
    public RotationKey readRotationKey(InputStream in) throws IOException {
        return keys.readRotationKey(in, "readRotationKey");
    }

    /**
     * Reads a rotation or conjugation key from a file; see {@link #readRotationKey(InputStream)}.
     *
     * @param file a whole file
     * @return the key
     * @throws IOException if the file cannot be read
     */
    public RotationKey readRotationKey(Path file) throws IOException {
        return NamedFiles.read(file, "readRotationKey", keys::readRotationKey);
    }

    /**
     * Writes a bundle of evaluation keys. The order of the rotation keys is kept.
     *
     * @param out stream, left open
     * @param evaluationKeys the keys
     * @throws IOException if the stream refuses
     */
    public void write(OutputStream out, EvaluationKeys evaluationKeys) throws IOException {
        keys.write(out, evaluationKeys);
    }

    /**
     * Writes a bundle of evaluation keys to a file; see {@link #write(OutputStream, EvaluationKeys)}.
     *
     * @param file where it goes; an earlier file is replaced once the new one is complete
     * @param evaluationKeys the keys
     * @throws IOException if the file cannot be written
     */
    public void write(Path file, EvaluationKeys evaluationKeys) throws IOException {
        AtomicFile.write(file, Access.USUAL, wireBytes(evaluationKeys), out -> write(out, evaluationKeys));
    }

    /**
     * Reads a bundle of evaluation keys up to the end of the stream. A Galois element that comes twice is refused.
     *
     * @param in stream, read to its end
     * @return the keys
     * @throws IOException if the stream cannot be read
     */
    public EvaluationKeys readEvaluationKeys(InputStream in) throws IOException {
        return keys.readEvaluationKeys(in, "readEvaluationKeys");
    }

    /**
     * Reads a bundle of evaluation keys from a file; see {@link #readEvaluationKeys(InputStream)}.
     *
     * @param file a whole file
     * @return the keys
     * @throws IOException if the file cannot be read
     */
    public EvaluationKeys readEvaluationKeys(Path file) throws IOException {
        return NamedFiles.read(file, "readEvaluationKeys", keys::readEvaluationKeys);
    }

    /**
     * {@return the exact size in bytes of the file of a bundle of evaluation keys}
     *
     * @param evaluationKeys the keys
     */
    public long wireBytes(EvaluationKeys evaluationKeys) {
        return sizes.evaluationKeys(
                evaluationKeys.relinearizationKey().isPresent(),
                evaluationKeys.rotationKeys().size());
    }

    /**
     * Writes the keys of bootstrapping; the serializer's context is that of {@link BootstrapParameters#ckksParameters()}.
     *
     * @param out stream, left open
     * @param parameters what the keys are for
     * @param keys the keys
     * @throws IOException if the stream refuses
     */
    public void write(OutputStream out, BootstrapParameters parameters, BootstrapKeys keys) throws IOException {
        new BootstrapKeyCodec(context, parameters, "write").write(out, keys);
    }

    /**
     * Writes the keys of bootstrapping to a file; see {@link #write(OutputStream, BootstrapParameters, BootstrapKeys)}.
     *
     * @param file where it goes; an earlier file is replaced once the new one is complete
     * @param parameters what the keys are for
     * @param keys the keys
     * @throws IOException if the file cannot be written
     */
    public void write(Path file, BootstrapParameters parameters, BootstrapKeys keys) throws IOException {
        AtomicFile.write(file, Access.USUAL, wireBytes(parameters, keys), out -> write(out, parameters, keys));
    }

    /**
     * Reads the keys of bootstrapping up to the end of the stream; those of other bootstrap parameters are refused.
     *
     * @param in stream, read to its end
     * @param parameters what the keys are for
     * @return the keys
     * @throws IOException if the stream cannot be read
     */
    public BootstrapKeys readBootstrapKeys(InputStream in, BootstrapParameters parameters) throws IOException {
        return new BootstrapKeyCodec(context, parameters, "readBootstrapKeys").read(in, "readBootstrapKeys");
    }

    /**
     * Reads the keys of bootstrapping from a file; see {@link #readBootstrapKeys(InputStream, BootstrapParameters)}.
     *
     * @param file a whole file
     * @param parameters what the keys are for
     * @return the keys
     * @throws IOException if the file cannot be read
     */
    public BootstrapKeys readBootstrapKeys(Path file, BootstrapParameters parameters) throws IOException {
        BootstrapKeyCodec codec = new BootstrapKeyCodec(context, parameters, "readBootstrapKeys");
        return NamedFiles.read(file, "readBootstrapKeys", codec::read);
    }

    /**
     * {@return the exact size in bytes of the file of the keys of bootstrapping}
     *
     * @param parameters what the keys are for
     * @param keys the keys
     */
    public long wireBytes(BootstrapParameters parameters, BootstrapKeys keys) {
        return new BootstrapKeyCodec(context, parameters, "wireBytes").fileBytes(keys);
    }

    /**
     * {@return the exact size in bytes of the file of a public key}
     *
     * @param key the public key
     */
    public long wireBytes(PublicKey key) {
        return keys.fileBytes(key);
    }

    /**
     * {@return the exact size in bytes of the file of a secret key}
     *
     * @param key the secret key
     */
    public long wireBytes(SecretKey key) {
        return sizes.secretKey();
    }

    /**
     * {@return the exact size in bytes of the file of a relinearisation key}
     *
     * @param key the relinearisation key
     */
    public long wireBytes(RelinearizationKey key) {
        return sizes.relinearizationKey();
    }

    /**
     * {@return the exact size in bytes of the file of a rotation or conjugation key}
     *
     * @param key the key
     */
    public long wireBytes(RotationKey key) {
        return sizes.rotationKey();
    }
}
