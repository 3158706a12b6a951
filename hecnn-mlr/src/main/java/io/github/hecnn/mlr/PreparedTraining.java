package io.github.hecnn.mlr;

import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.model.Provenance;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.plan.TrainingPlan;
import java.util.Arrays;

/**
 * What the owner of the data does in the clear before it encrypts: scales features, repeats samples for class weights, chooses what the
 * settings leave open, and puts a model together from the weights that come back. Nothing here has to do with keys.
 *
 * <p>Immutable and thread-safe; arrays are shared, not copied: do not change them.
 */
public final class PreparedTraining {
    private final LabeledDataset data;
    private final FeatureScaler scaling;
    private final double[][] design;
    private final MlrConfig config;
    private final TrainingSettings settings;

    private PreparedTraining(
            LabeledDataset data,
            FeatureScaler scaling,
            double[][] design,
            MlrConfig config,
            TrainingSettings settings) {
        this.data = data;
        this.scaling = scaling;
        this.design = design;
        this.config = config;
        this.settings = settings;
    }

    /**
     * Prepares a training.
     *
     * @param dataset samples of at least two classes
     * @param settings how to train
     * @throws IllegalArgumentException if all samples are of one class, the features cannot be scaled, or do not fit the start model
     */
    public static PreparedTraining of(LabeledDataset dataset, TrainingSettings settings) {
        requireTwoClasses(dataset);
        FeatureScaler scaling = settings.startModel()
                .map(MlrModel::scaling)
                .orElseGet(() -> FeatureScaler.fit(
                        settings.scaling(), dataset.features(), settings.grid().orElse(null)));
        LabeledDataset repeated = settings.classWeights().apply(dataset);
        double[][] design = FeatureScaler.withOnes(scaling.transform(repeated.features()));
        MlrConfig config = new MlrConfig(
                design.length,
                design[0].length,
                dataset.classes(),
                settings.iterations().orElse(2),
                settings.sigmoid().orElse(io.github.hecnn.mlr.approx.SigmoidApproximation.PAPER_CUBIC),
                settings.startWeight(),
                settings.preconditioner().orElse(Preconditioner.PROGRAM_BOUND),
                settings.outsideInterval());
        return new PreparedTraining(repeated, scaling, design, config, settings);
    }

    private static void requireTwoClasses(LabeledDataset dataset) {
        if (Arrays.stream(dataset.classCounts()).filter(n -> n > 0).count() < 2) {
            throw new IllegalArgumentException("fit: expected samples of at least 2 classes, found "
                    + dataset.classCountWords() + "; add samples of others");
        }
    }

    /** The same with a preconditioner that was chosen. */
    public PreparedTraining withPreconditioner(Preconditioner chosen) {
        return new PreparedTraining(data, scaling, design, config.withPreconditioner(chosen), settings);
    }

    /** Fitted on the features of the data. */
    public FeatureScaler scaling() {
        return scaling;
    }

    /** Scaled features behind a leading 1, [samples][1 + features], with repetitions. */
    public double[][] design() {
        return design;
    }

    /** Classes of the same samples, [samples]. */
    public int[] labels() {
        return data.labels();
    }

    /** Shape and settings of the training, with everything chosen. */
    public MlrConfig config() {
        return config;
    }

    /** The settings it was prepared with. */
    public TrainingSettings settings() {
        return settings;
    }

    /**
     * The plan of the encrypted training.
     *
     * @throws io.github.hecnn.mlr.plan.NoPlanException if it does not fit into the limits of the settings
     */
    public TrainingPlan plan() {
        return TrainingPlan.smallest(config, settings.recipe()::recipe, settings.limits());
    }

    /**
     * The model of trained weights.
     *
     * @param weights [classes][1 + features] on scaled features
     * @param more what is to be known about the training beside its settings
     * @throws IllegalArgumentException if the weights are of another shape or not finite
     */
    public MlrModel model(double[][] weights, Provenance more) {
        Provenance provenance = new Provenance(more.settings())
                .with("samples", config.samples())
                .with("iterations", config.iterations())
                .with("scaling", scaling.kind().toString())
                .with("preconditioner", config.preconditioner().toString())
                .with("sigmoid", config.sigmoid().toString())
                .with("classWeights", settings.classWeights().toString())
                .with("labelSmoothing", settings.labelSmoothing())
                .with("seed", settings.seed());
        return new MlrModel(new LinearModel(weights, data.labelNames()), scaling, data.featureNames(), provenance);
    }
}
