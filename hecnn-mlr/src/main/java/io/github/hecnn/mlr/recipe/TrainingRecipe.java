package io.github.hecnn.mlr.recipe;

import io.github.hecnn.ckks.circuit.PlainVector;
import io.github.hecnn.ckks.circuit.SlotAlgebra;
import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.List;

/**
 * One way to train on encrypted data, cut along the border between the two roles: the client encodes and decodes plain slot vectors,
 * which it encrypts and decrypts itself; the cloud trains on whatever values its algebra has. Nothing here can reach a key.
 *
 * <p>A recipe is fixed by its public settings alone, so client and cloud make the same one in separate processes. Implementations
 * are immutable and thread-safe.
 */
public interface TrainingRecipe {
    /** Short name, as in options and reports. */
    String name();

    /** Shape and settings of the training. */
    MlrConfig config();

    /** Slots of a ciphertext this recipe is laid out for: half the ring degree. */
    int slots();

    /** Ciphertexts the client uploads: the size of what {@link #encodeInputs} returns. */
    int uploads();

    /**
     * Ciphertexts the cloud holds at the same time, at most; for the prediction of memory, so an upper estimate is fine.
     *
     * @return uploads, intermediate results and encrypted weights together
     */
    int workingCiphertexts();

    /**
     * Client: the slot vectors to encrypt at the top level, one ciphertext each.
     *
     * <p>It is the last moment at which anybody can see the scores of the training. Unless the settings say to go on, the training is
     * rehearsed here in plain doubles, and refused if a score leaves the interval of the sigmoid polynomial in any iteration.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @param labels [samples], 0..classes-1
     * @return {@link #uploads()} vectors of {@link #slots()} slots, real or complex
     * @throws IllegalArgumentException if the data does not have the shape of the settings, or a score leaves the interval; see
     *     {@link PlainTrainer#rehearse}
     */
    List<PlainVector> encodeInputs(double[][] x, int[] labels);

    /**
     * Cloud: the training.
     *
     * <p>On simulated slots the scores are held to the interval of the sigmoid polynomial: {@code SimulatedSlotAlgebra} refuses, or tells
     * the listener of {@code onOutsideInterval} and goes on. Give it one where the settings say
     * {@link io.github.hecnn.mlr.approx.OutsideInterval#GO_ON}. On ciphertexts nobody can see them; {@link #encodeInputs} is the guard.
     *
     * @param algebra arithmetic on the uploads, with the rotation, conjugation and relinearisation keys the recipe needs
     * @param uploads encryptions of the vectors of {@link #encodeInputs}, in their order, at the top level
     * @param listener told after each iteration, by the calling thread
     * @param <V> values of the algebra
     * @return the encrypted weights after each iteration; their slots go into {@link #decodeWeights}
     * @throws IllegalArgumentException if the number of uploads or slots is another than this recipe's
     * @throws io.github.hecnn.ckks.error.LevelException if the algebra has too few levels
     * @throws io.github.hecnn.ckks.error.MissingKeyException if a key is missing
     * @throws io.github.hecnn.ckks.error.IntervalException in a simulation without a listener, if a score is outside of the interval
     */
    <V> List<List<V>> train(SlotAlgebra<V> algebra, List<V> uploads, TrainingListener listener);

    /**
     * Client: the weights of one iteration.
     *
     * @param decrypted slots of the values {@link #train} returned for that iteration, in their order
     * @param scaling what {@link #encodeInputs} multiplied features by: {@link #columnScaling} of its design matrix
     * @return weights [classes][features]
     * @throws IllegalArgumentException if number or size of the vectors, or number of features, is another than this recipe's
     */
    double[][] decodeWeights(List<PlainVector> decrypted, ColumnScaling scaling);

    /**
     * Client: the weights of one iteration, while the data is still at hand.
     *
     * @param decrypted as above
     * @param x the design matrix given to {@link #encodeInputs}
     * @return weights [classes][features]
     * @throws IllegalArgumentException as above, or if x has another shape
     */
    default double[][] decodeWeights(List<PlainVector> decrypted, double[][] x) {
        return decodeWeights(decrypted, columnScaling(x));
    }

    /**
     * Client: the factors of features, all that is to be kept of the data to decode weights later.
     *
     * @param x the design matrix given to {@link #encodeInputs}
     * @throws IllegalArgumentException if x does not have the shape of the settings
     */
    default ColumnScaling columnScaling(double[][] x) {
        config().check(x, new int[x.length]);
        return ColumnScaling.of(x, config().preconditioner());
    }

    /**
     * Client: the errors of decoded weights that the encrypted training is predicted to have, from a rehearsal with noise. It takes about 2 draws times the
     * time and memory of one without.
     *
     * @param model noise of the parameters, for the kind of key that encrypts the uploads
     * @param x design matrix, as for {@link #encodeInputs}
     * @param labels [samples], 0..classes-1
     * @param draws how many possible errors are followed, from 1: 4 are enough for the root mean square over all weights, which needs not be the same
     *     for each
     * @return for each iteration the root mean square error of every weight over the draws, [classes][features], in units of the weight
     * @throws IllegalArgumentException if the data does not have the shape of the settings
     * @throws io.github.hecnn.ckks.error.HeException if the training would be refused, or there are no draws
     */
    default List<double[][]> predictedWeightErrors(NoiseModel model, double[][] x, int[] labels, int draws) {
        return WeightErrors.predicted(this, model, x, labels, draws);
    }
}
