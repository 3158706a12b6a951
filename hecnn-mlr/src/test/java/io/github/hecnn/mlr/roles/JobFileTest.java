package io.github.hecnn.mlr.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.plan.PlanRole;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.Schedule;
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
class JobFileTest {
    private static final List<FileSeal> SEALS = List.of(new FileSeal("parameters.bin", 1, "00"));

    @TempDir
    private Path folder;

    private static JobFile job(int slots, int securityBits) {
        return new JobFile(
                "run",
                "fast",
                slots,
                8,
                5,
                2,
                1,
                List.of(0.5, 0.25),
                -8,
                8,
                0,
                false,
                Schedule.paper(),
                1,
                0,
                Integer.MAX_VALUE,
                49,
                40,
                49,
                3,
                securityBits,
                SEALS);
    }

    private static TrainingPlan plan(JobFile job) {
        return job.plan(SecurityLevel.CLASSICAL_128, "again", PlanRole.TRAIN, config -> config);
    }

    @Test
    void comesBackFromItsFile() throws IOException {
        Path file = Files.writeString(folder.resolve("job.json"), SealedJson.text(job(4096, 128)));
        JobFile read = SealedJson.read(file, JobFile.class, "again");
        assertThat(read).isEqualTo(job(4096, 128));
        assertThat(plan(read).recipe().slots()).isEqualTo(4096);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1, 2048, 5000, 1 << 17, 1 << 30})
    void slotsAreThoseOfARingOfTheTable(int slots) {
        assertThatThrownBy(() -> plan(job(slots, 128)))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected a power of two of slots from 4096 to 65536, found " + slots);
    }

    @Test
    void aJobThatProtectsNothingIsTakenByNameOnly() {
        assertThatThrownBy(() -> plan(job(512, 0)))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected parameters of 128-bit security, found a job of 0; again")
                .hasMessageContaining("TrainingJob.readOfAnySecurity");
        assertThat(job(512, 0)
                        .plan(SecurityLevel.NONE, "again", PlanRole.TRAIN, config -> config)
                        .parameters()
                        .ringDegree())
                .isEqualTo(1024);
    }

    @Test
    void aJobOfMoreSecurityIsPlannedWithIt() {
        assertThat(plan(job(1 << 14, 192)).parameters().securityLevel()).isEqualTo(SecurityLevel.CLASSICAL_192);
        assertThat(plan(job(1 << 14, 128)).parameters().securityLevel()).isEqualTo(SecurityLevel.CLASSICAL_128);
        assertThatThrownBy(() -> plan(job(4096, 192))).hasMessageContaining("192-bit security at ring degree 2^13");
    }

    @ParameterizedTest
    @ValueSource(strings = {"runId", "recipe", "sigmoidCoefficients", "schedule", "files"})
    void nothingMayBeMissing(String field) throws IOException {
        Map<String, Object> fields = new HashMap<>();
        fields.putAll(Map.of("runId", "run", "recipe", "fast", "slots", 4096, "samples", 8, "features", 5));
        fields.putAll(Map.of("classes", 2, "iterations", 1, "sigmoidCoefficients", List.of(0.5, 0.25)));
        fields.putAll(Map.of("sigmoidLow", -8, "sigmoidHigh", 8, "initialWeight", 0, "files", SEALS));
        fields.putAll(Map.of("firstPrimeBits", 49, "scaleBits", 40, "maxSpecialPrimeBits", 49, "digits", 3));
        fields.put("securityBits", 128);
        fields.putAll(Map.of(
                "startWeights", false, "schedule", Schedule.paper(), "learningRate", 1, "l2", 0, "maxUploads", 6));
        Path file = Files.writeString(folder.resolve("job.json"), SealedJson.text(fields));
        assertThat(SealedJson.read(file, JobFile.class, "again").files()).isEqualTo(SEALS);
        fields.put(field, null);
        Files.writeString(file, SealedJson.text(fields));
        assertThatThrownBy(() -> SealedJson.read(file, JobFile.class, "again"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected the fields of JobFile, found others; again");
    }

    @Test
    void aCloudReportTellsOfEveryIteration() {
        ResultFile report = new ResultFile(
                "run",
                1,
                1,
                List.of(0.5, 0.5),
                List.of(3, 0),
                9,
                6,
                Map.of(),
                new Machine.Used("portable", 1, "17", 1),
                SEALS);
        assertThat(report.ofIterations(2, "again")).isSameAs(report);
        assertThatThrownBy(() -> report.ofIterations(3, "train again"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("of 3 iterations, found 2 and 2; train again");
    }
}
