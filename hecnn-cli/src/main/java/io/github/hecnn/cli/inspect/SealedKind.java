package io.github.hecnn.cli.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Kinds of JSON files with a checksum, told by the fields that each alone has. */
enum SealedKind {
    JOB("the job of a training", "runId", "recipe", "slots", "sigmoidCoefficients"),
    LONG_JOB("the job of a long training", "runId", "mostIterations", "groupWidth", "dataset"),
    RESULT("the result of a training, encrypted", "runId", "iterationLevels", "levelsUsed", "trainingSeconds"),
    LONG_RESULT("the result of a long training, encrypted", "runId", "stopped", "checkpointBytes"),
    CHECKPOINT("a checkpoint of a training", "runId", "iterationLevels", "lowestLevel"),
    LONG_CHECKPOINT("a checkpoint of a long training", "runId", "cursor", "settingsHash"),
    OWNER("what the owner of a training remembers", "job", "preconditioner", "columnFactors"),
    LONG_OWNER("what the owner of a long training remembers", "job", "weightNorm", "columnFactors"),
    DATASET("an encrypted data set", "version", "job", "parameters", "blocks", "parts"),
    ANSWER_TO_CLOUD("the owner's answer whether to go on", "runId", "weightsSha256", "goOn"),
    SERVING_OWNER("what the owner of a served model remembers", "groupWidth", "profile", "units"),
    SERVED("an encrypted model that is served", "groupWidth", "profile", "kind"),
    QUERIES("encrypted queries to a model", "runId", "modelId", "batches"),
    ANSWERS("encrypted answers of a model", "runId", "modelId", "secondsPerBatch"),
    QUESTION("what the asker of a model remembers", "runId", "modelId", "norms"),
    TRANSFER_JOB("queries to an encoder of CryptoTL", "runId", "lanes", "queries"),
    TRANSFER_ANSWERS("answers of an encoder of CryptoTL", "runId", "circuit", "secondsPerCiphertext"),
    TRANSFER_CLIENT("what a client of CryptoTL remembers", "runId", "texts", "sentences"),
    ENCODER("what an encoder of CryptoTL was trained on", "source", "sentences", "weightsHash");

    private final String text;
    private final List<String> fields;

    SealedKind(String text, String... fields) {
        this.text = text;
        this.fields = List.of(fields);
    }

    /** What a file with such fields is. */
    static String of(JsonNode json) {
        for (SealedKind kind : values()) {
            if (kind.fields.stream().allMatch(json::has)) {
                return kind.text;
            }
        }
        return "a sealed record of another version";
    }
}
