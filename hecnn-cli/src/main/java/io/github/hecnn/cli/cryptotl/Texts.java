package io.github.hecnn.cli.cryptotl;

import io.github.hecnn.mlr.transfer.text.GeneratedReviews;
import io.github.hecnn.mlr.transfer.text.TextDataset;
import io.github.hecnn.mlr.transfer.text.TextTask;
import java.nio.file.Path;

/** Finds the texts of a task by its name. */
public final class Texts {
    /** Made-up task of the server. */
    public static final String HOTELS = "hotels";

    /** Made-up task of the client. */
    public static final String HEADPHONES = "headphones";

    private static final int MADE_UP = 600;

    private Texts() {}

    /**
     * {@return texts, loaded or made}
     *
     * @param data folder of the public data sets, or null for made-up texts
     * @param task one of {@link TextTask}, or a made-up one
     * @param seed of made-up texts
     * @throws IllegalArgumentException if there is no such task
     */
    public static TextDataset load(Path data, String task, long seed) {
        if (data != null) {
            return TextTask.of(task).load(data);
        }
        return switch (task) {
            case HOTELS -> GeneratedReviews.hotels(MADE_UP, seed);
            case HEADPHONES -> GeneratedReviews.headphones(MADE_UP, seed);
            default ->
                throw new IllegalArgumentException("made-up texts: expected " + HOTELS + " or " + HEADPHONES
                        + ", found '" + task + "'; give --data for the public tasks");
        };
    }
}
