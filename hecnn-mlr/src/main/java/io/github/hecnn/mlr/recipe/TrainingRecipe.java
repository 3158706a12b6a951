package io.github.hecnn.mlr.recipe;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.mlr.approx.OutsideInterval;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to train on encrypted data, cut along the border between the two roles: the client encodes and decodes plain slot vectors,
 * which it encrypts and decrypts itself; the cloud trains on whatever values its algebra has. Nothing here can reach a key.
 *
 * <p>A recipe is fixed by its public settings alone, so client and cloud make the same one in separate processes. Implementations
 * are immutable and thread-safe.
 */
public interface TrainingRecipe {
    /** {@return short name, as in options and reports} */
    String name();

    /** {@return shape and settings of the training} */
    MlrConfig config();

    /** {@return slots of a ciphertext this recipe is laid out for: half the ring degree} */
    int slots();

    /** {@return ciphertexts the client uploads: the size of what {@link #encodeInputs} returns} */
    int uploads();

    /**
     * Ciphertexts the cloud holds at the same time, at most; for the prediction of memory, so an upper estimate is fine.
     *
     * @return uploads, intermediate results and encrypted weights together
     */
    int workingCiphertexts();

    /**
     * Levels of a training of {@link MlrConfig#iterations} iterations that ends with them.
     *
     * @return the least level of the uploads
     */
    int levels();

    /**
     * Client: the scaling of the columns, which the owner keeps to read the weights.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @return the scaling
     * @throws IllegalArgumentException as {@link ColumnScaling#of}
     */
    default ColumnScaling scaling(double[][] x) {
        return ColumnScaling.of(x, config().preconditioner());
    }

    /**
     * Client: the slot vectors to encrypt at the top level, one ciphertext each.
     *
     * <p>It is the last moment at which anybody can see the scores of the training. Unless the settings say to go on, the training is
     * rehearsed here in plain doubles, and refused if a score leaves the interval of the sigmoid polynomial in any iteration.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @param targets [samples][classes], from 0 to 1, such as those of {@link MlrConfig#targets}
     * @param scaling {@link #scaling} of x
     * @return {@link #uploads()} vectors of {@link #slots()} slots, real or complex
     * @throws IllegalArgumentException if the data does not have the shape of the settings, or a score leaves the interval; see
     *     {@link io.github.hecnn.mlr.recipe.plain.PlainTrainer#rehearse}
     */
    List<PlainVector> encodeInputs(double[][] x, double[][] targets, ColumnScaling scaling);

    /**
     * Client: the slot vectors to encrypt, for labels.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @param labels [samples], 0..classes-1, smoothed as the settings say
     * @param scaling {@link #scaling} of x
     * @return as {@link #encodeInputs(double[][], double[][], ColumnScaling)}
     * @throws IllegalArgumentException as {@link #encodeInputs(double[][], double[][], ColumnScaling)}
     */
    default List<PlainVector> encodeInputs(double[][] x, int[] labels, ColumnScaling scaling) {
        return encodeInputs(x, config().targets(labels), scaling);
    }

    /**
     * Cloud: the uploads, spread out for a training.
     *
     * @param algebra arithmetic on the uploads, with the rotation, conjugation and relinearisation keys the recipe needs
     * @param uploads encryptions of the vectors of {@link #encodeInputs}, in their order, at level {@link #levels} or more and scale degree 1
     * @param firstFactor {@link EncryptedTraining#firstFactor}: the factor of the first gradient, which is then free
     * @param listener told of the preparation, by the calling thread
     * @param <V> values of the algebra
     * @return the data, of which gradients can be taken
     * @throws IllegalArgumentException if the number of uploads or slots is another than this recipe's
     * @throws io.github.hecnn.ckks.error.LevelException if the algebra has too few levels
     * @throws io.github.hecnn.ckks.error.MissingKeyException if a key is missing
     */
    <V> EncryptedDesign<V> design(
            SlotAlgebra<V> algebra, List<V> uploads, double firstFactor, TrainingListener listener);

