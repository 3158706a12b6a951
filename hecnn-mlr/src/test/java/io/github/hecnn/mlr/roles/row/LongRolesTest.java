package io.github.hecnn.mlr.roles.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.core.files.Sha256;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.model.ClassificationReport;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.plan.PlanRole;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import io.github.hecnn.mlr.report.row.LongReport;
import io.github.hecnn.mlr.serving.AnswerKind;
import io.github.hecnn.mlr.serving.CloudPredictor;
import io.github.hecnn.mlr.serving.Predictions;
import io.github.hecnn.mlr.serving.ServingOwner;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 2,048 samples, 6 iterations with a refresh in each, in files between the roles. */
class LongRolesTest {
    @TempDir
    private static Path folder;

    private static PreparedLongTraining training;
    private static LongOwnerFile kept;
    private static LongResultFile account;
    private static final List<LongListener.Iteration> HEARD = new ArrayList<>();
    private static final List<String> COUNTED = new ArrayList<>();
    private static Map<String, byte[]> weights;

    @BeforeAll
    static void trains() throws IOException {
        training = LongFixture.prepared(LongFixture.settings().build());
        kept = LongOwner.write(
                training,
                folder.resolve("own"),
                folder.resolve("exchange"),
                LongFixture.WORKERS,
                RandomSource.seeded(5),
                "",
                new LongListener() {
                    @Override
                    public void counted(String what, int done, int all) {
                        COUNTED.add(what + " " + done + " of " + all);
                    }
                });
        account = LongFixture.cloud().train(folder.resolve("exchange"), new LongListener() {
            @Override
            public void iterationDone(Iteration iteration) {
                HEARD.add(iteration);
            }
        });
        weights = LongFixture.files(LongFixture.run(folder), "weights-");
    }

    @Test
    void encryptedAccuracyIsThatInTheClearInEveryIteration() throws IOException {
        LabeledDataset heldOut = LongFixture.data(1000, 2);
        LongResult result = LongFixture.owner(folder).open();
        assertThat(result.iterations()).isEqualTo(6);
        double last = 0;
        for (int t = 1; t <= 6; t++) {
            last = result.model(t).evaluate(heldOut).accuracy();
            double clear = training.rehearsed(t).evaluate(heldOut).accuracy();
            assertThat(last).as("iteration %d", t).isCloseTo(clear, within(0.002));
        }
        assertThat(last).isBetween(0.8, 0.999);
        assertThat(result.rehearsedScores())
                .hasSize(6)
                .allMatch(s -> s.isWithin(training.plan().config().sigmoid()));
    }

    @Test
    void theOwnerHearsOfEveryKeyAndCiphertext() {
        int uploads = training.plan().recipe().uploads();
        RowParameters parameters = training.plan().parameters();
        List<String> keys = COUNTED.stream().filter(c -> c.startsWith("key ")).toList();
        int all = keys.size();
        assertThat(all)
                .isGreaterThan(parameters.forwardSteps().size()
                        + parameters.backwardSteps().size()
                        + 4);
        assertThat(keys).first().isEqualTo("key 1 of " + all);
        assertThat(keys).last().isEqualTo("key " + all + " of " + all);
        assertThat(COUNTED).hasSize(all + uploads).last().isEqualTo("ciphertext " + uploads + " of " + uploads);
    }

