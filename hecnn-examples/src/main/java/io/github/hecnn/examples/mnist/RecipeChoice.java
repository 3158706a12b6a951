package io.github.hecnn.examples.mnist;

/** The two recipes on offer. */
public enum RecipeChoice {
    /** Few, large operations: packed slots, preconditioned features. */
    FAST,
    /** The published iteration with the Volley Revolver. */
    PAPER;

    /** As written in options and reports. */
    public String label() {
        return this == FAST ? "fast" : "paper";
    }

    /** Every weight before the first iteration: the published encrypted run starts from 0.0128, not from 0. */
    double initialWeight() {
        return this == FAST ? 0.0 : 0.0128;
    }
}
