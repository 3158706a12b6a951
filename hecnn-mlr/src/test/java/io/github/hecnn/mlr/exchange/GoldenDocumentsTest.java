package io.github.hecnn.mlr.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.data.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that real runs have written: each is read, and written again it is the same, letter by letter. */
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
