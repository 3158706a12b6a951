package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.serial.WireSizes;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.dataset.EncryptedDataset;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.model.Provenance;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowPlan;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import io.github.hecnn.mlr.recipe.row.RowSearch;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What the owner does in the clear before it makes keys: puts samples into an order, centres features, chooses layout and step size, rehearses and
 * plans. Nothing here has to do with keys.
 *
 * <p>The rehearsal is the same training in doubles, over as many iterations as the run can be extended to. Of a few
 * step sizes the largest is taken at which every score stays within 0.75 of the polynomial's interval and errors do not grow; of several polynomials
 * the one with the smallest loss at that step size. If the step size is given, scores must stay within the interval.
 *
 * <p>Immutable and thread-safe; arrays are shared, not copied: do not change them.
 */
public final class PreparedLongTraining {
    /** The part of the interval that scores may take when the step size is chosen. */
    public static final double MARGIN = LongRehearsal.MARGIN;

    private final LabeledDataset dataset;
    private final LongSettings settings;
    private final FeatureScaler scaling;
    private final double[][] design;
    private final double[][] targets;
    private final LongPlan plan;
    private final PlainTrainer.History rehearsal;
    private final List<String> tried;

    private PreparedLongTraining(
            LabeledDataset dataset,
            LongSettings settings,
            FeatureScaler scaling,
            double[][] design,
            double[][] targets,
            LongPlan plan,
            LongRehearsal.Chosen chosen) {
        this.dataset = dataset;
        this.settings = settings;
        this.scaling = scaling;
        this.design = design;
        this.targets = targets;
        this.plan = plan;
        rehearsal = chosen.history();
        tried = chosen.tried();
    }

    /**
     * Prepares a training.
     *
     * @param dataset features as they come, and labels
     * @param settings how to train
     * @return with plan and rehearsal
     * @throws IllegalArgumentException if all samples are of one class, no layout fits into the ring or the bound on the upload, or scores leave the
     *     interval of the sigmoid polynomial or errors grow; the text has what was tried
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if the ring is too small for the security asked for
     */
    public static PreparedLongTraining of(LabeledDataset dataset, LongSettings settings) {
        requireTwoClasses(dataset);
        LabeledDataset ordered = dataset.rows(order(dataset.samples(), settings.seed()));
        FeatureScaler scaling = FeatureScaler.fit(ScalingKind.CENTER, ordered.features(), null);
        double[][] design = FeatureScaler.withOnes(scaling.transform(ordered.features()));
        int features = design[0].length;
        MlrConfig config = RowRecipe.settings(
                        ordered.samples(),
                        features,
                        ordered.classes(),
                        1,
                        settings.sigmoids().get(0))
                .startWeights(LongJobFile.startWeights(ordered.classes(), features, settings.startScore()))
                .labelSmoothing(settings.labelSmoothing())
                .outsideInterval(OutsideInterval.REFUSE)
                .build();
        double[][] targets = config.targets(ordered.labels());
        config.check(design, targets);
        RowRecipe first = recipe(config, settings);
        int iterations = settings.iterations(ordered.samples(), first.batch());
        MlrConfig whole = config.withIterations(settings.mostIterations(iterations));
        int blocks = first.layout().blocks(first.batch());
        LongRehearsal.Chosen chosen = new LongRehearsal(settings, design, ordered.labels())
                .choose(RowRecipe.of(whole, first.layout(), blocks), targets, iterations);
        RowParameters parameters = RowParameters.of(chosen.recipe(), settings.security());
        ColumnScaling columns = chosen.recipe().scaling(design);
        requireLowestLevel(chosen.recipe().largestSlot(chosen.history(), columns), parameters);
        double scale = chosen.recipe()
                .refreshScale(chosen.history(), columns, parameters.bootstrap().bound());
        RowRecipe recipe = RowRecipe.of(
                        chosen.recipe().config().withOutsideInterval(OutsideInterval.GO_ON), // has been rehearsed
                        first.layout(),
                        blocks)
                .refreshing(scale);
        LongPlan plan = LongPlan.of(recipe, iterations, parameters);
        return new PreparedLongTraining(ordered, settings, scaling, design, targets, plan, chosen);
    }

