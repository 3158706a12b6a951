package io.github.hecnn.mlr.model;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.FeatureScaler;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A trained multiclass logistic regression with everything it takes to predict: weights, scaling of features, names of classes and
 * where it comes from. It takes features as they were in the training data; scaling and the leading 1 are inside.
 *
 * <p>Immutable and thread-safe.
 */
public final class MlrModel {
    private final LinearModel linear;
    private final FeatureScaler scaling;
    private final List<String> featureNames;
    private final Provenance provenance;

    /**
     * Puts a model together.
     *
     * @param linear weights on scaled features behind a leading 1, with the names of classes
     * @param scaling fitted on the training features
     * @param featureNames [features] as in the training data, or empty if they have none
     * @param provenance how it was trained
     * @throws IllegalArgumentException if the scaling gives another number of features than there are weights, or not all features
     *     have names
     */
    public MlrModel(LinearModel linear, FeatureScaler scaling, List<String> featureNames, Provenance provenance) {
        this.linear = Objects.requireNonNull(linear, "linear");
        this.scaling = Objects.requireNonNull(scaling, "scaling");
        this.featureNames = List.copyOf(featureNames);
        this.provenance = Objects.requireNonNull(provenance, "provenance");
        if (linear.width() != scaling.outputs() + 1) {
            throw new IllegalArgumentException("model: expected a bias and " + scaling.outputs()
                    + " weights for each class as the scaling gives features, found " + linear.width()
                    + " in all; use the scaling of the training");
        }
        if (!featureNames.isEmpty() && featureNames.size() != scaling.inputs()) {
            throw new IllegalArgumentException("model: expected names of all " + scaling.inputs()
                    + " features or of none, found " + featureNames.size() + "; name each, or none");
        }
    }

    /** {@return weights on scaled features behind a leading 1} */
    public LinearModel linear() {
        return linear;
    }

    /** {@return what is done to features before they meet the weights} */
    public FeatureScaler scaling() {
        return scaling;
    }

    /** {@return what each class is called in the training data} */
    public List<String> labelNames() {
        return linear.labelNames();
    }

    /** {@return what each feature is called in the training data; empty if they have no names} */
    public List<String> featureNames() {
        return featureNames;
    }

    /** {@return how it was trained} */
    public Provenance provenance() {
        return provenance;
    }

    /** {@return number of classes} */
    public int classes() {
        return linear.classes();
    }

    /** {@return number of features of a sample, as in the training data} */
    public int features() {
        return scaling.inputs();
    }

    /**
     * Scores z of one sample, the arguments of the sigmoid.
     *
     * @param features [features()], unscaled
     * @return [classes], finite
     * @throws IllegalArgumentException if there is another number of features, one is not finite or so large that a score is not
     */
    public double[] scores(double[] features) {
        return linear.scores(designRows(new double[][] {features})[0]);
    }

    /**
     * Scores z of many samples, on the common workers.
     *
     * @param features [samples][features()], unscaled
     * @return [samples][classes], finite
     * @throws IllegalArgumentException as for one sample
     */
    public double[][] scores(double[][] features) {
        double[][] rows = designRows(features);
        double[][] scores = new double[rows.length][];
        WorkerPool.common().forEach(rows.length, i -> scores[i] = linear.scores(rows[i]));
        return scores;
    }

    /**
     * The class of one sample: that of the highest score, the lowest such class in a tie.
     *
     * @param features [features()], unscaled
     * @return 0..classes-1
     * @throws IllegalArgumentException as {@link #scores(double[])}
     */
    public int predict(double[] features) {
        return linear.predict(designRows(new double[][] {features})[0]);
    }

    /**
     * Classes of many samples, on the common workers.
     *
     * @param features [samples][features()], unscaled
     * @return [samples]
     * @throws IllegalArgumentException as {@link #scores(double[])}
     */
    public int[] predict(double[][] features) {
        return linear.predict(designRows(features));
    }

    /**
     * {@return what the class of one sample is called in the training data}
     *
     * @param features [features()], unscaled
     * @throws IllegalArgumentException as {@link #scores(double[])}
     */
    public String predictName(double[] features) {
        return labelNames().get(predict(features));
    }

    /**
     * Predicts and compares. Classes are matched by name, so the data may have them in another order, or only some of them.
     *
     * @param data samples with features as in the training data
     * @return the comparison
     * @throws IllegalArgumentException if the data has a class that the model does not know, other names of features, or as
     *     {@link #scores(double[])}
     */
    public ClassificationReport evaluate(LabeledDataset data) {
        if (!featureNames.isEmpty() && !data.featureNames().isEmpty() && !featureNames.equals(data.featureNames())) {
            throw new IllegalArgumentException("evaluate: expected the features " + featureNames + ", found "
                    + data.featureNames() + "; give the columns of the training data, in their order");
        }
        int[] classes = new int[data.classes()];
        for (int c = 0; c < classes.length; c++) {
            classes[c] = labelNames().indexOf(data.labelNames().get(c));
            if (classes[c] < 0 && data.classCounts()[c] > 0) {
                throw new IllegalArgumentException("evaluate: expected classes of the model, " + labelNames()
                        + ", found '" + data.labelNames().get(c) + "'; leave those samples out");
            }
        }
        int[] actual = Arrays.stream(data.labels()).map(c -> classes[c]).toArray();
        return ClassificationReport.ofScores(actual, scores(data.features()), labelNames());
    }

    /** Scaled rows behind a leading 1. */
    private double[][] designRows(double[][] features) {
        for (int i = 0; i < features.length; i++) {
            if (features[i].length != features()) {
                throw new IllegalArgumentException("predict: expected " + features()
                        + " features as in the training data, found " + features[i].length + " for sample " + i
                        + "; give all of them, without a leading 1");
            }
            for (int k = 0; k < features[i].length; k++) {
                if (!Double.isFinite(features[i][k])) {
                    throw new IllegalArgumentException("predict: expected finite features, found " + features[i][k]
                            + " for sample " + i + ", feature " + k + "; remove or impute it");
                }
            }
        }
        return FeatureScaler.withOnes(scaling.transform(features));
    }

    /**
     * Writes the whole model to one file, exactly. An earlier file of that name is replaced only once the new one is complete.
     *
     * @param file where it lies
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void write(Path file) {
        ModelFile.write(file, content());
    }

    private ModelFile.Content content() {
        return new ModelFile.Content(linear, scaling, featureNames, provenance);
    }

    /** {@return the content of the file that {@link #write} writes} */
    public byte[] bytes() {
        return ModelFile.bytes(content());
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param file where it lies
     * @return an equal model
     * @throws io.github.hecnn.mlr.data.DataFormatException if the file is something else, of a later version, damaged or cut off
     * @throws java.io.UncheckedIOException if it is missing or cannot be read
     */
    public static MlrModel read(Path file) {
        return ModelFile.read(file, c -> new MlrModel(c.linear(), c.scaling(), c.featureNames(), c.provenance()));
    }

    /** Whether weights, scaling, names and provenance are the same. */
    @Override
    public boolean equals(Object o) {
        return o instanceof MlrModel m
                && linear.equals(m.linear)
                && scaling.equals(m.scaling)
                && featureNames.equals(m.featureNames)
                && provenance.equals(m.provenance);
    }

    @Override
    public int hashCode() {
        return Objects.hash(linear, scaling, featureNames);
    }

    @Override
    public String toString() {
        return "logistic regression of " + features() + " features, " + scaling.kind() + " scaling, in " + classes()
                + " classes";
    }
}
