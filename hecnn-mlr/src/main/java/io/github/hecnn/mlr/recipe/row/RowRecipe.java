package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.recipe.Batch;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.EncryptedTraining;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.Schedule;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import io.github.hecnn.mlr.recipe.TrainingState;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The "long" recipe: minibatches in the packing of {@link RowLayout}, with one refresh of the gradient an iteration if there is a refresher, so
 * that a training can go on for as long as it takes.
 *
 * <ul>
 *   <li>The quadratic gradient's diagonal b is the owner's preconditioning, as in the "fast" recipe.
 *   <li>The first score of every sample is public: start weights may differ from zero in the leading column only, and there are the same
 *       for all classes. The first iteration has no forward pass.
 *   <li>An iteration takes 2 levels besides those of the sigmoid polynomial, which is evaluated in Chebyshev form; the first one takes 2. With
 *       refreshes the factors of gradients in weights take one more.
 * </ul>
 *
 * <p>Keys: relinearisation, conjugation and {@link RowLayout#rotationSteps}. Immutable and thread-safe.
 */
public final class RowRecipe implements TrainingRecipe {
    private final MlrConfig config;
    private final RowLayout layout;
    private final RowBatches batches;
    private final double refreshScale;

    private RowRecipe(MlrConfig config, RowLayout layout, int batch, double refreshScale) {
        this.config = config;
        this.layout = layout;
        batches = new RowBatches(layout, config.samples(), batch);
        this.refreshScale = refreshScale;
    }

    /**
     * {@return settings that train well: standard Nesterov steps, degree 15 and steps of 16, or degree 7 and steps of 12, labels smoothed by 0.1, and a first score of -2.2, which answers 1/10}
     * Features should be centred.
     *
     * @param samples training samples
     * @param features columns of the design matrix with the leading 1
     * @param classes at least 2
     * @param iterations at least 1
     * @param sigmoid {@link SigmoidApproximation#WEIGHTED_15} or {@link SigmoidApproximation#WEIGHTED_7}, or another on a wide interval
     */
    public static MlrConfig.Builder settings(
            int samples, int features, int classes, int iterations, SigmoidApproximation sigmoid) {
        double[][] start = new double[classes][features];
        for (double[] row : start) {
            row[0] = -2.2;
        }
        return MlrConfig.builder(samples, features, classes, iterations)
                .sigmoid(sigmoid)
                .schedule(Schedule.nesterov())
                .learningRate(sigmoid.degree() > 7 ? 16 : 12)
                .labelSmoothing(0.1)
                .startWeights(start);
    }

    /**
     * {@return a recipe without refreshes, for as many iterations as there are levels}
     *
     * @param config settings
     * @param layout of the classes and features of the settings
     * @param blocksPerBatch blocks of {@link RowLayout#rows} samples a minibatch, at least 1; all samples if these are fewer
     * @throws IllegalArgumentException if settings and layout do not agree, the schedule takes gradients at other weights than standard Nesterov,
     *     or the start weights are not as the recipe wants them
     */
    public static RowRecipe of(MlrConfig config, RowLayout layout, int blocksPerBatch) {
        if (layout.classes() != config.classes() || layout.features() != config.features()) {
            throw new IllegalArgumentException("long recipe: expected a layout of " + config.classes() + " classes and "
                    + config.features() + " features, found " + layout.classes() + " and " + layout.features()
                    + "; make it for the settings");
        }
        if (blocksPerBatch < 1) {
            throw new IllegalArgumentException(
                    "long recipe: expected at least 1 block a batch, found " + blocksPerBatch + "; use 1");
        }
        requireStart(config);
        long rows = (long) blocksPerBatch * layout.rows();
        return new RowRecipe(config, layout, (int) Math.min(rows, config.samples()), 0);
    }

    private static void requireStart(MlrConfig config) {
        double score = config.startWeight(0, 0);
        for (int j = 0; j < config.classes(); j++) {
            for (int k = 0; k < config.features(); k++) {
                if (config.startWeight(j, k) != (k == 0 ? score : 0)) {
                    throw new IllegalArgumentException("long recipe: expected start weights of zero but for the same"
                            + " number in column 0 of every class, found " + config.startWeight(j, k) + " for class "
                            + j
                            + ", column " + k + "; use RowRecipe.settings");
                }
            }
        }
        if (config.l2() != 0 && score != 0) {
            throw new IllegalArgumentException("long recipe: expected no weight decay where scores start at " + score
                    + ", found " + config.l2() + "; use start weights of 0");
        }
    }

    /**
     * {@return this recipe with a refresh of the gradient in each iteration}
     *
     * @param scale what is refreshed is the gradient times this: small enough for the bound of the refresher, see {@link #refreshScale}
     * @throws IllegalArgumentException if it is not positive or above 1
     */
    public RowRecipe refreshing(double scale) {
        if (!(scale > 0 && scale <= 1)) {
            throw new IllegalArgumentException("long recipe: expected a refresh scale above 0, at most 1, found "
                    + scale + "; use RowRecipe.refreshScale");
        }
        return new RowRecipe(config, layout, batch(), scale);
    }

    /**
     * The owner's rehearsal in the clear: the same batches, in doubles.
     *
     * @param x design matrix [samples][features], ones in column 0
     * @param targets [samples][classes]
     * @return weights and scores of each iteration
     * @throws IllegalArgumentException as {@link PlainTrainer#rehearseMinibatches(double[][], double[][], MlrConfig, int)}
     */
    public PlainTrainer.History rehearse(double[][] x, double[][] targets) {
        return PlainTrainer.rehearseMinibatches(x, targets, config, batch());
    }

    /**
     * A scale for {@link #refreshing} that leaves half of a refresher's bound as a margin, from a rehearsal.
     *
     * @param history of {@link #rehearse}, maybe on a part of the samples
     * @param scaling of the design matrix
     * @param bound of the refresher
     * @return a power of two, at most 1
     */
    public double refreshScale(PlainTrainer.History history, ColumnScaling scaling, double bound) {
        List<double[][]> weights = history.weights();
        double largest = RowUnits.largestGradient(config, weights, scaling);
        if (weights.size() >= WINDOW) {
            largest = Math.max(largest, RowUnits.largestStep(config, weights, scaling, WINDOW));
            largest = Math.max(largest, RowUnits.largestWeight(config, weights, scaling) / WEIGHTS_PER_GRADIENT);
        }
        double parts = Math.sqrt(2) * layout.groups() * largest;
        return Math.min(1, Math.scalb(1.0, (int) Math.floor(Math.log(bound / (2 * parts)) / Math.log(2))));
    }

    /**
     * A bound on the slots of encrypted weights, from a rehearsal: they have to fit into the lowest level that the weights go to.
     *
     * @param history of {@link #rehearse}
     * @param scaling of the design matrix
     * @return positive
     */
    public double largestSlot(PlainTrainer.History history, ColumnScaling scaling) {
        return Math.sqrt(2) * layout.groups() * RowUnits.largestWeight(config, history.weights(), scaling);
    }

    /** {@return what gradients are multiplied by before they are refreshed; 0 without refreshes} */
    public double refreshScale() {
        return refreshScale;
    }

    @Override
    public String name() {
        return refreshScale > 0 ? "long" : "rows";
    }

    @Override
    public MlrConfig config() {
        return config;
    }

    /** {@return where everything is} */
    public RowLayout layout() {
        return layout;
    }

    /** {@return samples of a minibatch} */
    public int batch() {
        return batches.batch();
    }

    /** {@return blocks of samples that are uploaded: those of whole batches} */
    public int blocks() {
        return batches.blocks();
    }

    /** {@return batch of iteration 1, 2, ...: blocks in their order, then from the start again} */
    public IntFunction<Batch> batches() {
        return batches.inTurn();
    }

    @Override
    public int slots() {
        return layout.slots();
    }

    @Override
    public int uploads() {
        return batches.uploads();
    }

    /**
     * Level an upload needs: targets come in later than features.
     *
     * @param upload index into what {@link #encodeInputs} returns
     * @param featureLevel level of features, {@link #levels} or more; with refreshes one below the level where these end
     * @return the level to encrypt it at; with refreshes that of targets is lower
     */
    public int uploadLevel(int upload, int featureLevel) {
        boolean target = upload % batches.uploadsPerBlock() >= layout.complexFeatures();
        return target && refreshScale > 0 ? featureLevel - RowSteps.polynomialLevels(config.sigmoid()) : featureLevel;
    }

    @Override
    public int workingCiphertexts() {
        int weights = refreshScale > 0 ? Math.min(config.iterations(), WINDOW) : 4;
        int turned = layout.groups() * Math.max(layout.babySteps(), layout.giantSteps());
        return uploads() + weights + turned + 2 * layout.groups() * layout.babySteps() + 8;
    }

    /**
     * Refreshed gradients that are kept, on the disk and in memory, before they are gathered for two refreshes more: neither grows with the
     * iterations beyond that.
     */
    public static final int WINDOW = 128;

    /** Gathered weights may be so many times larger than gradients. */
    private static final int WEIGHTS_PER_GRADIENT = 8;

    /**
     * Levels of the iterations; with refreshes those of one iteration, from features down to a gradient that is to be refreshed.
     *
     * @return the least level of uploads; above the input level of the refresher if there are refreshes
     */
    @Override
    public int levels() {
        int iteration = 2 + RowSteps.polynomialLevels(config.sigmoid());
        return refreshScale > 0 ? iteration : 2 + (config.iterations() - 1) * iteration;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Block by block: all features of the block, then its targets. Vectors are made when they are asked for, so the list takes no memory.
     */
    @Override
    public List<PlainVector> encodeInputs(double[][] x, double[][] targets, ColumnScaling scaling) {
        scaling.requireFeatures("long inputs", config.features());
        config.check(x, targets);
        if (config.outsideInterval() == OutsideInterval.REFUSE) {
            rehearse(x, targets);
        }
        return new RowInputs(batches, config, x, targets, scaling);
    }

    @Override
    public <V> EncryptedDesign<V> design(
            SlotAlgebra<V> algebra, List<V> uploads, double firstFactor, TrainingListener listener) {
        requireUploads(algebra, uploads);
        int level = algebra.level(uploads.get(0));
        for (int i = 0; i < uploads.size(); i++) {
            int up = algebra.level(uploads.get(i)) + level - uploadLevel(i, level); // what the features' may be, for it
            level = Math.min(level, up);
        }
        if (level < levels()) {
            throw new LevelException("long training: expected uploads of level " + levels() + " or more for "
                    + (refreshScale > 0 ? "an iteration" : config.iterations() + " iterations") + ", found " + level
                    + "; take parameters with more levels, refreshes, or fewer iterations");
        }
        List<RowBlock<V>> blocks = new ArrayList<>();
        for (int i = 0; i < blocks(); i++) {
            List<V> block = new ArrayList<>();
            for (int u = i * batches.uploadsPerBlock(); u < (i + 1) * batches.uploadsPerBlock(); u++) {
                block.add(algebra.dropToLevel(uploads.get(u), uploadLevel(u, level)));
            }
            int k = layout.complexFeatures();
            blocks.add(RowBlock.inMemory(layout, block.subList(0, k), block.subList(k, block.size())));
        }
        return design(RowAlgebras.of(algebra), blocks::get, level);
    }

    /**
     * Cloud: the data in blocks that are fetched when they are needed.
     *
     * @param algebras arithmetic
     * @param blocks gives block 0 .. {@link #blocks} - 1, maybe from several threads
     * @param featureLevel level of all features, which have scale degree 1
     * @param <V> values of the algebras
     * @return the data, of which gradients can be taken
     */
    public <V> EncryptedDesign<V> design(RowAlgebras<V> algebras, IntFunction<RowBlock<V>> blocks, int featureLevel) {
        RowSteps<V> steps = new RowSteps<>(layout, config.sigmoid(), config.startWeight(0, 0), algebras, featureLevel);
        return new RowDesign<>(algebras, steps, blocks, blocks(), 1.0 / config.samples());
    }

    /**
     * Cloud: the loop on such data.
     *
     * @param design of this recipe
     * @param <V> values of the algebras
     * @return the loop, whose levels and scales are those of {@link EncryptedTraining}
     */
    public <V> EncryptedTraining<V> training(EncryptedDesign<V> design) {
        EncryptedTraining<V> training = EncryptedTraining.of(design, config);
        return refreshScale > 0
                ? training.refreshing(WINDOW, refreshScale, refreshScale / WEIGHTS_PER_GRADIENT)
                : training;
    }

    @Override
    public <V> void train(
            SlotAlgebra<V> algebra,
            List<V> uploads,
            TrainingState<V> from,
            TrainingListener listener,
            EncryptedTraining.StepListener<V> steps) {
        TrainingListener.Reports reports = new TrainingListener.Reports(algebra, listener);
        EncryptedDesign<V> design = design(algebra, uploads, 0, listener);
        EncryptedTraining<V> training = training(design).withListener(listener);
        boolean fold = refreshScale == 0;
        training.run(from == null ? training.start() : from, config.iterations(), batches(), fold, (state, weights) -> {
            reports.iterationDone(state.iteration(), algebra.level(weights.get(0)));
            steps.stepDone(state, weights);
        });
    }

    /**
     * The units of the ciphertexts: features are multiplied by these numbers there, and what weights are above the start weights is divided by them.
     *
     * @param scaling of the design matrix; like it the numbers tell something about the data
     * @return [features]
     * @throws IllegalArgumentException if the scaling is of another number of features
     */
    public double[] units(ColumnScaling scaling) {
        scaling.requireFeatures("long units", config.features());
        double[] out = new double[scaling.features()];
        for (int k = 0; k < out.length; k++) {
            out[k] = RowUnits.factor(config, scaling, k);
        }
        return out;
    }

    /**
     * How far refreshes may leave weights off, in the units of the ciphertexts: every refreshed gradient is in the weights at most once for each
     * iteration since, and so is the momentum of gathered ones.
     *
     * @param refreshDeviation deviation of a slot that is refreshed
     * @return a bound of the deviation of the weights after all iterations; 0 without refreshes
     */
    public double weightDeviation(double refreshDeviation) {
        double t = config.iterations();
        double squares = t * (t + 1) * (2 * t + 1) / 6;
        for (int gathered = WINDOW; gathered <= t; gathered += WINDOW) {
            squares += Math.pow(WEIGHTS_PER_GRADIENT, 2) + Math.pow(t - gathered, 2);
        }
        return refreshScale > 0 ? refreshDeviation / refreshScale * Math.sqrt(squares) : 0;
    }

    @Override
    public double[][] decodeWeights(List<PlainVector> decrypted, ColumnScaling scaling) {
        scaling.requireFeatures("long weights", config.features());
        if (decrypted.size() != 1) {
            throw new IllegalArgumentException("long weights: expected 1 vector of " + slots() + " slots, found "
                    + decrypted.size() + "; give what was decrypted of one iteration");
        }
        return RowUnits.weights(config, new RowEncoder(layout).decodeMerged(decrypted.get(0)), scaling);
    }

    /** The layout in words. */
    @Override
    public String toString() {
        return (refreshScale > 0 ? "long: " : "rows: ") + layout + ", batches of " + batch();
    }
}
