package io.github.hecnn.mlr.roles.secret;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.exchange.JobWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;

/** An owner's secret key and what is done with it; the cloud's roles cannot reach this class. Immutable and thread-safe. */
public final class OwnerSecret {
    /** The file it is kept in. */
    public static final String FILE = "secret-key.bin";

    private final CkksContext context;
    private final CkksEncoder encoder;
    private final SecretKey key;

    private OwnerSecret(CkksContext context, SecretKey key) {
        this.context = context;
        this.key = key;
        encoder = new CkksEncoder(context);
    }

    /**
     * A new secret key.
     *
     * @param random whoever can repeat it can repeat the key
     */
    public static OwnerSecret make(CkksContext context, RandomSource random) {
        return new OwnerSecret(context, new KeyGenerator(context, random.fork("secret-key")).secretKey());
    }

    /**
     * The secret key of a file.
     *
     * @throws io.github.hecnn.ckks.error.HeException if it is damaged or of other parameters
     * @throws IOException if it cannot be read
     */
    public static OwnerSecret read(CkksContext context, Path file) throws IOException {
        return new OwnerSecret(context, new CkksSerializer(context).readSecretKey(file, SecretKey.Access.INTENDED));
    }

    /**
     * Writes the secret key where nobody else may read it.
     *
     * @throws IOException if it cannot be written
     */
    public void keep(JobWriter<?, ?> files) throws IOException {
        CkksSerializer serializer = new CkksSerializer(context);
        files.keep(FILE, serializer.wireBytes(key), out -> serializer.write(out, key, SecretKey.Access.INTENDED));
    }

    /** The key itself, for generators of other keys. */
    public SecretKey key() {
        return key;
    }

    /**
     * Relinearisation and rotation keys.
     *
     * @param part the context, or the lower end of it
     * @param steps of rotations
     * @param conjugation whether there is a key of it
     * @param made hears how many keys there are
     */
    public EvaluationKeys evaluationKeys(
            CkksContext part, RotationSteps steps, boolean conjugation, RandomSource random, IntConsumer made) {
        return new KeyGenerator(part, random).evaluationKeys(key, steps, conjugation, made);
    }

    /** Encrypts a vector at a level, from 0 to the highest; noise and seeds are new each time. */
    public BiFunction<PlainVector, Integer, Ciphertext> encryption(RandomSource random) {
        Encryptor encryptor = Encryptor.withSecretKey(context, key, random.fork("encryption"));
        return (vector, level) -> encryptor.encrypt(vector.encoded(encoder, level));
    }

    /**
     * Decrypts, for the key's owner alone.
     *
     * @throws io.github.hecnn.ckks.error.MismatchException if the ciphertext is of other parameters or another key
     */
    public PlainVector decrypt(Ciphertext ciphertext) {
        return PlainVector.decoded(encoder, new Decryptor(context, key).decrypt(ciphertext));
    }
}