    /**
     * Cloud: a whole training of {@link MlrConfig#iterations} iterations on all data.
     *
     * <p>On simulated slots the scores are held to the interval of the sigmoid polynomial: {@code SimulatedSlotAlgebra} refuses, or tells
     * the listener of {@code onOutsideInterval} and goes on. Give it one where the settings say
     * {@link io.github.hecnn.mlr.approx.OutsideInterval#GO_ON}. On ciphertexts nobody can see them; {@link #encodeInputs} is the guard.
     *
     * @param algebra arithmetic on the uploads, with the rotation, conjugation and relinearisation keys the recipe needs
     * @param uploads encryptions of the vectors of {@link #encodeInputs}, in their order, at level {@link #levels} or more and scale degree 1
     * @param from a state to go on from, or null to begin
     * @param listener told of progress, by the calling thread
     * @param steps hears of state and encrypted weights after each iteration, by the calling thread; the slots of these go into
     *     {@link #decodeWeights}
     * @param <V> values of the algebra
     * @throws IllegalArgumentException if the number of uploads or slots is another than this recipe's, or the state is of other settings
     * @throws io.github.hecnn.ckks.error.LevelException if the algebra has too few levels
     * @throws io.github.hecnn.ckks.error.MissingKeyException if a key is missing
     * @throws io.github.hecnn.ckks.error.IntervalException in a simulation without a listener, if a score is outside of the interval
     */
    default <V> void train(
            SlotAlgebra<V> algebra,
            List<V> uploads,
            TrainingState<V> from,
            TrainingListener listener,
            EncryptedTraining.StepListener<V> steps) {
        requireUploads(algebra, uploads);
        for (V upload : uploads) {
            if (algebra.level(upload) < levels()) {
                throw new LevelException(name() + " training: expected uploads of level " + levels() + " or more for "
                        + config().iterations() + " iterations, found " + algebra.level(upload)
                        + "; take parameters with more levels or fewer iterations");
            }
        }
        TrainingListener.Reports reports = new TrainingListener.Reports(algebra, listener);
        int iterations = config().iterations();
        double firstFactor = EncryptedTraining.firstFactor(config(), 1, iterations == 1);
        EncryptedDesign<V> design = design(algebra, uploads, firstFactor, listener);
        EncryptedTraining<V> training = EncryptedTraining.of(design, config()).withListener(listener);
        Batch all = Batch.all(design.blocks());
        training.run(from == null ? training.start() : from, iterations, t -> all, true, (state, weights) -> {
            reports.iterationDone(state.iteration(), algebra.level(weights.get(0)));
            steps.stepDone(state, weights);
        });
    }

    /**
     * Refuses what cannot be uploads of this recipe.
     *
     * @param algebra of the slots
     * @param uploads encrypted inputs of the recipe
     * @param <V> a vector of slots
     * @throws IllegalArgumentException if their number, or that of the slots, is another
     */
    default <V> void requireUploads(SlotAlgebra<V> algebra, List<V> uploads) {
        if (algebra.slots() != slots() || uploads.size() != uploads()) {
            throw new IllegalArgumentException(name() + " training: expected " + uploads() + " uploads of " + slots()
                    + " slots, found " + uploads.size() + " of " + algebra.slots()
                    + "; make the recipe from the settings the client used");
        }
    }

    /**
     * Cloud: a whole training, whose weights are all kept.
     *
     * @param algebra of the slots
     * @param uploads encrypted inputs of the recipe, at level {@link #levels} or more and scale degree 1
     * @param listener hears how it comes along
     * @param <V> a vector of slots
     * @return the encrypted weights after each iteration, scale degree 1
     * @throws IllegalArgumentException as the training with states
     */
    default <V> List<List<V>> train(SlotAlgebra<V> algebra, List<V> uploads, TrainingListener listener) {
        List<List<V>> history = new ArrayList<>();
        train(algebra, uploads, null, listener, (state, weights) -> history.add(weights));
        return history;
    }

    /**
     * Client: the weights of one iteration.
     *
     * @param decrypted slots of the values {@link #train} returned for that iteration, in their order
     * @param scaling the one given to {@link #encodeInputs}: all that has to be kept of the data
     * @return weights [classes][features]
     * @throws IllegalArgumentException if number or size of the vectors, or of the scaling, is another than this recipe's
     */
    double[][] decodeWeights(List<PlainVector> decrypted, ColumnScaling scaling);

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
        SimulatedSlotAlgebra.Builder builder =
                SimulatedSlotAlgebra.builder(model).noiseDraws(draws);
        if (config().outsideInterval() == OutsideInterval.GO_ON) {
            builder.onOutsideInterval(outside -> {});
        }
        SimulatedSlotAlgebra algebra = builder.build();
        ColumnScaling scaling = scaling(x);
        return WeightErrors.predicted(
                algebra,
                draws,
                encodeInputs(x, labels, scaling),
                (uploads, weights) ->
                        train(algebra, uploads, null, TrainingListener.NONE, (state, some) -> weights.accept(some)),
                slots -> decodeWeights(slots, scaling));
    }
}
