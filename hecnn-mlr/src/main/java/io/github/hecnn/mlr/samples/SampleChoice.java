package io.github.hecnn.mlr.samples;

/**
 * Which samples train.
 *
 * @param count how many, at least 2; {@link #ALL} for all that there are
 * @param seed of a random choice, each class by its share, not secret; null to take the first ones
 */
public record SampleChoice(int count, Long seed) {
    /** As many as there are. */
    public static final int ALL = 0;

    /**
     * Checks the components.
     *
     * @param count how many, at least 2; {@link #ALL} for all that there are
     * @param seed of a random choice, each class by its share, not secret; null to take the first ones
     * @throws IllegalArgumentException if the count is neither {@link #ALL} nor at least 2
     */
    public SampleChoice {
        if (count != ALL && count < 2) {
            throw new IllegalArgumentException(
                    "samples: expected at least 2 to train on, or SampleChoice.ALL, found " + count + "; take more");
        }
    }

    /**
     * {@return the first ones}
     *
     * @param count at least 1
     */
    public static SampleChoice first(int count) {
        return new SampleChoice(count, null);
    }
}
