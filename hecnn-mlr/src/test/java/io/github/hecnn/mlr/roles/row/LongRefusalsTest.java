package io.github.hecnn.mlr.roles.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.exchange.SealedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One line each, and nothing lost: a job with a checkpoint after two iterations. */
class LongRefusalsTest {
    @TempDir
    private static Path origin;

    @TempDir
    private Path folder;

    private Path exchange;
    private Path run;
    private Path state;

    @BeforeAll
    static void trains() throws IOException {
        PreparedLongTraining training = PreparedLongTraining.of(
                LongFixture.data(512, 1),
                LongFixture.settings().batch(256).iterations(3).build());
        LongFixture.write(training, origin);
        LongFixture.cloud().iterations(2).train(origin.resolve("exchange"));
    }

    @BeforeEach
    void copies() throws IOException {
        exchange = folder.resolve("exchange");
        LongFixture.copy(origin.resolve("exchange"), exchange);
        run = LongFixture.run(folder);
        state = run;
    }

    private LongCloud cloud() {
        return LongFixture.cloud().resuming(true);
    }

    private static void refused(ThrowingCallable call, Class<?> type, String text) {
        assertThatThrownBy(call)
                .isInstanceOf(type)
                .hasMessageContaining(text)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    /** The state is what it was, and the run goes on as if nothing had been. */
    private void goesOn() throws IOException {
        assertThat(cloud().train(exchange).iterations()).isEqualTo(3);
    }

    @Test
    void aDamagedBlockIsNamed() throws IOException {
        Path block = run.resolve("block-00000-part-0001.ckks");
        byte[] good = Files.readAllBytes(block);
        LongFixture.flip(block);
        refused(
                () -> cloud().train(exchange),
                DataFormatException.class,
                "block-00000-part-0001.ckks: expected SHA-256");
        Files.write(block, good);
        goesOn();
    }

    @Test
    void aMissingPartIsNamedBeforeAnythingIsComputed() throws IOException {
        Path block = run.resolve("block-00001-part-0000.ckks");
        byte[] good = Files.readAllBytes(block);
        Files.delete(block);
        refused(
                () -> cloud().train(exchange),
                DataFormatException.class,
                "expected block-00001-part-0000.ckks with " + good.length + " bytes, found none");
        Files.write(block, good);
        goesOn();
    }

    @Test
    void theManifestOfAnotherJobIsRefused(@TempDir Path other) throws IOException {
        PreparedLongTraining training = PreparedLongTraining.of(
                LongFixture.data(512, 3), LongFixture.settings().batch(256).build());
        LongFixture.write(training, other);
        Path manifest = run.resolve("dataset.json");
        byte[] good = Files.readAllBytes(manifest);
        Files.write(manifest, Files.readAllBytes(LongFixture.run(other).resolve("dataset.json")));
        refused(
                () -> cloud().train(exchange),
                DataFormatException.class,
                "expected the manifest that the job names, found that of another data set");
        Files.delete(manifest);
        refused(() -> cloud().train(exchange), DataFormatException.class, "manifest of the data set, found none");
        Files.write(manifest, good);
        refused(
                () -> LongFixture.cloud().resuming(true).checkpointsIn(state).train(other.resolve("exchange")),
                DataFormatException.class,
                "expected a checkpoint of run");
        goesOn();
    }

    @Test
    void aDamagedCheckpointIsRefused() throws IOException {
        Map<String, byte[]> good = LongFixture.files(state, "");
        for (String name : new String[] {"checkpoint.json", "gradient-00001-00000.ckks"}) {
            LongFixture.flip(state.resolve(name));
            refused(() -> cloud().train(exchange), DataFormatException.class, name + ": expected");
            Files.write(state.resolve(name), good.get(name));
        }
        Files.delete(state.resolve("gradient-00002-00001.ckks"));
        refused(
                () -> cloud().train(exchange),
                DataFormatException.class,
                "gradient-00002-00001.ckks: expected a file, found none");
        Files.write(state.resolve("gradient-00002-00001.ckks"), good.get("gradient-00002-00001.ckks"));
        LongFixture.flip(run.resolve("weights-00001.ckks"));
        refused(() -> cloud().train(exchange), DataFormatException.class, "weights-00001.ckks: expected SHA-256");
    }

    @Test
    void aCheckpointIsNeverOverwrittenUnasked() throws IOException {
        refused(
                () -> LongFixture.cloud().train(exchange),
                DataFormatException.class,
                "found one after iteration 2; train with resuming(true) to go on");
        goesOn();
    }

    @Test
    void aDiskWithoutRoomKeepsTheStateBefore() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "a system with a device that is always full");
        Path weights = run.resolve("weights-00003.ckks");
        Files.createSymbolicLink(weights, full);
        assertThatThrownBy(() -> cloud().train(exchange)).isInstanceOf(IOException.class);
        Files.delete(weights);
        Path gradient = state.resolve("gradient-00003-00002.ckks");
        Files.createSymbolicLink(gradient, full);
        assertThatThrownBy(() -> cloud().train(exchange)).isInstanceOf(IOException.class);
        Files.delete(gradient);
        goesOn();
    }

    @Test
    void jobsThatAreNotSecureAreRefused() {
        refused(
                () -> LongCloud.on(LongFixture.WORKERS).train(exchange),
                DataFormatException.class,
                "expected parameters of 128-bit security, found a job of 0");
        refused(
                () -> PreparedLongTraining.of(
                        LongFixture.data(512, 1),
                        LongSettings.builder().logRingDegree(13).build()),
                InvalidParametersException.class,
                "128");
    }

    @Test
    void jobsBeyondReasonAreRefused() throws IOException {
        refusedJob("samples", 1 << 27, "1..67108864 samples");
        refusedJob("classes", 1 << 20, "2..1024 classes");
        refusedJob("iterations", 9, "1..8 iterations");
        refusedJob("mostIterations", 2000, "1..1000 iterations at most");
        refusedJob("logRingDegree", 20, "log2 of a ring degree in 11..17");
        refusedJob("validateEvery", -1, "0 or more iterations between two questions");
        refusedJob("blocksPerBatch", 0, "at least 1 block a batch");
        refusedJob("groupWidth", 3, "a power of two as group width");
        refusedJob("classes", 1000, "slots for the groups of 1000 classes");
        refusedJob("parametersId", "0123456789abcdef", "found 0123456789abcdef; use the owner's version");
    }

    private void refusedJob(String field, Object value, String text) throws IOException {
        Path file = exchange.resolve("job.json");
        byte[] good = Files.readAllBytes(file);
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode job = (ObjectNode) mapper.readTree(good);
        job.remove("sha256");
        job.putPOJO(field, value);
        LongJobFile forged = mapper.readValue(mapper.writeValueAsString(job), LongJobFile.class);
        Files.writeString(file, SealedJson.text(forged));
        assertThatThrownBy(() -> cloud().train(exchange)).hasMessageContaining(text);
        Files.write(file, good);
    }

    @Test
    void anOwnerThatFailsHalfwayLeavesTheEarlierRun() throws IOException {
        LongFixture.copy(origin.resolve("own"), folder.resolve("own"));
        PreparedLongTraining training = PreparedLongTraining.of(
                LongFixture.data(512, 3), LongFixture.settings().batch(256).build());
        String before = Files.readString(exchange.resolve("job.json"));
        assertThatThrownBy(() -> LongOwner.write(
                        training, folder.resolve("own"), exchange, LongFixture.WORKERS, new LongListener() {
                            @Override
                            public <T> T during(String name, Supplier<T> work) {
                                T done = work.get();
                                if (name.equals("owner: encrypt")) {
                                    throw new IllegalStateException("no room for the job");
                                }
                                return done;
                            }
                        }))
                .hasMessage("no room for the job");
        assertThat(exchange.resolve("job.json")).hasContent(before);
        try (Stream<Path> runs = Files.list(exchange)) {
            assertThat(runs.filter(p -> p.getFileName().toString().startsWith("run-")))
                    .hasSize(1);
        }
        try (Stream<Path> runs = Files.list(folder.resolve("own"))) {
            assertThat(runs).hasSize(1);
        }
        goesOn();
        assertThat(LongFixture.owner(folder).open().iterations()).isEqualTo(3);
    }

    @Test
    void keysAreChecked() throws IOException {
        LongFixture.flip(run.resolve("forward-keys.bin"));
        refused(() -> cloud().train(exchange), DataFormatException.class, "forward-keys.bin: expected SHA-256");
    }

    @Test
    void scoresBeyondTheIntervalAreRefusedBeforeAnyKeyIsMade() {
        LabeledDataset data = LongFixture.data(512, 1);
        refused(
                () -> PreparedLongTraining.of(
                        data, LongFixture.settings().learningRate(60).build()),
                IllegalArgumentException.class,
                "found [degree 15 on [-12.0, 8.0], step 60.0 -> outside in 8 iterations, degree 15 on [-15.0, 10.0],");
        SigmoidApproximation narrow = SigmoidApproximation.weighted(7, -3, 1, -2, 5, 0.01);
        refused(
                () -> PreparedLongTraining.of(
                        data, LongFixture.settings().sigmoid(narrow).build()),
                IllegalArgumentException.class,
                "expected scores within 0.75 of the interval and errors that grow at most 100 times, found [degree 7 on"
                        + " [-3.0, 1.0], step 1.0 -> ");
        LabeledDataset one = data.slice(0, 10);
        refused(
                () -> PreparedLongTraining.of(one, LongFixture.settings().build()),
                IllegalArgumentException.class,
                "at least 2 classes");
    }

    @Test
    void theRehearsalTakesTheLargestStepThatLeavesAMargin() {
        PreparedLongTraining training = PreparedLongTraining.of(
                LongFixture.data(512, 1), LongFixture.settings().batch(256).build());
        SigmoidApproximation sigmoid = training.plan().config().sigmoid();
        assertThat(training.rehearsal().scores())
                .hasSize(8)
                .allMatch(s -> s.lowest() >= 0.75 * sigmoid.lo() && s.highest() <= 0.75 * sigmoid.hi());
        double step = training.plan().config().learningRate();
        SigmoidApproximation narrower = SigmoidApproximation.weighted(7, -8, 5, -2, 5, 0.01);
        assertThat(PreparedLongTraining.of(
                                LongFixture.data(512, 1),
                                LongFixture.settings()
                                        .batch(256)
                                        .sigmoid(narrower)
                                        .build())
                        .plan()
                        .config()
                        .learningRate())
                .isLessThan(step);
    }
}
