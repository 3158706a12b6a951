package io.github.hecnn.mlr.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.Refresher;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.recipe.RecipeSimulation.Data;
import io.github.hecnn.mlr.recipe.packed.PackedRecipe;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import io.github.hecnn.mlr.recipe.volley.VolleyRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One loop for plain doubles, simulated slots and ciphertexts. */
class EncryptedTrainingTest {
    private static final double TOLERANCE = 1e-9;

    private static MlrConfig.Builder builder(int iterations) {
        return MlrConfig.builder(40, 21, 3, iterations).outsideInterval(OutsideInterval.GO_ON);
    }

    private static Data data() {
        return RecipeSimulation.data(40, 21, 3, 7);
    }

    private static double[][] weights(long seed) {
        Random random = new Random(seed);
        double[][] out = new double[3][21];
        for (double[] row : out) {
            for (int k = 0; k < row.length; k++) {
                row[k] = random.nextGaussian() / 8;
            }
        }
        return out;
    }

    static List<MlrConfig> settings() {
        return List.of(
                builder(1).schedule(Schedule.nesterov()).build(),
                builder(4).schedule(Schedule.nesterov()).learningRate(0.5).build(),
                builder(3)
                        .schedule(Schedule.constant(0))
                        .learningRate(0.25)
                        .l2(0.125)
                        .build(),
                builder(3)
                        .schedule(Schedule.constant(0.5).withStepDecay(0.5, 2))
                        .build(),
                builder(3).l2(0.25).labelSmoothing(0.1).build(),
                builder(1).startWeights(weights(3)).build(),
                builder(3)
                        .schedule(Schedule.nesterov())
                        .startWeights(weights(4))
                        .l2(0.0625)
                        .build(),
                builder(2).initialWeight(0.125).schedule(Schedule.nesterov()).build());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everyScheduleGivesThePlainTrainersWeightsInTheLevelsAnnounced(MlrConfig config) {
        List<double[][]> plain = PlainTrainer.train(data().x(), data().labels(), config);
        for (TrainingRecipe recipe : List.of(PackedRecipe.withWidth(config, 256, 8), VolleyRecipe.of(config, 2048))) {
            SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(recipe.slots(), recipe.levels())
                    .onOutsideInterval(outside -> {})
                    .build();
            List<double[][]> trained = RecipeSimulation.train(recipe, algebra, data());
            assertThat(RecipeSimulation.largestDifference(plain, trained))
                    .as("%s", recipe)
                    .isLessThan(TOLERANCE);
            assertThat(algebra.counts().lowestLevel()).as("%s", recipe).isZero();
        }
    }

    /** A simulated training that does not know its end. */
    private static List<double[][]> open(
            TrainingRecipe recipe, SimulatedSlotAlgebra algebra, int window, double scale, List<Integer> sizes) {
        List<SimulatedVector> uploads = RecipeSimulation.uploads(recipe, algebra, data());
        EncryptedDesign<SimulatedVector> design = recipe.design(
                algebra, uploads, EncryptedTraining.firstFactor(recipe.config(), 1, false), TrainingListener.NONE);
        EncryptedTraining<SimulatedVector> training = EncryptedTraining.of(design, recipe.config());
        EncryptedTraining<SimulatedVector> run = window == 0 ? training : training.refreshing(window, scale);
        List<double[][]> out = new ArrayList<>();
        run.run(run.start(), recipe.config().iterations(), t -> Batch.all(design.blocks()), false, (state, weights) -> {
            sizes.add(state.terms().size());
            out.add(RecipeSimulation.decoded(recipe, algebra, weights, data()));
        });
        return out;
    }

    @Test
    void aTrainingThatDoesNotKnowItsEndHasTheSameWeightsOneLevelLower() {
        MlrConfig config = builder(3).build();
        PackedRecipe recipe = PackedRecipe.withWidth(config, 256, 8);
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(256, recipe.levels() + 1)
                .onOutsideInterval(outside -> {})
                .build();
        List<double[][]> open = open(recipe, algebra, 0, 1, new ArrayList<>());
        List<double[][]> plain = PlainTrainer.train(data().x(), data().labels(), config);
        assertThat(RecipeSimulation.largestDifference(plain, open)).isLessThan(TOLERANCE);
        assertThat(algebra.counts().lowestLevel()).isZero();
    }

    static List<MlrConfig> longSettings() {
        return List.of(
                builder(21).learningRate(0.125).build(),
                builder(21)
                        .schedule(Schedule.nesterov())
                        .learningRate(0.125)
                        .l2(0.25)
                        .build(),
                builder(21)
                        .schedule(Schedule.nesterov())
                        .startWeights(weights(5))
                        .learningRate(0.125)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("longSettings")
    void refreshedGradientsGiveTheSameWeightsForEverInBoundedMemory(MlrConfig config) {
        PackedRecipe recipe = PackedRecipe.withWidth(config, 256, 8);
        List<double[][]> plain = PlainTrainer.train(data().x(), data().labels(), config);
        for (int window : new int[] {1, 4, 100}) {
            SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(256, 7)
                    .refreshing(new Refresher.Limits(0, 6, 256, true, 8, 0))
                    .onOutsideInterval(outside -> {})
                    .build();
            List<Integer> sizes = new ArrayList<>();
            List<double[][]> refreshed = open(recipe, algebra, window, 0.25, sizes);
            assertThat(RecipeSimulation.largestDifference(plain, refreshed))
                    .as("window %d", window)
                    .isLessThan(TOLERANCE);
            assertThat(sizes).allMatch(size -> size <= window + 2);
        }
    }

    /** The first gradient is in the weights once, with factor 1: a combination like all others, or the next pass begins a level too high. */
    @Test
    void weightsOfRefreshedTrainingsAreALevelBelowTheirTermsWhateverTheFactors() {
        MlrConfig config = builder(3).schedule(Schedule.nesterov()).build();
        PackedRecipe recipe = PackedRecipe.withWidth(config, 256, 8);
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(256, 7)
                .refreshing(new Refresher.Limits(0, 6, 256, true, 8, 0))
                .onOutsideInterval(outside -> {})
                .build();
        List<SimulatedVector> uploads = RecipeSimulation.uploads(recipe, algebra, data());
        EncryptedDesign<SimulatedVector> design =
                recipe.design(algebra, uploads, EncryptedTraining.firstFactor(config, 1, false), TrainingListener.NONE);
        EncryptedTraining<SimulatedVector> training =
                EncryptedTraining.of(design, config).refreshing(2, 1);
        List<Integer> levels = new ArrayList<>();
        training.run(training.start(), 3, t -> Batch.all(design.blocks()), false, (state, weights) -> {
            levels.add(algebra.level(weights.get(0)));
            levels.add(algebra.level(training.point(state).get(0)));
        });
        assertThat(levels).hasSize(6).containsOnly(5);
    }

    @Test
    void minibatchesOfBlocksAreThoseOfThePlainTrainer() {
        MlrConfig config = builder(5).schedule(Schedule.nesterov()).build();
        PackedRecipe recipe = PackedRecipe.withWidth(config, 128, 8); // four rows, so a block has eight samples
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(128, 40)
                .onOutsideInterval(outside -> {})
                .build();
        List<SimulatedVector> uploads = RecipeSimulation.uploads(recipe, algebra, data());
        double first = EncryptedTraining.firstFactor(config, 5, false);
        EncryptedDesign<SimulatedVector> design = recipe.design(algebra, uploads, first, TrainingListener.NONE);
        assertThat(design.blocks()).isEqualTo(5);
        EncryptedTraining<SimulatedVector> training = EncryptedTraining.of(design, config);
        List<double[][]> trained = new ArrayList<>();
        TrainingState<SimulatedVector> end = training.run(
                training.start(),
                5,
                Batch.inTurn(5, 1, 5),
                false,
                (state, weights) -> trained.add(RecipeSimulation.decoded(recipe, algebra, weights, data())));
        assertThat(end.cursor()).isEqualTo(5);
        List<double[][]> plain = PlainTrainer.trainMinibatches(data().x(), data().labels(), config, 8);
        assertThat(RecipeSimulation.largestDifference(plain, trained)).isLessThan(TOLERANCE);
    }

    @Test
    void partialGradientsAddUpInAnyGroupingToTheLastBit() {
        MlrConfig config = builder(2).build();
        PackedRecipe recipe = PackedRecipe.withWidth(config, 512, 64);
        EncryptedRun run =
                new EncryptedRun(recipe, data(), EncryptedRun.parameters(10, recipe.levels() + 1, SecurityLevel.NONE));
        EncryptedDesign<Ciphertext> design = run.design(run.algebra());
        assertThat(design.blocks()).isGreaterThan(4);
        EncryptedTraining<Ciphertext> training = EncryptedTraining.of(design, config);
        Batch all = Batch.all(design.blocks());
        for (TrainingState<Ciphertext> state = training.start();
                state.iteration() < 2;
                state = training.step(state, all)) {
            double factor = training.factor(state, all, false);
            List<Ciphertext> at = training.point(state);
            EncryptedDesign.Partial<Ciphertext> sum = null;
            for (int block = design.blocks() - 1; block >= 2; block--) {
                EncryptedDesign.Partial<Ciphertext> one = design.partial(List.of(block), at, factor);
                sum = sum == null ? one : one.plus(sum, design.arithmetic());
            }
            sum = design.partial(List.of(1, 0), at, factor).plus(sum, design.arithmetic());
            assertSame(training.stepWith(state, all, false, sum), training.step(state, all));
        }
    }

    @Test
    void threadsChangeNothing() {
        MlrConfig config = builder(2).build();
        PackedRecipe recipe = PackedRecipe.withWidth(config, 512, 16);
        EncryptedRun run =
                new EncryptedRun(recipe, data(), EncryptedRun.parameters(10, recipe.levels(), SecurityLevel.NONE));
        List<TrainingState<Ciphertext>> states = new ArrayList<>();
        for (int threads : new int[] {1, 3}) {
            try (WorkerPool workers = WorkerPool.ofThreads(threads)) {
                CkksContext context = CkksContext.create(run.context.parameters(), workers);
                recipe.train(
                        new CkksSlotAlgebra(context, run.keys),
                        run.uploads,
                        null,
                        TrainingListener.NONE,
                        (state, weights) -> states.add(state));
            }
        }
        assertThat(states).hasSize(4);
        assertSame(states.get(0), states.get(2));
        assertSame(states.get(1), states.get(3));
    }

    private static void assertSame(TrainingState<Ciphertext> a, TrainingState<Ciphertext> b) {
        assertThat(a.terms()).hasSameSizeAs(b.terms());
        for (int i = 0; i < a.terms().size(); i++) {
            for (int p = 0; p < a.terms().get(i).size(); p++) {
                Ciphertext x = a.terms().get(i).get(p);
                Ciphertext y = b.terms().get(i).get(p);
                assertThat(x.level()).isEqualTo(y.level());
                for (int c = 0; c < 2; c++) {
                    for (int limb = 0; limb <= x.level(); limb++) {
                        assertThat(Ciphertexts.components(x).get(c).limb(limb))
                                .isEqualTo(Ciphertexts.components(y).get(c).limb(limb));
                    }
                }
            }
        }
    }
}
