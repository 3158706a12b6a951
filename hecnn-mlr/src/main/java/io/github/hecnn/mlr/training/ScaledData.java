package io.github.hecnn.mlr.training;

import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.model.MlrModel;

/**
 * Training data after the owner's work on features: scaling is fitted on it, and samples are repeated for class weights.
 *
 * @param labels [samples]
 * @param scaling fitted on the features, or that of the start model
 * @param design [samples][1 + features], scaled, behind a leading 1
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data, never compared
record ScaledData(int[] labels, FeatureScaler scaling, double[][] design) {
    static ScaledData of(LabeledDataset dataset, TrainingSettings settings) {
        FeatureScaler scaling = settings.startModel()
                .map(MlrModel::scaling)
                .orElseGet(() -> FeatureScaler.fit(
                        settings.scaling(), dataset.features(), settings.grid().orElse(null)));
        LabeledDataset repeated = settings.classWeights().apply(dataset);
        return new ScaledData(repeated.labels(), scaling, design(repeated, scaling));
    }

    static double[][] design(LabeledDataset data, FeatureScaler scaling) {
        return FeatureScaler.withOnes(scaling.transform(data.features()));
    }
}
