package io.github.hecnn.mlr.transfer.network.train;

import java.util.List;

/**
 * What a training did.
 *
 * @param losses mean binary cross-entropy of the training samples, epoch by epoch, with dropout
 * @param validationLosses the same of the validation samples; empty without any
 * @param bestEpoch the epoch, from 1, whose weights were kept
 */
public record TrainingHistory(List<Double> losses, List<Double> validationLosses, int bestEpoch) {
    /**
     * Copies the lists.
     *
     * @param losses mean binary cross-entropy of the training samples, epoch by epoch, with dropout
     * @param validationLosses the same of the validation samples; empty without any
     * @param bestEpoch the epoch, from 1, whose weights were kept
     */
    public TrainingHistory {
        losses = List.copyOf(losses);
        validationLosses = List.copyOf(validationLosses);
    }
}
