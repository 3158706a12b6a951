package io.github.hecnn.spark;

import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.mlr.data.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What to say when Spark gives up. */
final class SparkFailures {
    private SparkFailures() {}

    /** What a task said, if it was one of ours, else that Spark gave up. */
    static RuntimeException of(Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof DataFormatException) {
                return new DataFormatException(t.getMessage(), e);
            }
            if (t instanceof HeException || t instanceof IllegalArgumentException) {
                return (RuntimeException) t;
            }
        }
        String text = "spark: expected executors that finish their tasks, found: "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason")
                + "; look into the logs of the executors, then train again from the checkpoint";
        return new UncheckedIOException(text, new IOException(text, e));
    }
}
