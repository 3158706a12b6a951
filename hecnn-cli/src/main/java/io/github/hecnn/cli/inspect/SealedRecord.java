package io.github.hecnn.cli.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hecnn.core.files.Sha256;
import io.github.hecnn.mlr.exchange.SealedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A JSON file with a checksum, and the files that it names.
 *
 * @param json its fields
 */
record SealedRecord(ObjectNode json) {
    private static final String FILES = "files";
    private static final String RUN = "runId";

    /** Nothing that leads out of the folder. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,100}");

    /** What may stand there at length and means nothing to people. */
    private static final List<String> HIDDEN = List.of("note", FILES);

    static SealedRecord read(Path file) throws IOException {
        return new SealedRecord(SealedJson.read(file, ObjectNode.class, "copy it again, or have it written again"));
    }

    String kind() {
        return SealedKind.of(json);
    }

    /** The fields that are one value each, those of the job in an owner's file among them; of lists the length. */
    Map<String, Object> details() {
        Map<String, Object> out = new LinkedHashMap<>();
        put(json, out);
        return out;
    }

    private static void put(JsonNode from, Map<String, Object> out) {
        from.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (HIDDEN.contains(field.getKey())) {
                return;
            }
            if (value.isArray()) {
                out.put(field.getKey(), "a list of " + value.size());
            } else if (value.isObject()) {
                if (field.getKey().equals("job")) {
                    put(value, out);
                }
            } else if (!value.isNull()) {
                out.put(
                        field.getKey(),
                        value.isTextual()
                                ? plain(value.textValue())
                                : value.isFloatingPointNumber() ? value.doubleValue() : value.asText());
            }
        });
    }

    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** Names of the files that it names. */
    List<String> names() {
        List<String> out = new ArrayList<>();
        json.path(FILES).forEach(f -> out.add(f.path("name").asText()));
        return out;
    }

    /**
     * How the files are that it names, beside it or in the folder of its run.
     *
     * @param file where it lies
     * @param check whether to compare checksums
     * @return null if it names none
     */
    Inspection.Named files(Path file, boolean check) throws IOException {
        if (json.path(FILES).isEmpty()) {
            return null;
        }
        List<String> problems = new ArrayList<>();
        long bytes = 0;
        Path folder = file.toAbsolutePath().getParent();
        for (JsonNode seal : json.path(FILES)) {
            String name = seal.path("name").asText();
            long expected = seal.path("bytes").asLong();
            bytes += expected;
            Path found = find(folder, name);
            if (found == null) {
                problems.add(plain(name) + ": expected a file, found none");
            } else if (Files.size(found) != expected) {
                problems.add(String.format(
                        Locale.ROOT, "%s: expected %d bytes, found %d", name, expected, Files.size(found)));
            } else if (check && !Sha256.of(found).equals(seal.path("sha256").asText())) {
                problems.add(name + ": expected another checksum; it is damaged or foreign");
            }
        }
        return new Inspection.Named(json.path(FILES).size(), bytes, check, problems);
    }

    /** A file that it names, or null if there is none. */
    Path find(Path folder, String name) {
        if (!NAME.matcher(name).matches()) {
            return null;
        }

        String run = "run-" + json.path(RUN).asText();
        Path beside = folder.resolve(name);
        Path ofRun = NAME.matcher(run).matches() ? folder.resolve(run).resolve(name) : beside;
        return Files.isRegularFile(ofRun) ? ofRun : Files.isRegularFile(beside) ? beside : null;
    }
}
