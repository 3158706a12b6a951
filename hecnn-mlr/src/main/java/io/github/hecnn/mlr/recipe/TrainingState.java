package io.github.hecnn.mlr.recipe;

import java.util.List;

/**
 * Where a training stands after an iteration: all that has to be kept to go on later, in another process too. See
 * {@link TrainingStateFile} for its file. Without refreshes its size stays the same; with refreshes it grows by a gradient an iteration, up to the window of
 * {@link EncryptedTraining#refreshing}.
 *
 * <p>Both sequences of weights of {@link Schedule} are public combinations of the same encrypted terms: without refreshes of themselves, with
 * refreshes of refreshed gradients.
 *
 * <p>Immutable and thread-safe.
 *
 * @param iteration iterations done; 0 at the start
 * @param cursor blocks of data read so far, repeated ones counted again
 * @param settingsHash of what decides on the course of the training; see {@link EncryptedTraining#settingsHash}
 * @param finished whether the last step was one of {@link EncryptedTraining#lastStep}, which nothing can follow
 * @param terms matrices of weights, none empty; scale degree 1, at levels of their own
 * @param stepped multiples of the terms that add up to the stepped weights; empty if finished and those are not the reported ones
 * @param extrapolated the same for the extrapolated weights
 * @param <V> ciphertexts, simulated vectors, or rows of doubles
 */
public record TrainingState<V>(
        int iteration,
        long cursor,
        long settingsHash,
        boolean finished,
        List<List<V>> terms,
        List<Double> stepped,
        List<Double> extrapolated) {
    /**
     * Checks and copies the components.
     *
     * @param iteration iterations done; 0 at the start
     * @param cursor blocks of data read so far, repeated ones counted again
     * @param settingsHash of what decides on the course of the training; see {@link EncryptedTraining#settingsHash}
     * @param finished whether the last step was one of {@link EncryptedTraining#lastStep}, which nothing can follow
     * @param terms matrices of weights, none empty
     * @param stepped multiples of the terms that add up to the stepped weights; empty if finished and those are not the reported ones
     * @param extrapolated the same for the extrapolated weights
     * @throws IllegalArgumentException if a number is negative, a factor not finite, or there are more or fewer factors than terms
     */
    public TrainingState {
        terms = terms.stream().map(List::copyOf).toList();
        stepped = List.copyOf(stepped);
        extrapolated = List.copyOf(extrapolated);
        if (iteration < 0 || cursor < 0) {
            throw new IllegalArgumentException("training state: expected an iteration and a cursor of 0 or more, found "
                    + iteration + " and " + cursor + "; take the state a step returned");
        }
        require(stepped, terms.size(), "stepped", finished);
        require(extrapolated, terms.size(), "extrapolated", finished);
        if (terms.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException(
                    "training state: expected terms with values, found an empty one; leave zeros out");
        }
    }

    private static void require(List<Double> factors, int terms, String what, boolean finished) {
        boolean missing = finished && factors.isEmpty();
        if (!missing && (factors.size() != terms || !factors.stream().allMatch(Double::isFinite))) {
            throw new IllegalArgumentException("training state: expected " + terms + " finite factors of " + what
                    + " weights, found " + factors + "; take the state a step returned");
        }
    }
}
