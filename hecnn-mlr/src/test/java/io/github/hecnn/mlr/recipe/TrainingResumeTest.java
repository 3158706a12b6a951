package io.github.hecnn.mlr.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.FormatException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.recipe.RecipeSimulation.Data;
import io.github.hecnn.mlr.recipe.packed.PackedRecipe;
import io.github.hecnn.mlr.recipe.volley.VolleyRecipe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that is stopped after any iteration and continued from its files is the same training, to the last bit. */
class TrainingResumeTest {
    private static final int ITERATIONS = 8;

    @TempDir
    private Path folder;

    private static MlrConfig config(int samples, int features, int classes) {
        return MlrConfig.builder(samples, features, classes, ITERATIONS)
                .outsideInterval(OutsideInterval.GO_ON)
                .build();
    }

    private static EncryptedRun run(TrainingRecipe recipe, int logN, SecurityLevel security) {
        MlrConfig config = recipe.config();
        Data data = RecipeSimulation.data(config.samples(), config.features(), config.classes(), 7);
        return new EncryptedRun(recipe, data, EncryptedRun.parameters(logN, recipe.levels(), security));
    }

    /** All that a new process has: files, and public settings. */
    private List<byte[]> continued(TrainingRecipe recipe, int after) throws IOException {
        CkksContext context = CkksContext.create(
                CkksSerializer.readParametersOfAnySecurity(folder.resolve("parameters")), WorkerPool.common());
        CkksSerializer serializer = new CkksSerializer(context);
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, serializer.readEvaluationKeys(folder.resolve("keys")));
        TrainingState<Ciphertext> state = TrainingStateFile.read(folder.resolve("state" + after), serializer);
        assertThat(state.iteration()).isEqualTo(after);
        List<byte[]> weights = new ArrayList<>();
        recipe.train(
                algebra,
                serializer.readCiphertexts(folder.resolve("uploads")),
                state,
                TrainingListener.NONE,
                (s, w) -> weights.add(bytes(serializer, w)));
        return weights;
    }

    /** One iteration in a process of its own, which leaves the next checkpoint. */
    private byte[] next(TrainingRecipe recipe, int after) throws IOException {
        CkksContext context =
                CkksContext.create(CkksSerializer.readParametersOfAnySecurity(folder.resolve("parameters")));
        CkksSerializer serializer = new CkksSerializer(context);
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, serializer.readEvaluationKeys(folder.resolve("keys")));
        double first = EncryptedTraining.firstFactor(recipe.config(), 1, false);
        List<Ciphertext> uploads = serializer.readCiphertexts(folder.resolve("uploads"));
        EncryptedDesign<Ciphertext> design = recipe.design(algebra, uploads, first, TrainingListener.NONE);
        EncryptedTraining<Ciphertext> training = EncryptedTraining.of(design, recipe.config());
        TrainingState<Ciphertext> state = training.run(
                TrainingStateFile.read(folder.resolve("state" + after), serializer),
                after + 1,
                t -> Batch.all(design.blocks()),
                after + 1 == recipe.config().iterations(),
                (s, w) -> {});
        TrainingStateFile.write(folder.resolve("state" + state.iteration()), serializer, state);
        return bytes(serializer, training.weights(state));
    }

    /** An uninterrupted run that leaves its files and checkpoints; returns the weights it saw. */
    private List<byte[]> whole(TrainingRecipe recipe, int logN, SecurityLevel security) throws IOException {
        EncryptedRun run = run(recipe, logN, security);
        CkksSerializer serializer = new CkksSerializer(run.context);
        CkksSerializer.write(folder.resolve("parameters"), run.context.parameters());
        serializer.write(folder.resolve("keys"), run.keys);
        serializer.write(folder.resolve("uploads"), run.uploads);
        List<byte[]> whole = new ArrayList<>();
        List<Long> sizes = new ArrayList<>();
        recipe.train(run.algebra(), run.uploads, null, TrainingListener.NONE, (state, weights) -> {
            whole.add(bytes(serializer, weights));
            Path file = folder.resolve("state" + state.iteration());
            try {
                TrainingStateFile.write(file, serializer, state);
                sizes.add(Files.size(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(sizes).as("checkpoints do not grow").isSortedAccordingTo((a, b) -> Long.compare(b, a));
        return whole;
    }

    private void checkOneByOne(List<byte[]> whole, TrainingRecipe again) throws IOException {
        for (int after = 1; after < whole.size(); after++) {
            assertThat(next(again, after))
                    .as("iteration %d, each in its own process", after + 1)
                    .isEqualTo(whole.get(after));
        }
    }

    private void check(List<byte[]> whole, TrainingRecipe again, int... stops) throws IOException {
        for (int stop : stops) {
            List<byte[]> rest = continued(again, stop);
            assertThat(rest).hasSize(whole.size() - stop);
            for (int i = 0; i < rest.size(); i++) {
                assertThat(rest.get(i))
                        .as("iteration %d of a training stopped after %d", stop + i + 1, stop)
                        .isEqualTo(whole.get(stop + i));
            }
        }
    }

    private static byte[] bytes(CkksSerializer serializer, List<Ciphertext> weights) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            serializer.write(out, weights);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Test
    void theFastRecipeGoesOnAfterAnyIteration() throws IOException {
        MlrConfig config = config(40, 21, 3);
        List<byte[]> whole = whole(PackedRecipe.of(config, 512), 10, SecurityLevel.NONE);
        checkOneByOne(whole, PackedRecipe.of(config, 512));
        check(whole, PackedRecipe.of(config, 512), 5);
    }

    @Test
    void thePapersRecipeGoesOnAfterAnyIteration() throws IOException {
        MlrConfig config = config(8, 9, 2).toBuilder().iterations(3).build();
        checkOneByOne(whole(VolleyRecipe.of(config, 512), 10, SecurityLevel.NONE), VolleyRecipe.of(config, 512));
    }

    @Test
    @Tag("slow")
    void theFastRecipeGoesOnAfterAnyIterationAtFullSize() throws IOException {
        MlrConfig config = config(16, 5, 2); // few keys: each has 126 MB
        List<byte[]> whole = whole(PackedRecipe.withWidth(config, 1 << 15, 2), 16, SecurityLevel.CLASSICAL_128);
        check(whole, PackedRecipe.withWidth(config, 1 << 15, 2), 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void everyDamagedByteOfACheckpointIsFound() throws IOException {
        MlrConfig config = MlrConfig.of(4, 3, 2, 2);
        EncryptedRun run = run(PackedRecipe.of(config, 512), 10, SecurityLevel.NONE);
        CkksSerializer serializer = new CkksSerializer(run.context);
        EncryptedTraining<Ciphertext> training = EncryptedTraining.of(run.design(run.algebra()), config);
        TrainingState<Ciphertext> state = training.step(training.start(), Batch.all(1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TrainingStateFile.write(out, serializer, state);
        byte[] good = out.toByteArray();
        assertThat(good).hasSize((int) TrainingStateFile.bytes(serializer, state));
        TrainingState<Ciphertext> read = TrainingStateFile.read(new ByteArrayInputStream(good), serializer);
        assertThat(read.settingsHash()).isEqualTo(training.settingsHash());
        assertThat(read.stepped()).isEqualTo(state.stepped());
        assertThat(read.cursor()).isEqualTo(1);
        for (int i = 0; i < good.length; i += i < 120 ? 1 : 997) {
            byte[] bad = good.clone();
            bad[i] ^= 4;
            assertThatThrownBy(() -> TrainingStateFile.read(new ByteArrayInputStream(bad), serializer))
                    .as("byte %d", i)
                    .isInstanceOfAny(FormatException.class, MismatchException.class);
        }
        for (int length : new int[] {0, 5, 20, 90, good.length / 2, good.length - 1}) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> TrainingStateFile.read(new ByteArrayInputStream(cut), serializer))
                    .as("%d bytes", length)
                    .isInstanceOf(FormatException.class);
        }
        byte[] more = Arrays.copyOf(good, good.length + 1);
        assertThatThrownBy(() -> TrainingStateFile.read(new ByteArrayInputStream(more), serializer))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("expected the end of the file, found more");
        assertThatThrownBy(() -> TrainingStateFile.read(folder.resolve("none"), serializer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("found that there is none");
    }

    @Test
    void aStateOfOtherSettingsIsRefused() {
        MlrConfig config = MlrConfig.of(4, 3, 2, 3);
        EncryptedRun run = run(PackedRecipe.of(config, 512), 10, SecurityLevel.NONE);
        EncryptedDesign<Ciphertext> design = run.design(run.algebra());
        EncryptedTraining<Ciphertext> training = EncryptedTraining.of(design, config);
        TrainingState<Ciphertext> state = training.step(training.start(), Batch.all(1));
        for (MlrConfig other : List.of(
                config.toBuilder().schedule(Schedule.nesterov()).build(),
                config.toBuilder().learningRate(2).build(),
                config.toBuilder().l2(0.1).build(),
                config.toBuilder()
                        .sigmoid(SigmoidApproximation.leastSquares(3, 9))
                        .build())) {
            assertThatThrownBy(() -> EncryptedTraining.of(design, other).step(state, Batch.all(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a state of a training with the same settings");
        }
        TrainingState<Ciphertext> end = training.lastStep(state, Batch.all(1));
        assertThatThrownBy(() -> training.step(end, Batch.all(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("after lastStep");
        assertThatThrownBy(() -> training.step(state, Batch.all(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected blocks 0..0, found 1");
    }
}
