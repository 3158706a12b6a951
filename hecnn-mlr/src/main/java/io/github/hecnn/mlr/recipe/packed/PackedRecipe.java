package io.github.hecnn.mlr.recipe.packed;

import io.github.hecnn.ckks.circuit.polynomial.MaskedPolynomial;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.List;

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
    private final MlrConfig config;
    private final PackedLayout layout;
    private final PackedConstants constants;

    private PackedRecipe(MlrConfig config, PackedLayout layout) {
        this.config = config;
        this.layout = layout;
        constants = new PackedConstants(config);
    }

    /**
     * The cheapest layout, with any number of uploads: every width of a feature block that is a power of two is priced. The same settings
     * always give the same recipe.
     *
     * @param config settings of the training
     * @param slots half the ring degree, a power of two
     * @return a recipe
     * @throws IllegalArgumentException if the slots are too few or no power of two, or the sigmoid polynomial is constant
     */
    public static PackedRecipe of(MlrConfig config, int slots) {
        return of(config, slots, Integer.MAX_VALUE);
    }

    /**
     * The cheapest layout with at most so many uploads.
     *
     * @param config settings of the training
     * @param slots half the ring degree, a power of two
     * @param maxUploads from 1
     * @return a recipe
     * @throws IllegalArgumentException as for any number of uploads; a {@link io.github.hecnn.mlr.plan.NoPlanException} if no layout has so
     *     few
     */
    public static PackedRecipe of(MlrConfig config, int slots, int maxUploads) {
        MlrConfig priced = PackedSearch.priced(config);
        return new PackedRecipe(
                config,
                PackedSearch.cheapest(
                        config,
                        slots,
                        maxUploads,
                        width -> PackedLayout.of(config, slots, width),
                        layout -> new PackedRecipe(priced, layout)));
    }

    /**
     * A layout of one's own choice.
     *
     * @param config settings of the training
     * @param slots half the ring degree, a power of two
     * @param width slots of a feature block, a power of two
     * @return a recipe, with any number of uploads
     * @throws IllegalArgumentException if a row of all classes does not fit into the slots, a number is no power of two, or the
     *     sigmoid polynomial is constant
     */
    public static PackedRecipe withWidth(MlrConfig config, int slots, int width) {
        return new PackedRecipe(config, PackedLayout.of(config, slots, width));
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
        int iteration = layout.sampleBlocks() + (Math.min(config.iterations(), 4) + 4) * layout.featurePairs();
        return preparation + Math.max(rotations, iteration);
    }

    /**
     * {@inheritDoc}
     *
     * @return 1 to spread the uploads, k + 2 an iteration with a polynomial of degree below 2^k, 1 for a first one from zero
     */
    @Override
    public int levels() {
        int iteration = 2 + MaskedPolynomial.depth(constants.degree());
        return 1 + (layout.startsAtZero() ? 1 : iteration) + (config.iterations() - 1) * iteration;
    }

    @Override
    public List<PlainVector> encodeInputs(double[][] x, double[][] targets, ColumnScaling scaling) {
        scaling.requireFeatures("fast inputs", config.features());
        PlainTrainer.requireTrainable(x, targets, config);
        return new PackedEncoder(layout).encode(x, targets, scaling, config, constants.constantTerm());
    }

    @Override
    public <V> EncryptedDesign<V> design(
            SlotAlgebra<V> algebra, List<V> uploads, double firstFactor, TrainingListener listener) {
        requireUploads(algebra, uploads);
        return PackedDesign.of(PackedCircuit.of(layout, constants, algebra, firstFactor), uploads, listener);
    }

    @Override
    public double[][] decodeWeights(List<PlainVector> decrypted, ColumnScaling scaling) {
        scaling.requireFeatures("fast weights", config.features());
        boolean sizes = decrypted.stream().allMatch(v -> v.size() == slots());
        if (!sizes || decrypted.size() != layout.featurePairs()) {
            throw new IllegalArgumentException("fast weights: expected " + layout.featurePairs() + " vectors of "
                    + slots() + " slots, found " + decrypted.size() + " of "
                    + decrypted.stream().map(PlainVector::size).distinct().toList()
                    + "; give what was decrypted of one iteration");
        }
        return new PackedEncoder(layout).decode(decrypted, scaling, config);
    }

    /** The layout in words. */
    @Override
    public String toString() {
        return "fast: " + layout;
    }
}
