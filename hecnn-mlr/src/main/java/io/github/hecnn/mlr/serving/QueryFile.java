package io.github.hecnn.mlr.serving;

import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.RunFile;
import java.util.List;
import java.util.Objects;

/**
 * What an asker says, {@code job.json}.
 *
 * @param runId names the question
 * @param modelId the model that is asked
 * @param keyPair of queries and model, in hexadecimal
 * @param rowsPerQuery of the layout
 * @param batches number of batches, a file each
 * @param files the queries
 */
record QueryFile(String runId, String modelId, String keyPair, int rowsPerQuery, int batches, List<FileSeal> files)
        implements RunFile {
    QueryFile {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(modelId, "modelId");
        Objects.requireNonNull(keyPair, "keyPair");
        files = List.copyOf(files);
    }

    /** Refuses queries to another model, or under another key, before anything large is read. */
    void require(String model, String keys, String fix) {
        same("model", model, modelId, fix);
        same("key pair", keys, keyPair, fix);
        if (batches < 1 || batches != files.size()) {
            throw new DataFormatException(
                    "answer: expected a file for each of " + batches + " batches, found " + files.size() + "; " + fix);
        }
    }

    private static void same(String what, String wanted, String found, String fix) {
        if (!wanted.equals(found)) {
            throw new DataFormatException("answer: expected queries to " + what + " " + wanted + ", found some to "
                    + found.replaceAll("\\p{Cntrl}", " ") + "; give that one's folder, or " + fix);
        }
    }
}
