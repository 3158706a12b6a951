package io.github.hecnn.mlr.recipe.volley;

import io.github.hecnn.ckks.circuit.polynomial.MaskedPolynomial;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.ckks.volley.VolleyDecoder;
import io.github.hecnn.ckks.volley.VolleyEncoder;
import io.github.hecnn.ckks.volley.VolleyLayout;
import io.github.hecnn.mlr.plan.NoPlanException;
import io.github.hecnn.mlr.plan.PlanRefusal;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.ArrayList;
import java.util.List;

/**
 * The "paper" recipe: exactly the iteration of arXiv 2304.03807, with products in the Volley Revolver encoding (arXiv 2201.12577).
 *
 * <p>Z = X V^T by a product, P by the sigmoid polynomial slot by slot, G = b (Y - P)^T X by a transposed product, then
 * T = W + (1 + gamma) G, W = (1 - eta) T + eta V, V = T. Where this does the same as the authors' program for less:
 *
 * <ul>
 *   <li>The diagonal b of the quadratic gradient is client-side preconditioning: features are multiplied by sqrt(b) before encryption,
 *       weights divided by it before and multiplied by it after. That is the same iteration, without a ciphertext or a level for b.
 *   <li>X is turned against the weights, not the weights against X: once, for both products of all iterations.
 *   <li>Masks are plain, and ride on the coefficients of the sigmoid polynomial; so do 1 + gamma and, in the last iteration,
 *       1 - eta. W is formed from older values that have levels to spare.
 * </ul>
 *
 * <p>A training takes one level to turn X and, with a polynomial of degree below 2^k, k + 2 levels an iteration: 4 with the paper's
 * cubic. At 128 x 401 samples, 10 classes and 2^15 slots: 3 uploads (X, Y, W), 23 rotation steps, 43 key switches to prepare and 49
 * an iteration, against about 3,000 rotations in the authors' program.
 *
 * <p>Weights that do not fit into a ciphertext are cut into tiles, and X with them; see {@link VolleyLayout}.
 *
 * <p>Keys: relinearisation, the rotations {@link TrainingPlan#rotationSteps}, conjugation. Errors of decrypted weights are
 * the noise of the scheme times sqrt(b), which is small except for features that are nearly always zero.
 *
 * <p>Scores outside of the sigmoid polynomial's interval are refused by {@link #encodeInputs} unless the settings have
 * {@link io.github.hecnn.mlr.approx.OutsideInterval#GO_ON}, as the published program does, which never looks. On its authors' data they
 * stay inside: up to 4.05 in the first iteration.
 *
 * <p>Immutable and thread-safe.
 */
public final class VolleyRecipe implements TrainingRecipe {
    private final MlrConfig config;
    private final VolleyLayout layout;

    private VolleyRecipe(MlrConfig config, VolleyLayout layout) {
        this.config = config;
        this.layout = layout;
    }

    /**
     * The recipe for settings and a ring size.
     *
     * @param config settings of the training
     * @param slots half the ring degree, a power of two
     * @return the recipe
     * @throws IllegalArgumentException if slots is no power of two, a matrix takes more than 2^20 ciphertexts, or the sigmoid polynomial
     *     is constant
     */
    public static VolleyRecipe of(MlrConfig config, int slots) {
        return of(config, slots, Integer.MAX_VALUE);
    }

    /**
     * The recipe with a bound on uploads.
     *
     * @param config settings of the training
     * @param slots half the ring degree, a power of two
     * @param maxUploads from 1, such as the paper's 6
     * @return the recipe
     * @throws IllegalArgumentException as for any number of uploads
     * @throws NoPlanException if it has more
     */
    public static VolleyRecipe of(MlrConfig config, int slots, int maxUploads) {
        if (degree(config) < 1) {
            throw new IllegalArgumentException("paper recipe: expected a sigmoid polynomial of degree 1 or more, found "
                    + config.sigmoid() + "; give it a linear term");
        }
        VolleyRecipe recipe;
        try {
            recipe = new VolleyRecipe(
                    config, VolleyLayout.of(slots, config.samples(), config.features(), config.classes()));
        } catch (InvalidParametersException e) {
            throw new IllegalArgumentException("paper recipe: " + e.getMessage(), e);
        }
        if (recipe.uploads() > maxUploads) {
            throw NoPlanException.at(
                    "paper recipe",
                    Integer.numberOfTrailingZeros(slots) + 1,
                    new PlanRefusal(
                            PlanRefusal.Kind.UPLOADS,
                            maxUploads,
                            recipe.uploads(),
                            "expected at most " + maxUploads + " uploads, found " + recipe.uploads() + " of " + slots
                                    + " slots for " + config.samples() + " samples of " + config.features()
                                    + " features; use a larger ring, fewer samples, or allow more uploads"));
        }
        return recipe;
    }

