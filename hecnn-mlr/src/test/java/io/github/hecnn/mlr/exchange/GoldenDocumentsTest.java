package io.github.hecnn.mlr.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hecnn.mlr.data.DataFormatException;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Documents that real runs have written: each is read, and written again it is the same, letter by letter. A document with
 * other fields than its record fails here, so that the changelog says it; {@code -Dhecnn.golden=documents} then gives the new
 * fields a value.
 */
class GoldenDocumentsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/github/hecnn/mlr/exchange");

    private static final List<String> TYPES = List.of(
            "dataset.DatasetManifest",
            "roles.CheckpointFile",
            "roles.JobFile",
            "roles.OwnerFile",
            "roles.ResultFile",
            "roles.row.CheckpointFolder$Head",
            "roles.row.LongJobFile",
            "roles.row.LongOwnerFile",
            "roles.row.LongResultFile",
            "roles.row.LongValidator$Given",
            "roles.row.ValidationAnswer",
            "serving.AnswerFile",
            "serving.OwnerFolder",
            "serving.QueryFile",
            "serving.QuestionFile",
            "serving.ServingFile",
            "transfer.ClientFile",
            "transfer.EncoderFolder$About",
            "transfer.ServerAccount",
            "transfer.TransferJob");

    @Test
    void everyGoldenDocumentIsReadAndWrittenAsItWas() throws IOException {
        Map<String, Class<?>> types = types();
        assertThat(golden()).containsExactlyInAnyOrderElementsOf(types.keySet());
        for (String name : types.keySet()) {
            Path file = GOLDEN.resolve(name + ".json");
            if ("documents".equals(System.getProperty("hecnn.golden"))) {
                ObjectNode old = SealedJson.read(file, ObjectNode.class, "keep it");
                Files.writeString(file, SealedJson.text(completed(old, types.get(name))));
            }
            Object read = SealedJson.read(file, types.get(name), "keep it");
            assertThat(SealedJson.text(read)).as(name).isEqualTo(Files.readString(file));
        }
    }

    @Test
    void noDocumentIsTakenForAnother(@TempDir Path folder) throws IOException {
        Map<String, Class<?>> types = types();
        String[] names = types.keySet().toArray(new String[0]);
        for (int i = 0; i < names.length; i++) {
            Class<?> other = types.get(names[(i + 1) % names.length]);
            Path file = GOLDEN.resolve(names[i] + ".json");
            assertThatThrownBy(() -> SealedJson.read(file, other, "keep it"))
                    .as("%s as %s", file, other)
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining("expected the fields of " + other.getSimpleName());
        }
        Path changed = folder.resolve("changed.json");
        Files.writeString(
                changed, Files.readString(GOLDEN.resolve("JobFile.json")).replace("\"l2\" : 0", "\"l2\" : 1"));
        assertThatThrownBy(() -> SealedJson.read(changed, types.get("JobFile"), "keep it"))
                .hasMessageContaining("expected checksum");
    }

    /** The fields of the record, in its order: those that are there, and the plainest value for the others. */
    private static ObjectNode completed(JsonNode old, Class<?> record) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        for (RecordComponent c : record.getRecordComponents()) {
            JsonNode value = old.path(c.getName());
            boolean part = c.getType().isRecord();
            out.set(
                    c.getName(),
                    part ? completed(value, c.getType()) : value.isMissingNode() ? plainest(c.getType()) : value);
        }
        return out;
    }

    private static JsonNode plainest(Class<?> type) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (List.class.isAssignableFrom(type) || type.isArray()) {
            return json.arrayNode();
        } else if (Map.class.isAssignableFrom(type)) {
            return json.objectNode();
        } else if (type == String.class) {
            return json.textNode("");
        } else if (type == boolean.class) {
            return json.booleanNode(false);
        } else if (type == double.class) {
            return json.numberNode(0.0);
        } else if (type.isPrimitive()) {
            return json.numberNode(0);
        }
        return type.isEnum() ? json.textNode(((Enum<?>) type.getEnumConstants()[0]).name()) : json.nullNode();
    }

    private static List<String> golden() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.map(f -> f.getFileName().toString().replace(".json", ""))
                    .toList();
        }
    }

    /** By simple name. */
    private static Map<String, Class<?>> types() {
        Map<String, Class<?>> out = new TreeMap<>();
        for (String name : TYPES) {
            try {
                Class<?> type = Class.forName("io.github.hecnn.mlr." + name);
                out.put(type.getSimpleName(), type);
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }
        return out;
    }
}
