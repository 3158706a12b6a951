package io.github.hecnn.cli.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Outputs that people read: reports, weights, predictions. They have no checksum; what can be seen is whether they have an end. */
final class OutputFile {
    private static final long MOST_BYTES = 64L << 20;
    private static final String AGAIN = "copy it again, or run the role that writes it again";
    /** As Java writes doubles. */
    private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(E-?\\d+)?");

    private static final String WEIGHT_ERRORS =
            "class,feature,rehearsed,error,predicted_deviation,limit,relative_error_of_column";
    private static final List<String> TOLD = List.of(
            "program", "version", "mode", "recipe", "dataset", "samples", "iterations", "testSamples", "target");

    private OutputFile() {}

    /** What it is; nothing if it is none. */
    static Optional<Inspection> of(Path file, String path, long bytes) throws IOException {
        if (bytes > MOST_BYTES) {
            return Optional.empty();
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (text.startsWith("{")) {
            return report(text, path, bytes);
        }
        if (text.startsWith("<!DOCTYPE html>") && text.contains("<title>hecnn: ")) {
            return told(path, "a page for people", bytes, text.endsWith("</html>\n"), Map.of());
        }
        int end = text.indexOf('\n');
        String first = end < 0 ? text : text.substring(0, end);
        if (first.startsWith("row,predicted,score of ")) {
            return told(path, "predictions", bytes, text.endsWith("\n"), Map.of("rows", lines(text) - 1));
        }
        if (first.equals(WEIGHT_ERRORS)) {
            return told(
                    path,
                    "errors of weights, in the clear",
                    bytes,
                    text.endsWith("\n"),
                    Map.of("weights", lines(text) - 1));
        }
        boolean named = file.getFileName().toString().startsWith("weights");
        String[] cells = first.split(",", -1);
        boolean numbers = cells.length > 1
                && Arrays.stream(cells).allMatch(cell -> NUMBER.matcher(cell).matches());
        return numbers ? weights(text, cells.length, path, bytes, named) : Optional.empty();
    }

    private static Optional<Inspection> report(String text, String path, long bytes) {
        try {
            JsonNode json = new ObjectMapper().readTree(text);
            if (!json.has("version") || !(json.has("accuracyPerIteration") || json.has("heads"))) {
                return Optional.empty();
            }
            Map<String, Object> details = new LinkedHashMap<>();
            TOLD.stream()
                    .filter(json::hasNonNull)
                    .forEach(name -> details.put(name, json.path(name).asText()));
            return told(path, "the report of a run", bytes, true, details);
        } catch (JsonProcessingException e) {
            boolean ours = text.contains("\"accuracyPerIteration\"") || text.contains("\"heads\"");
            return ours ? told(path, "the report of a run", bytes, false, Map.of()) : Optional.empty();
        }
    }

    /** A table of numbers may be anybody's: it is only said what it looks like, and damaged if its name says that it is ours. */
    private static Optional<Inspection> weights(String text, int columns, String path, long bytes, boolean named) {
        boolean even = text.lines().allMatch(line -> line.split(",", -1).length == columns);
        if (!named && !(even && text.endsWith("\n"))) {
            return Optional.empty();
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("rows", lines(text));
        details.put("columns", columns);
        return told(
                path,
                "a table of numbers, such as weights: a class a row",
                bytes,
                even && text.endsWith("\n"),
                details);
    }

    private static Optional<Inspection> told(
            String path, String kind, long bytes, boolean whole, Map<String, Object> details) {
        return Optional.of(
                whole
                        ? Inspection.of(path, kind, bytes, details)
                        : Inspection.broken(path, bytes, kind + ": expected an end, found none; " + AGAIN));
    }

    private static int lines(String text) {
        return (int) text.lines().count();
    }
}