    @Test
    void theReportHasMeasuredTimesClassesAndTheLevelsOfTheParameters() throws IOException {
        LabeledDataset heldOut = LongFixture.data(500, 2);
        LongOwner owner = LongFixture.owner(folder);
        LongResult result = owner.open();
        List<ClassificationReport> tests = new ArrayList<>();
        for (int t = 1; t <= 6; t++) {
            tests.add(result.model(t).evaluate(heldOut));
        }
        LongReport.Before before = new LongReport.Before(
                "points",
                "features",
                Collections.nCopies(8, 0.9),
                new LongReport.Predicted(1, 1, 1, 1, 1),
                1,
                List.of());
        LongReport report = LongReport.of(before, owner.state(), result, owner.parameters(), tests, 1);
        assertThat(report.secondsByOperation()).containsKeys("refresh", "hoisted_rotation", "addition");
        double all = report.secondsByOperation().values().stream()
                .mapToDouble(v -> v)
                .sum();
        assertThat(all).isPositive().isLessThan(account.trainingSeconds() * LongFixture.WORKERS.threads());
        RowParameters parameters = training.plan().parameters();
        LongReport.Levels levels = report.levels();
        assertThat(levels.weights()).isEqualTo(parameters.bootstrap().outputLevel());
        assertThat(levels.scores()).isEqualTo(parameters.featureLevel() - 1);
        assertThat(levels.errors()).isEqualTo(parameters.errorLevel());
        assertThat(levels.gradients()).isEqualTo(parameters.bootstrap().inputLevel());
        assertThat(report.testSamples()).isEqualTo(500);
        assertThat(report.classes().confusionMatrix())
                .isDeepEqualTo(tests.get(5).confusion());
    }

    @Test
    void theOwnerOpensTheResultWithoutItsData() throws IOException {
        MlrModel model = LongFixture.owner(folder).open().model();
        double[][] expected = training.rehearsed(6).linear().weights();
        for (int j = 0; j < expected.length; j++) {
            assertThat(model.linear().weights()[j]).containsExactly(expected[j], within(0.02));
        }
        assertThat(model.scaling()).isEqualTo(training.rehearsed(6).scaling());
        assertThat(model.provenance().settings()).containsEntry("iterations", 6);
    }

    @Test
    void theListenerHearsOfEveryIterationWithItsWeights() {
        assertThat(HEARD).extracting(LongListener.Iteration::iteration).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(HEARD).allMatch(i -> i.iterations() == 6 && i.weights().level() == 0);
        assertThat(HEARD.get(5).remainingSeconds()).isZero();
        assertThat(account.iterationSeconds()).hasSize(6);
        assertThat(account.stopped()).isFalse();
    }

    @Test
    void thePlanKnowsTheBytesOfTheDataAndNearlyThoseOfTheRest() throws IOException {
        LongPlan plan = training.plan();
        assertThat(plan.uploadBytes()).isEqualTo(kept.uploadedBytes());
        assertThat((double) kept.keyBytes()).isCloseTo((double) plan.keyBytes(), within(0.05 * plan.keyBytes()));
        long weightBytes = weights.values().stream().mapToLong(b -> b.length).sum();
        assertThat((double) account.checkpointBytes() + weightBytes)
                .isCloseTo((double) plan.checkpointBytes(), within(0.02 * plan.checkpointBytes()));
        assertThat(plan.memoryBytes(PlanRole.TRAIN)).isGreaterThan(plan.memoryBytes(PlanRole.DECRYPT));
        assertThat(plan.table(2)).contains("about", "GB to train", "1024 samples, 2 an epoch; 6 iterations");
    }

    @Test
    void theWeightsAnswerQueriesWithoutBeingOpened(@TempDir Path serving) throws IOException {
        double[][] queries = LongFixture.data(100, 5).features();
        Path keys = serving.resolve("model");
        Path exchange = serving.resolve("exchange");
        ServingOwner asker = LongFixture.owner(folder).serving(AnswerKind.PLAIN);
        asker.writeKeys(keys);
        asker.ask(queries, serving.resolve("own"), exchange);
        CkksContext context = LongFixture.cloud().context(folder.resolve("exchange"));
        CloudPredictor cloud = CloudPredictor.ofTraining(
                context, LongFixture.cloud().weights(folder.resolve("exchange"), context), keys);
        assertThat(cloud.answer(exchange)).isEqualTo(1);
        Predictions found = asker.open(serving.resolve("own"), exchange);
        double[][] expected = LongFixture.owner(folder).open().model().scores(queries);
        for (int i = 0; i < queries.length; i++) {
            assertThat(found.scores()[i]).containsExactly(expected[i], within(found.errors()[i]));
            assertThat(found.errors()[i]).isLessThan(0.5);
        }
        assertThatThrownBy(() -> CloudPredictor.readOfAnySecurity(keys, LongFixture.WORKERS))
                .hasMessageContaining("expected encrypted weights, found keys only");
        cloud.write(keys);
        CloudPredictor.readOfAnySecurity(keys, LongFixture.WORKERS).answer(exchange);
        assertThat(asker.open(serving.resolve("own"), exchange)).isEqualTo(found);
    }