    private static int degree(MlrConfig config) {
        double[] c = config.sigmoid().coefficients();
        int degree = c.length - 1;
        while (degree > 0 && c[degree] == 0) {
            degree--;
        }
        return degree;
    }

    @Override
    public String name() {
        return "paper";
    }

    @Override
    public MlrConfig config() {
        return config;
    }

    @Override
    public int uploads() {
        return layout.pairs() + layout.groups() + layout.rightVectors();
    }

    @Override
    public int slots() {
        return layout.slots();
    }

    @Override
    public int workingCiphertexts() {
        int preparation = layout.blocks();
        int iteration = layout.groups() * layout.blocks() + 4 * layout.productVectors();
        int weights = layout.rightVectors() * (Math.min(config.iterations(), 4) + 4);
        return uploads() + layout.revolvedCiphertexts() + Math.max(preparation, iteration) + weights;
    }

    /**
     * {@inheritDoc}
     *
     * @return 1 to turn X, and k + 2 an iteration with a polynomial of degree below 2^k
     */
    @Override
    public int levels() {
        return 1 + config.iterations() * (2 + MaskedPolynomial.depth(degree(config)));
    }

    /**
     * {@inheritDoc}
     *
     * <p>First X, two vectors of rows in a ciphertext, then Y, likewise, then the first weights.
     */
    @Override
    public List<PlainVector> encodeInputs(double[][] x, double[][] targets, ColumnScaling scaling) {
        scaling.requireFeatures("paper inputs", config.features());
        PlainTrainer.requireTrainable(x, targets, config);
        VolleyEncoder encoder = new VolleyEncoder(layout);
        double[][] scaled = new double[x.length][config.features()];
        double[][] y = new double[x.length][config.classes()];
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < config.features(); k++) {
                scaled[i][k] = x[i][k] * scaling.factor(k);
            }
            // Less the constant of the polynomial, so that the error of a class or a sample that is only padding is 0.
            for (int j = 0; j < config.classes(); j++) {
                y[i][j] = targets[i][j] - config.sigmoid().coefficients()[0];
            }
        }
        double[][] weights = config.startWeights();
        for (double[] row : weights) {
            for (int k = 0; k < row.length; k++) {
                row[k] = scaling.encodeWeight(row[k], k);
            }
        }
        List<PlainVector> uploads = new ArrayList<>(encoder.left(scaled));
        List<PlainVector> errors = encoder.sparse(y);
        int perUpload = layout.paired() ? 2 : 1;
        for (int i = 0; i < errors.size(); i += perUpload) {
            uploads.add(layout.paired() ? complex(errors.get(i), errors.get(i + 1)) : errors.get(i));
        }
        uploads.addAll(encoder.right(weights));
        return List.copyOf(uploads);
    }

    private static PlainVector complex(PlainVector re, PlainVector im) {
        double[][] parts = new double[2][re.size()];
        for (int i = 0; i < re.size(); i++) {
            parts[0][i] = re.re(i);
            parts[1][i] = im.re(i);
        }
        return PlainVector.complex(parts[0], parts[1]);
    }

    @Override
    public <V> EncryptedDesign<V> design(
            SlotAlgebra<V> algebra, List<V> uploads, double firstFactor, TrainingListener listener) {
        requireUploads(algebra, uploads);
        return new VolleyDesign<>(algebra, layout, config, degree(config), uploads, listener);
    }

    @Override
    public double[][] decodeWeights(List<PlainVector> decrypted, ColumnScaling scaling) {
        scaling.requireFeatures("paper weights", config.features());
        if (decrypted.size() != layout.rightVectors() || decrypted.stream().anyMatch(v -> v.size() != slots())) {
            throw new IllegalArgumentException("paper weights: expected " + layout.rightVectors() + " vectors of "
                    + slots() + " slots, found " + decrypted.size() + " of "
                    + decrypted.stream().map(PlainVector::size).distinct().toList()
                    + "; give what was decrypted of one iteration");
        }
        double[][] weights = new VolleyDecoder(layout).right(decrypted);
        for (int j = 0; j < weights.length; j++) {
            for (int k = 0; k < weights[j].length; k++) {
                weights[j][k] = scaling.decodeWeight(weights[j][k], k, config.startWeight(j, k));
            }
        }
        return weights;
    }

    /** The layout in words. */
    @Override
    public String toString() {
        return "paper: " + layout.rowsPerVector() + " rows of " + layout.stride() + " slots, " + layout.blocks()
                + " blocks of " + layout.blockWidth()
                + (layout.rightVectors() == 1
                        ? ""
                        : ", " + layout.innerTiles() + " tiles of features, " + layout.columnTiles() + " of classes");
    }
}
