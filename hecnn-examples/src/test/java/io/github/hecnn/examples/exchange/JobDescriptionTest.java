package io.github.hecnn.examples.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.examples.cli.UserError;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.recipe.MlrConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs from strangers: refused before anything is made for them. */
class JobDescriptionTest {
    private static final List<FileSeal> SEALS = List.of(new FileSeal("parameters.bin", 1, "00"));

    @TempDir
    private Path folder;

    private static JobDescription job(int slots) {
        return JobDescription.of("run", "fast", slots, MlrConfig.of(8, 5, 2, 1), SEALS);
    }

    @Test
    void comesBackFromItsFile() throws IOException {
        Path file = Files.writeString(folder.resolve("job.json"), SealedJson.text(job(4096)));
        JobDescription read = SealedJson.read(file, JobDescription.class, "again");
        assertThat(read).isEqualTo(job(4096));
        assertThat(Recipes.plan(read).recipe().slots()).isEqualTo(4096);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1, 2048, 5000, 1 << 17, 1 << 30})
    void slotsAreThoseOfARingOfTheTable(int slots) {
        assertThatThrownBy(() -> Recipes.plan(job(slots)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected a power of two of slots from 4096 to 65536, found " + slots);
    }

    @ParameterizedTest
    @ValueSource(strings = {"runId", "recipe", "sigmoidCoefficients", "files"})
    void nothingMayBeMissing(String field) throws IOException {
        Map<String, Object> fields = new HashMap<>();
        fields.putAll(Map.of("runId", "run", "recipe", "fast", "slots", 4096, "samples", 8, "features", 5));
        fields.putAll(Map.of("classes", 2, "iterations", 1, "sigmoidCoefficients", List.of(0.5, 0.25)));
        fields.putAll(Map.of("sigmoidLow", -8, "sigmoidHigh", 8, "initialWeight", 0, "files", SEALS));
        Path file = Files.writeString(folder.resolve("job.json"), SealedJson.text(fields));
        assertThat(SealedJson.read(file, JobDescription.class, "again").files()).isEqualTo(SEALS);
        fields.put(field, null);
        Files.writeString(file, SealedJson.text(fields));
        assertThatThrownBy(() -> SealedJson.read(file, JobDescription.class, "again"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected the fields of JobDescription, found others; again");
    }

    @Test
    void aCloudReportTellsOfEveryIteration() {
        CloudReport report =
                new CloudReport("run", 1, 1, List.of(0.5, 0.5), List.of(3, 0), 9, 6, "portable", 1, "17", 1, SEALS);
        assertThat(report.ofIterations(2)).isSameAs(report);
        assertThatThrownBy(() -> report.ofIterations(3))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("of 3 iterations, found 2 and 2; run --role cloud-train again");
    }
}
