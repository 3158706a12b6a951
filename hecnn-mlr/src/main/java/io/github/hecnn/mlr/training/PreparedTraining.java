package io.github.hecnn.mlr.training;

import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.model.Provenance;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.MlrConfig;
import java.util.Arrays;

/**
 * What the owner of the data does in the clear before it encrypts: scales features, repeats samples for class weights, chooses what the
 * settings leave open, and puts a model together from the weights that come back. Nothing here has to do with keys.
 *
 * <p>Immutable and thread-safe; arrays are shared, not copied: do not change them.
 */
public final class PreparedTraining {
    private final LabeledDataset dataset;
    private final ScaledData data;
    private final MlrConfig config;
    private final TrainingSettings settings;

    private PreparedTraining(LabeledDataset dataset, ScaledData data, MlrConfig config, TrainingSettings settings) {
        this.dataset = dataset;
        this.data = data;
        this.config = config;
        this.settings = settings;
    }

    /**
     * Prepares a training.
     *
     * @param dataset samples of at least two classes
     * @param settings how to train; what they leave open is chosen by a rehearsal on the data
     * @return the prepared training
     * @throws IllegalArgumentException if all samples are of one class, the features cannot be scaled, or do not fit the start model; if
     *     nothing that the settings leave open fits
     */
    public static PreparedTraining of(LabeledDataset dataset, TrainingSettings settings) {
        check(dataset, settings);
        Combination chosen = Combinations.isFixed(settings)
                ? Combinations.steps(settings).get(0)
                : new CombinationSearch(dataset, settings).run().chosen().combination();
        ScaledData data = ScaledData.of(dataset, settings);
        MlrConfig config =
                Combinations.config(chosen, data.design().length, data.design()[0].length, dataset.classes(), settings);
        return new PreparedTraining(dataset, data, config, settings);
    }

    /**
     * Tries in the clear what the settings leave open of preconditioner, schedule, learning rate, sigmoid polynomial and iterations. It
     * sees the given data only, of which it leaves out parts in turn: never give it test data.
     *
     * @param dataset samples of at least two classes
     * @param settings how to train
     * @return every way that was tried, and the one that {@link #of} takes on the same data
     * @throws IllegalArgumentException as {@link #of}
     */
    public static RehearsalTable rehearse(LabeledDataset dataset, TrainingSettings settings) {
        check(dataset, settings);
        return new CombinationSearch(dataset, settings).run();
    }

    private static void check(LabeledDataset dataset, TrainingSettings settings) {
        requireTwoClasses(dataset);
        settings.startModel().ifPresent(m -> {
            if (!m.labelNames().equals(dataset.labelNames()) || m.features() != dataset.width()) {
                throw new IllegalArgumentException("fit: expected data like that of the start model, " + m.features()
                        + " features in classes " + m.labelNames() + ", found " + dataset.width() + " in "
                        + dataset.labelNames() + "; read it with CsvOptions.withLabelNames of the model");
            }
        });
    }

    private static void requireTwoClasses(LabeledDataset dataset) {
        if (Arrays.stream(dataset.classCounts()).filter(n -> n > 0).count() < 2) {
            throw new IllegalArgumentException("fit: expected samples of at least 2 classes, found "
                    + dataset.classCountWords() + "; add samples of others");
        }
    }

    /**
     * {@return the same with a preconditioner that was chosen otherwise}
     *
     * @param chosen the diagonal to take
     */
    public PreparedTraining withPreconditioner(Preconditioner chosen) {
        return new PreparedTraining(dataset, data, config.withPreconditioner(chosen), settings);
    }

    /** {@return fitted on the features of the data} */
    public FeatureScaler scaling() {
        return data.scaling();
    }

    /** {@return scaled features behind a leading 1, [samples][1 + features], with repetitions} */
    public double[][] design() {
        return data.design();
    }

    /** {@return classes of the same samples, [samples]} */
    public int[] labels() {
        return data.labels();
    }

    /** {@return shape and settings of the training, with everything chosen} */
    public MlrConfig config() {
        return config;
    }

    /** {@return the settings it was prepared with} */
    public TrainingSettings settings() {
        return settings;
    }

    /** {@return what the owner multiplies features by before it encrypts, and weights after it has decrypted them} */
    public ColumnScaling columnScaling() {
        return ColumnScaling.of(data.design(), config.preconditioner());
    }

    /**
     * {@return the plan of the encrypted training}
     *
     * @throws io.github.hecnn.mlr.plan.NoPlanException if it does not fit into the limits of the settings
     */
    public TrainingPlan plan() {
        return TrainingPlan.smallest(config, settings.recipe()::recipe, settings.limits());
    }

    /**
     * {@return the model of trained weights}
     *
     * @param weights [classes][1 + features] on scaled features
     * @param more what is to be known about the training beside its settings
     * @throws IllegalArgumentException if the weights are of another shape or not finite
     */
    public MlrModel model(double[][] weights, Provenance more) {
        Provenance provenance = new Provenance(more.settings())
                .with("samples", config.samples())
                .with("iterations", config.iterations())
                .with("scaling", data.scaling().kind().toString())
                .with("preconditioner", config.preconditioner().toString())
                .with("schedule", config.schedule().toString())
                .with("learningRate", config.learningRate())
                .with("l2", config.l2())
                .with("sigmoid", config.sigmoid().toString())
                .with("classWeights", settings.classWeights().toString())
                .with("labelSmoothing", settings.labelSmoothing())
                .with("seed", settings.seed());
        return new MlrModel(
                new LinearModel(weights, dataset.labelNames()), data.scaling(), dataset.featureNames(), provenance);
    }
}
