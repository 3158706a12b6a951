package io.github.hecnn.mlr.transfer.network.inference;

import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.transfer.network.NetworkPacking;

/** The client: makes keys, encrypts inputs, decrypts outputs. It holds the secret key and no weights. Not thread-safe. */
public final class InferenceClient {
    private final InferenceProfile profile;
    private final CkksEncoder encoder;
    private final Encryptor encryptor;
    private final Decryptor decryptor;
    private final EvaluationKeys evaluationKeys;
    private final PublicKey publicKey;

    private InferenceClient(InferenceProfile profile, RandomSource random) {
        this.profile = profile;
        CkksContext context = CkksContext.create(profile.parameters());
        KeyGenerator generator = new KeyGenerator(context, random.fork("keys"));
        SecretKey secret = generator.secretKey();
        evaluationKeys = generator.evaluationKeys(secret, RotationSteps.of(profile.rotationSteps()), true);
        publicKey = generator.publicKey(secret);
        encoder = new CkksEncoder(context);
        encryptor = Encryptor.withSecretKey(context, secret, random.fork("queries"));
        decryptor = new Decryptor(context, secret);
    }

    /**
     * Makes keys for a server.
     *
     * @param profile the server's
     * @return a client with new keys
     */
    public static InferenceClient of(InferenceProfile profile) {
        return of(profile, RandomSource.secure());
    }

    /**
     * Makes keys with a given source of randomness.
     *
     * @param profile the server's
     * @param random a secure source, or one that is {@link RandomSource#reproducible reproducible} by name
     * @return a client with new keys
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if the parameters have a security level and the source is one of
     *     {@link RandomSource#seeded}
     */
    public static InferenceClient of(InferenceProfile profile, RandomSource random) {
        return new InferenceClient(profile, random);
    }

    /** {@return keys for the server: relinearisation, rotations, conjugation} */
    public EvaluationKeys evaluationKeys() {
        return evaluationKeys;
    }

    /** {@return public key for the server, which re-randomises answers with it} */
    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * Encrypts a ciphertext's inputs.
     *
     * @param inputs [1..lanes][inputs], finite
     * @return a query, at the top level and its canonical scale
     * @throws IllegalArgumentException for another number of inputs, another length or a number that is not finite
     */
    public Ciphertext encrypt(double[]... inputs) {
        return encryptor.encrypt(profile.packing().pack(inputs).encoded(encoder));
    }

    /**
     * Decrypts the outputs of a query.
     *
     * @param answer the server's, at level 0 and its canonical scale
     * @param count how many inputs the query held, 1..lanes
     * @return [count][outputs]
     * @throws IllegalArgumentException for another number of inputs
     * @throws MismatchException if the answer is of other parameters or keys, or a slot is so large that outputs may have wrapped around
     *     the modulus
     */
    public double[][] decrypt(Ciphertext answer, int count) {
        NetworkPacking packing = profile.packing();
        double[] slots = encoder.decode(decryptor.decrypt(answer));
        double most = InferenceParameters.LARGEST_SLOT * InferenceProfile.PART_FOR_OUTPUTS;
        double[][] out = packing.unpack(slots, count);
        for (double[] row : out) {
            for (int i = 0; i < row.length; i++) {
                if (!(Math.abs(row[i]) <= most)) {
                    throw new MismatchException("decrypt: expected outputs of at most " + most * profile.outputFactor()
                            + ", found " + row[i] * profile.outputFactor()
                            + ", which may have wrapped around the modulus; have the server raise outputBound");
                }
                row[i] *= profile.outputFactor();
            }
        }
        return out;
    }

    /**
     * The class of every input of a query: the largest output, the first of equal ones.
     *
     * @param answer the server's
     * @param count how many inputs the query held, 1..lanes
     * @return [count]
     * @throws IllegalArgumentException for another number of inputs
     * @throws MismatchException as {@link #decrypt}
     */
    public int[] classes(Ciphertext answer, int count) {
        double[][] scores = decrypt(answer, count);
        int[] out = new int[count];
        for (int i = 0; i < count; i++) {
            for (int c = 1; c < scores[i].length; c++) {
                out[i] = scores[i][c] > scores[i][out[i]] ? c : out[i];
            }
        }
        return out;
    }
}
