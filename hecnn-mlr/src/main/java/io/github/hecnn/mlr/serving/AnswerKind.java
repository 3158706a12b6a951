package io.github.hecnn.mlr.serving;

/** What answers show to whoever decrypts them. */
public enum AnswerKind {
    /**
     * Scores with the noise of the computation: for an asker who owns the model, from whom nothing has to be hidden. One level and the fewest bytes.
     */
    PLAIN(1),
    /**
     * Scores with noise that hides the noise of the computation, and random parts that are independent of it: for an asker who has the key but not
     * the model. One level more.
     */
    FLOODED(2);

    private final int levels;

    AnswerKind(int levels) {
        this.levels = levels;
    }

    /** {@return level of queries and weights; answers are at level 0} */
    public int levels() {
        return levels;
    }
}
