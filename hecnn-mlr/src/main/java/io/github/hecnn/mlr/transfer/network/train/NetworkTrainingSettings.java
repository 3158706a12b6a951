package io.github.hecnn.mlr.transfer.network.train;

/**
 * How to train. Immutable.
 *
 * @param epochs most passes over the training samples, at least 1
 * @param batch samples a step, at least 1
 * @param learningRate of Adam, positive
 * @param weightDecay decoupled decay of weights (not biases), a step being learningRate * weightDecay; 0 for none
 * @param validationShare share of the samples, class by class, that is kept for early stopping, 0 (none) to 0.5
 * @param patience epochs without a smaller validation loss before training stops, at least 1; the best weights are kept
 * @param seed of the order of samples, dropout and the choice of validation samples
 */
public record NetworkTrainingSettings(
        int epochs,
        int batch,
        double learningRate,
        double weightDecay,
        double validationShare,
        int patience,
        long seed) {
    /**
     * @param epochs most passes over the training samples, at least 1
     * @param batch samples a step, at least 1
     * @param learningRate of Adam, positive
     * @param weightDecay decoupled decay of weights (not biases), a step being learningRate * weightDecay; 0 for none
     * @param validationShare share of the samples, class by class, that is kept for early stopping, 0 (none) to 0.5
     * @param patience epochs without a smaller validation loss before training stops, at least 1; the best weights are kept
     * @param seed of the order of samples, dropout and the choice of validation samples
     * @throws IllegalArgumentException if a setting is out of range
     */
    public NetworkTrainingSettings {
        if (epochs < 1 || batch < 1 || patience < 1) {
            throw new IllegalArgumentException(
                    "network training settings: expected at least 1 epoch, sample a batch and epoch of patience, found "
                            + epochs + ", " + batch + " and " + patience + "; raise them");
        }
        if (!(learningRate > 0 && learningRate < 1e3 && weightDecay >= 0 && weightDecay * learningRate < 1)) {
            throw new IllegalArgumentException(
                    "network training settings: expected a positive learning rate and a weight decay of 0 or more, found "
                            + learningRate + " and " + weightDecay + "; 0.001 and 0 are usual");
        }
        if (!(validationShare >= 0 && validationShare <= 0.5)) {
            throw new IllegalArgumentException(
                    "network training settings: expected a validation share of 0..0.5, found " + validationShare
                            + "; 0.1 is usual, 0 turns early stopping off");
        }
    }

    /**
     * {@return for the server's encoder on a source task of about a thousand texts}
     *
     * @param seed of everything random
     */
    public static NetworkTrainingSettings encoder(long seed) {
        return new NetworkTrainingSettings(12, 32, 1e-4, 0.1, 0.1, 2, seed);
    }

    /**
     * {@return for the client's head on about a hundred samples}
     *
     * @param seed of everything random
     */
    public static NetworkTrainingSettings head(long seed) {
        return new NetworkTrainingSettings(20, 16, 3e-4, 0.1, 0, 1, seed);
    }

    /**
     * {@return the same with another number of epochs}
     *
     * @param value at least 1
     */
    public NetworkTrainingSettings withEpochs(int value) {
        return new NetworkTrainingSettings(value, batch, learningRate, weightDecay, validationShare, patience, seed);
    }

    /**
     * {@return the same with another seed}
     *
     * @param value of everything random
     */
    public NetworkTrainingSettings withSeed(long value) {
        return new NetworkTrainingSettings(epochs, batch, learningRate, weightDecay, validationShare, patience, value);
    }
}
