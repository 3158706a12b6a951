package io.github.hecnn.mlr.recipe.packed;

import io.github.hecnn.ckks.circuit.PlainVector;
import io.github.hecnn.ckks.circuit.SlotAlgebra;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.mlr.approx.MaskedPolynomial;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;

/**
 * The "fast" recipe: the iteration of arXiv 2304.03807, to the letter, in a packing that needs few key switches and four levels an
 * iteration with a cubic.
 *
 * <ul>
 *   <li>The quadratic gradient's diagonal b is client-side preconditioning: features are multiplied by sqrt(b) before encryption,
 *       weights after decryption. It depends on the features alone, so the client can compute it again from them at any time.
 *   <li>A slot is (sample, class, feature); see {@code PackedLayout}. Uploads are compact and spread out once by the cloud: one level.
 *   <li>Two blocks of features travel as one complex ciphertext, through products, sums and the weights themselves; two blocks of
 *       samples do so through the sums of the forward pass.
 *   <li>Weights that start at zero are public, so the first iteration has no forward pass: its error is the labels less the
 *       polynomial's constant term. Other first weights take one more block of the uploads and a forward pass.
 *   <li>The mask after the sum over features rides on the coefficients of the sigmoid polynomial, the step sizes ride on the same
 *       constants, and W is formed from older values that have levels to spare. With a polynomial of degree below 2^k an iteration
 *       takes k + 2 levels, the first one from zero a single level.
 * </ul>
 *
 * <p>Keys: relinearisation, conjugation and the rotations {@link TrainingPlan#rotationSteps}. Errors of decrypted weights are the
 * noise of the scheme times sqrt(b), which is small except for features that are nearly always zero.
 *
 * <p>Immutable and thread-safe.
 */
public final class PackedRecipe implements TrainingRecipe {
    /** Uploads the paper takes, and the bound of {@link #of(MlrConfig, int)}. */
    public static final int MAX_UPLOADS = 6;

    private final MlrConfig config;
    private final PackedLayout layout;
    private final PackedConstants constants;
    private final IndexedRunner runner;

    private PackedRecipe(MlrConfig config, PackedLayout layout, IndexedRunner runner) {
        this.config = config;
        this.layout = layout;
        this.runner = runner;
        constants = new PackedConstants(config);
    }

    /** Runs independent work of one step of the training: whole ciphertext operations, a few to a few hundred at a time. */
    @FunctionalInterface
    public interface IndexedRunner {
        /** One after the other on the calling thread. */
        IndexedRunner SEQUENTIAL = (count, task) -> {
            for (int i = 0; i < count; i++) {
                task.accept(i);
            }
        };

        /**
         * Runs the task once for each index, in any order, and returns when all are done.
         *
         * @param count number of indices
         * @param task takes 0 .. count - 1
         */
        void forEach(int count, IntConsumer task);
    }

    /**
     * The cheapest layout with at most {@link #MAX_UPLOADS} uploads: every width of a feature block that is a power of two is
     * rehearsed and priced. The same settings always give the same recipe.
     *
     * @param config settings of the training
     * @param slots half the ring degree, a power of two
     * @return a recipe that runs sequentially
     * @throws IllegalArgumentException if no layout has so few uploads, the slots are too few or no power of two, or the sigmoid
     *     polynomial is constant
     */
    public static PackedRecipe of(MlrConfig config, int slots) {
        return PackedSearch.cheapest(config, slots, MAX_UPLOADS);
    }

    /**
     * A layout of one's own choice.
     *
     * @param config settings of the training
     * @param slots half the ring degree, a power of two
     * @param width slots of a feature block, a power of two
     * @return a recipe that runs sequentially, with any number of uploads
     * @throws IllegalArgumentException if a row of all classes does not fit into the slots, a number is no power of two, or the
     *     sigmoid polynomial is constant
     */
    public static PackedRecipe withWidth(MlrConfig config, int slots, int width) {
        PackedLayout layout = new PackedLayout(
                slots, config.samples(), config.features(), config.classes(), width, config.initialWeight() == 0);
        return new PackedRecipe(config, layout, IndexedRunner.SEQUENTIAL);
    }

    /**
     * This recipe on another runner. Results do not depend on it.
     *
     * @param runner must be safe to call from the thread that trains, and the algebra thread-safe
     * @return a new recipe
     */
    public PackedRecipe withRunner(IndexedRunner runner) {
        return new PackedRecipe(config, layout, Objects.requireNonNull(runner, "runner"));
    }

    @Override
    public String name() {
        return "fast";
    }

    @Override
    public MlrConfig config() {
        return config;
    }

    @Override
    public int slots() {
        return layout.slots();
    }

    @Override
    public int uploads() {
        return layout.uploads();
    }

    @Override
    public int workingCiphertexts() {
        int preparation = layout.uploads() + layout.inputBlocks() + layout.samplePairs();
        int rotations = layout.classSlots() + layout.classes();
        int iteration = layout.sampleBlocks() + (config.iterations() + 4) * layout.featurePairs();
        return preparation + Math.max(rotations, iteration);
    }

    /**
     * Levels a training takes.
     *
     * @return 1 to spread the uploads, k + 2 an iteration with a polynomial of degree below 2^k, 1 for a first one from zero
     */
    public int levels() {
        int iteration = 2 + MaskedPolynomial.depth(constants.degree());
        return 1 + (layout.startsAtZero() ? 1 : iteration) + (config.iterations() - 1) * iteration;
    }

    @Override
    public List<PlainVector> encodeInputs(double[][] x, int[] labels) {
        PlainTrainer.requireTrainable(x, labels, config);
        return new PackedEncoder(layout)
                .encode(
                        x,
                        labels,
                        ColumnScaling.of(x, config.preconditioner()),
                        config.initialWeight(),
                        constants.constantTerm());
    }

    @Override
    public <V> List<List<V>> train(SlotAlgebra<V> algebra, List<V> uploads, TrainingListener listener) {
        if (algebra.slots() != slots() || uploads.size() != uploads()) {
            throw new IllegalArgumentException("fast training: expected " + uploads() + " uploads of " + slots()
                    + " slots, found " + uploads.size() + " of " + algebra.slots()
                    + "; make the recipe from the settings the client used");
        }
        for (V upload : uploads) {
            if (algebra.level(upload) < levels()) {
                throw new LevelException("fast training: expected uploads of level " + levels() + " or more for "
                        + config.iterations() + " iterations, found " + algebra.level(upload)
                        + "; take parameters with more levels or fewer iterations");
            }
        }
        PackedCircuit<V> circuit = new PackedCircuit<>(layout, constants, new PackedMasks(layout), algebra, runner);
        return PackedTraining.run(circuit, config.iterations(), uploads, listener);
    }

    @Override
    public double[][] decodeWeights(List<PlainVector> decrypted, ColumnScaling scaling) {
        scaling.requireFeatures(config.features());
        boolean sizes = decrypted.stream().allMatch(v -> v.size() == slots());
        if (!sizes || decrypted.size() != layout.featurePairs()) {
            throw new IllegalArgumentException("fast weights: expected " + layout.featurePairs() + " vectors of "
                    + slots() + " slots, found " + decrypted.size() + " of "
                    + decrypted.stream().map(PlainVector::size).distinct().toList()
                    + "; give what was decrypted of one iteration");
        }
        return new PackedEncoder(layout).decode(decrypted, scaling, config.initialWeight());
    }

    /** The layout in words. */
    @Override
    public String toString() {
        return "fast: " + layout;
    }
}