    @Test
    void theSecretIsInTheOwnersFolderOnly() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("exchange"))) {
            assertThat(all.map(p -> p.getFileName().toString()))
                    .noneMatch(name -> name.contains("secret") || name.contains("settings"));
        }
        assertThat(folder.resolve("own/run-" + kept.runId() + "/secret-key.bin"))
                .exists();
    }

    @Test
    void aRunCanBeExtendedLaterAsFarAsItWasRehearsed(@TempDir Path other) throws IOException {
        LongFixture.copy(folder.resolve("exchange"), other.resolve("exchange"));
        Path exchange = other.resolve("exchange");
        LongCloud cloud = LongFixture.cloud().checkpointsIn(other.resolve("state"));
        assertThat(cloud.iterations(3).train(exchange).iterations()).isEqualTo(3);
        LongOwner owner = LongOwner.read(folder.resolve("own"), exchange, LongFixture.WORKERS);
        assertThat(owner.open().iterations()).isEqualTo(3);
        assertThat(cloud.resuming(true).iterations(8).train(exchange).iterations())
                .isEqualTo(8);
        Map<String, byte[]> found = LongFixture.files(LongFixture.run(other), "weights-");
        assertThat(Sha256.of(found.get("weights-00006.ckks"))).isEqualTo(Sha256.of(weights.get("weights-00006.ckks")));
        assertThat(owner.open().model().provenance().settings()).containsEntry("iterations", 8);
        assertThatThrownBy(() -> cloud.resuming(true).iterations(9).train(exchange))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 8 iterations as the owner has rehearsed, found 9");
        // Nothing to do is no error, and changes nothing.
        assertThat(cloud.resuming(true).iterations(8).train(exchange).iterations())
                .isEqualTo(8);
    }

    @Test
    void anInterruptedRunKeepsItsCheckpoint(@TempDir Path other) throws IOException {
        LongFixture.copy(folder.resolve("exchange"), other.resolve("exchange"));
        Path exchange = other.resolve("exchange");
        LongCloud cloud = LongFixture.cloud().checkpointsIn(other.resolve("state"));
        assertThatThrownBy(() -> cloud.train(exchange, new LongListener() {
                    @Override
                    public void progress(String phase, double fraction) {
                        if (phase.equals("iteration 3")) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("cloud: train: interrupted after iteration 2; the checkpoint is kept, train with"
                        + " resuming(true) to go on");
        assertThat(Thread.interrupted()).isTrue();
        cloud.resuming(true).train(exchange);
        LongFixture.assertSameFiles(LongFixture.files(LongFixture.run(other), "weights-"), weights);
    }

    /** Nothing of that size is made for it. */
    @Test
    void theRealRunIsPlannedWithinTenGigabytesOfMemoryAndFourOfUpload() {
        RowRecipe recipe = RowRecipe.of(
                        RowRecipe.settings(52_500, 201, 10, 24, SigmoidApproximation.WEIGHTED_15)
                                .build(),
                        new RowLayout(1 << 15, 4, 10, 201, 16),
                        1)
                .refreshing(0.25);
        LongPlan plan = LongPlan.of(recipe, 12, RowParameters.of(recipe, SecurityLevel.CLASSICAL_128));
        assertThat(plan.batch()).isEqualTo(8192);
        assertThat(plan.uploadBytes()).isBetween(2_000_000_000L, 4_000_000_000L);
        assertThat(plan.memoryBytes(PlanRole.TRAIN)).isBetween(3_000_000_000L, 10_000_000_000L);
        assertThat(plan.iterationSeconds(2))
                .isLessThan(plan.iterationSeconds(1))
                .isBetween(1.0, 10.0);
    }
}