    /** Weights are handed over at level 0, whose modulus they must not reach. */
    private static void requireLowestLevel(double largest, RowParameters parameters) {
        CkksParameters ckks = parameters.bootstrap().ckksParameters();
        double most = ckks.chain().dataPrimes().get(0) / (4 * ckks.scale(0));
        if (largest > most) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "long training: expected slots of weights up to %.1f, found %.1f; take fewer iterations or a smaller"
                            + " learningRate",
                    most,
                    largest));
        }
    }

    private static void requireTwoClasses(LabeledDataset dataset) {
        if (Arrays.stream(dataset.classCounts()).filter(n -> n > 0).count() < 2) {
            throw new IllegalArgumentException("long training: expected samples of at least 2 classes, found "
                    + dataset.classCountWords() + "; add samples of others");
        }
    }

    /** A permutation. */
    private static int[] order(int samples, long seed) {
        int[] order = new int[samples];
        Arrays.setAll(order, i -> i);
        Random random = new Random(seed);
        for (int i = samples - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    /** The layout that was asked for, or the cheapest. */
    private static RowRecipe recipe(MlrConfig config, LongSettings settings) {
        int slots = 1 << (settings.logRingDegree() - 1);
        RowLayout any = new RowLayout(slots, 1, config.classes(), config.features(), 1);
        RowParameters parameters = RowParameters.of(RowRecipe.of(config, any, 1), settings.security());
        WireSizes sizes = WireSizes.of(parameters.bootstrap().ckksParameters());
        RowSearch search = new RowSearch(
                        config,
                        slots,
                        parameters.featureLevel(),
                        parameters.prices(parameters.bootstrap().refreshSeconds()))
                .onExecutors(settings.executors());
        int width = settings.groupWidth();
        RowPlan plan = width == 0
                ? search.cheapest(settings.batch(), l -> sizes.ciphertext(l, 2, true), settings.maxUploadBytes())
                : search.plans(settings.batch(), l -> sizes.ciphertext(l, 2, true)).stream()
                        .filter(p -> p.layout().groupWidth() == width && p.uploadBytes() <= settings.maxUploadBytes())
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("long training: expected a group width of 1 to "
                                + config.classes() + " rounded up to a power of two, within an upload of "
                                + settings.maxUploadBytes() + " bytes and " + EncryptedDataset.MOST_FILES
                                + " files, found " + width
                                + "; leave it out for the cheapest, or raise maxUploadBytes"));
        return RowRecipe.of(config, plan.layout(), plan.blocksPerBatch());
    }

    /** {@return what it takes} */
    public LongPlan plan() {
        return plan;
    }

    /** {@return the settings it was prepared with} */
    public LongSettings settings() {
        return settings;
    }

    /** {@return the same training in the clear: weights on centred features, and scores, of every iteration that the run can be extended to} */
    public PlainTrainer.History rehearsal() {
        return rehearsal;
    }

    /** {@return every polynomial and step size that was tried, and what came of it; for people} */
    public List<String> tried() {
        return tried;
    }

    /**
     * {@return the model of the rehearsal, to hold the encrypted one against}
     *
     * @param iteration from 1
     */
    public MlrModel rehearsed(int iteration) {
        return model(rehearsal.weights().get(iteration - 1));
    }

    /** {@return what the owner multiplies features by before it encrypts, and weights after it has decrypted them} */
    public ColumnScaling columnScaling() {
        return plan.recipe().scaling(design);
    }

    /** Centred features behind a leading 1, [samples][1 + features]. */
    double[][] design() {
        return design;
    }

    /** Smoothed labels, [samples][classes]. */
    double[][] targets() {
        return targets;
    }

    /** A model with the weights that the training begins with. */
    MlrModel untrained() {
        return model(plan.config().startWeights());
    }

    private MlrModel model(double[][] weights) {
        MlrConfig config = plan.config();
        return new MlrModel(
                new LinearModel(weights, dataset.labelNames()),
                scaling,
                dataset.featureNames(),
                Provenance.EMPTY
                        .with("trainer", "encrypted")
                        .with("recipe", "long")
                        .with("samples", config.samples())
                        .with("batch", plan.batch())
                        .with("learningRate", config.learningRate())
                        .with("labelSmoothing", config.labelSmoothing())
                        .with("sigmoid", config.sigmoid().toString())
                        .with("seed", settings.seed()));
    }
}
