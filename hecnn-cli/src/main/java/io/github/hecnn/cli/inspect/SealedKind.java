package io.github.hecnn.cli.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A kind of JSON files with a checksum.
 *
 * @param text what such a file is
 * @param fields that it alone has
 */
record SealedKind(String text, List<String> fields) {
    private static final List<SealedKind> ALL = List.of(
            kind("the job of a training", "runId", "recipe", "slots", "sigmoidCoefficients"),
            kind("the job of a long training", "runId", "mostIterations", "groupWidth", "dataset"),
            kind("the result of a training, encrypted", "runId", "iterationLevels", "levelsUsed", "trainingSeconds"),
            kind("the result of a long training, encrypted", "runId", "stopped", "checkpointBytes"),
            kind("a checkpoint of a training", "runId", "iterationLevels", "lowestLevel"),
            kind("a checkpoint of a long training", "runId", "cursor", "settingsHash"),
            kind("what the owner of a training remembers", "job", "preconditioner", "columnFactors"),
            kind("what the owner of a long training remembers", "job", "weightNorm", "columnFactors"),
            kind("an encrypted data set", "version", "job", "parameters", "blocks", "parts"),
            kind("the owner's answer whether to go on", "runId", "weightsSha256", "goOn"),
            kind("what the owner of a served model remembers", "groupWidth", "profile", "units"),
            kind("an encrypted model that is served", "groupWidth", "profile", "kind"),
            kind("encrypted queries to a model", "runId", "modelId", "batches"),
            kind("encrypted answers of a model", "runId", "modelId", "secondsPerBatch"),
            kind("what the asker of a model remembers", "runId", "modelId", "norms"),
            kind("queries to an encoder of CryptoTL", "runId", "lanes", "queries"),
            kind("answers of an encoder of CryptoTL", "runId", "circuit", "secondsPerCiphertext"),
            kind("what a client of CryptoTL remembers", "runId", "texts", "sentences"),
            kind("what an encoder of CryptoTL was trained on", "source", "sentences", "weightsHash"));

    private static SealedKind kind(String text, String... fields) {
        return new SealedKind(text, List.of(fields));
    }

    /** What a file with such fields is. */
    static String of(JsonNode json) {
        return ALL.stream()
                .filter(kind -> kind.fields.stream().allMatch(json::has))
                .map(SealedKind::text)
                .findFirst()
                .orElse("a sealed record of another version");
    }
}
