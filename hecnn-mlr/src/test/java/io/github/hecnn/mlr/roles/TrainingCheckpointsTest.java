package io.github.hecnn.mlr.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.files.FolderLock;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.training.RecipeKind;
import io.github.hecnn.mlr.training.TrainingSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cloud that is stopped goes on from its checkpoint to the same bits. */
class TrainingCheckpointsTest {
    private static final int ITERATIONS = 3;
    private static final CloudTrainer CLOUD = CloudTrainer.on(WorkerPool.single());

    @TempDir
    private Path folder;

    private static DataOwner owner(RecipeKind recipe) {
        TrainingSettings settings = TrainingSettings.builder()
                .settings(RoleData.SETTINGS)
                .iterations(ITERATIONS)
                .recipe(recipe)
                .startWeight(recipe == RecipeKind.PAPER ? 0.0128 : 0)
                .build();
        return DataOwner.prepare(RoleData.dataset(), settings);
    }

    private static List<byte[]> bytes(TrainingJob job, TrainingResult result) throws IOException {
        CkksSerializer serializer = new CkksSerializer(job.context(WorkerPool.single()));
        List<byte[]> out = new ArrayList<>();
        for (List<Ciphertext> weights : result.weights()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            serializer.write(bytes, weights);
            out.add(bytes.toByteArray());
        }
        return out;
    }

    /** Ends the training in an iteration, after the checkpoint of the one before. */
    private static TrainingListener endingIn(int iteration) {
        return new TrainingListener() {
            @Override
            public void iterationDone(IterationReport report) {
                assertThat(report.iteration()).isLessThan(iteration);
            }

            @Override
            public void progress(String phase, double fraction) {
                if (phase.equals("iteration " + iteration) && fraction > 0) {
                    throw new IllegalStateException("enough");
                }
            }
        };
    }

    private void stop(TrainingJob job, int iteration) {
        assertThatThrownBy(() -> CLOUD.checkpointsIn(folder).train(job, endingIn(iteration)))
                .hasMessage("enough");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource(RecipeKind.class)
    void goesOnAfterAnyIterationToTheSameBits(RecipeKind recipe) throws IOException {
        try (DataOwner owner = owner(recipe)) {
            TrainingJob job = owner.job();
            List<byte[]> expected = bytes(job, CLOUD.train(job));
            for (int last = 1; last < ITERATIONS; last++) {
                stop(job, last + 1);
                List<Integer> heard = new ArrayList<>();
                TrainingResult result = CLOUD.checkpointsIn(folder).train(job, r -> heard.add(r.iteration()));
                assertThat(bytes(job, result)).as("stopped after %d", last).containsExactlyElementsOf(expected);
                assertThat(heard).hasSize(ITERATIONS - last).startsWith(last + 1);
                assertThat(result.account().iterationSeconds()).hasSize(ITERATIONS);
                assertThat(result.account().levelsUsed()).isEqualTo(job.plan().levels());
                // Stopped once more before the result was written: nothing is left to do.
                TrainingResult again = CLOUD.checkpointsIn(folder).train(job, endingIn(1));
                assertThat(bytes(job, again)).containsExactlyElementsOf(expected);
                assertThat(owner.open(again)).isEqualTo(owner.open(result));
                new TrainingCheckpoints(folder, new CkksSerializer(job.context(WorkerPool.single())))
                        .delete(job.runId());
                assertThat(names()).isEmpty();
            }
        }
    }

    @Test
    void keepsTheWeightsOfEachIterationAndOneState() throws IOException {
        try (DataOwner owner = owner(RecipeKind.FAST)) {
            stop(owner.job(), 3);
            assertThat(names())
                    .containsExactly(
                            "checkpoint.json", "state-2.bin", "weights-iteration-1.ckks", "weights-iteration-2.ckks");
        }
    }

    @Test
    void aCheckpointOfAnotherJobIsRefusedAndStays() throws IOException {
        try (DataOwner owner = owner(RecipeKind.FAST);
                DataOwner other = owner(RecipeKind.FAST)) {
            stop(owner.job(), 2);
            List<String> before = names();
            assertThatThrownBy(() -> CLOUD.checkpointsIn(folder).train(other.job()))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining(
                            "expected a checkpoint of run " + other.state().runId())
                    .hasMessageContaining("found one of run " + owner.state().runId())
                    .hasMessageContaining("choose another folder");
            assertThat(names()).isEqualTo(before);
        }
    }

    @Test
    void aDamagedCheckpointIsNamed() throws IOException {
        try (DataOwner owner = owner(RecipeKind.FAST)) {
            stop(owner.job(), 3);
            for (String name : List.of("state-2.bin", "weights-iteration-1.ckks", "checkpoint.json")) {
                Path file = folder.resolve(name);
                byte[] good = Files.readAllBytes(file);
                byte[] bad = good.clone();
                bad[bad.length / 2] ^= 1;
                Files.write(file, bad);
                assertThatThrownBy(() -> CLOUD.checkpointsIn(folder).train(owner.job()))
                        .isInstanceOf(DataFormatException.class)
                        .hasMessageContaining("read " + file)
                        .hasMessageContaining("delete the folder to train from the start");
                Files.write(file, good);
            }
            assertThat(CLOUD.checkpointsIn(folder).train(owner.job()).weights()).hasSize(ITERATIONS);
        }
    }

    @Test
    @SuppressWarnings("try") // the lock is only held
    void oneTrainingAtATimeHasTheFolder() throws IOException {
        try (DataOwner owner = owner(RecipeKind.FAST);
                FolderLock lock = FolderLock.acquire(folder, "another cloud")) {
            assertThatThrownBy(() -> CLOUD.checkpointsIn(folder).train(owner.job()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("another cloud");
        }
    }
}
