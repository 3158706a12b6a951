package io.github.hecnn.mlr.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.circuit.PlainVector;
import io.github.hecnn.ckks.circuit.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.circuit.SlotAlgebra;
import io.github.hecnn.mlr.plan.TrainingPlan.Limits;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.RecipeSimulation;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import io.github.hecnn.mlr.recipe.packed.PackedRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingPlanTest {
    private static final MlrConfig MNIST = MlrConfig.of(128, 393, 10, 2);

    private static TrainingPlan smallest(MlrConfig config) {
        return TrainingPlan.smallest(slots -> PackedRecipe.of(config, slots), Limits.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({"128, 393, 10, 2", "60, 20, 3, 3", "16, 5, 2, 1"})
    void numbersAreThoseOfAFullRun(int samples, int features, int classes, int iterations) {
        TrainingPlan plan = smallest(MlrConfig.of(samples, features, classes, iterations));
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(
                        plan.parameters().slots(), plan.levels())
                .rotationSteps(plan.rotationSteps())
                .build();
        RecipeSimulation.train(plan.recipe(), algebra, RecipeSimulation.data(samples, features, classes, 3));
        assertThat(plan.counts()).isEqualTo(algebra.counts());
        assertThat(algebra.counts().lowestLevel()).isZero();
        assertThat(plan.levels()).isEqualTo(((PackedRecipe) plan.recipe()).levels());
    }

    @Test
    void theMnistJob() {
        TrainingPlan plan = smallest(MNIST);
        assertThat(plan.parameters()).isEqualTo(new ParameterProposal(14, 6, 49, 40, 3, 3, 45));
        assertThat(plan.recipe().uploads()).isEqualTo(5);
        assertThat(plan.iterations()).extracting(r -> r.counts().keySwitches()).containsExactly(133L, 113L);
        assertThat(plan.iterations()).extracting(IterationReport::level).containsExactly(3, 0);
        assertThat(plan.rotationSteps()).hasSize(40);
        assertThat(plan.keys()).isEqualTo(42);
        assertThat(plan.needsConjugation()).isTrue();
    }

    @Test
    void theMnistJobAtTheRingDegreeOfTheReference() {
        TrainingPlan plan = TrainingPlan.of(PackedRecipe.of(MNIST, 16384), Limits.DEFAULT);
        assertThat(plan.recipe().uploads()).isEqualTo(3);
        assertThat(plan.iterations()).extracting(r -> r.counts().keySwitches()).containsExactly(90L, 84L);
        assertThat(plan.levels()).isEqualTo(6);
    }

    @Test
    void sizesFollowFromTheParameters() {
        TrainingPlan plan = smallest(MNIST);
        ParameterProposal parameters = plan.parameters();
        assertThat(plan.evaluationKeyBytes()).isEqualTo(42L * 3 * 2 * (7 + 3) * 16384 * 8);
        assertThat(plan.evaluationKeyWireBytes()).isEqualTo(42L * 3 * (49 + 6 * 41 + 135) * 16384 / 8);
        assertThat(plan.uploadBytes()).isEqualTo(5L * (49 + 6 * 41) * 16384 / 8);
        assertThat(plan.downloadBytes()).isEqualTo(2L * 7 * ((49 + 3 * 41) + 49) * 16384 / 8);
        long held = plan.evaluationKeyBytes() + plan.recipe().workingCiphertexts() * parameters.ciphertextBytes(6);
        assertThat(plan.trainMemoryBytes()).isBetween(held, held + held / 2);
        assertThat(plan.encryptMemoryBytes()).isBetween(plan.evaluationKeyBytes(), plan.trainMemoryBytes());
        assertThat(plan.decryptMemoryBytes()).isLessThan(plan.trainMemoryBytes());
        assertThat(plan.memoryBytes()).isEqualTo(plan.trainMemoryBytes());
        assertThat(plan.predictedSeconds()).isBetween(0.01, 60.0);
    }

    @Test
    void printsItself() {
        assertThat(smallest(MNIST).toString())
                .contains("128 samples x 393 features x 10 classes, 2 iterations")
                .contains("N = 2^14, 6 levels, scale 2^40, log2(Q) 289, log2(P) 135, 3 digits")
                .contains("5 ciphertexts")
                .contains("42 (40 rotations)")
                .contains("113 key switches")
                .contains("on one thread");
    }

    @Test
    void workingCiphertextsGrowWithTheJob() {
        assertThat(PackedRecipe.of(MNIST, 8192).workingCiphertexts()).isBetween(80, 200);
        assertThat(PackedRecipe.of(MlrConfig.of(64, 5, 2, 2), 8192).workingCiphertexts())
                .isBetween(4, 30);
    }

    @Test
    void plansAnyRecipe() {
        TrainingPlan plan = TrainingPlan.of(new SquaringRecipe(3, 4096), Limits.DEFAULT);
        assertThat(plan.levels()).isEqualTo(2);
        assertThat(plan.counts().keySwitches()).isEqualTo(4);
        assertThat(plan.rotationSteps()).containsExactly(5);
        assertThat(plan.keys()).isEqualTo(2);
        assertThat(plan.parameters().logRingDegree()).isEqualTo(13);
    }

    @Test
    void refusesTooManyUploads() {
        assertThatThrownBy(() -> TrainingPlan.of(new SquaringRecipe(7, 4096), Limits.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at most 6 uploads, found 7 in 4096 slots");
        assertThat(TrainingPlan.of(new SquaringRecipe(7, 4096), Limits.DEFAULT.withMaxUploads(7))
                        .uploadBytes())
                .isPositive();
    }

    @Test
    void refusesTooMuchMemory() {
        assertThatThrownBy(() ->
                        TrainingPlan.of(PackedRecipe.of(MNIST, 8192), Limits.DEFAULT.withMaxMemoryBytes(100_000_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at most 100.0 MB of memory, found ")
                .hasMessageContaining("42 keys of 7.9 MB")
                .hasMessageContaining("allow more (-Xmx");
    }

    @Test
    void refusesMoreLevelsThanAreSecure() {
        assertThatThrownBy(() -> TrainingPlan.of(PackedRecipe.of(MlrConfig.of(128, 393, 10, 3), 8192), Limits.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("log2(QP) of at most 430")
                .hasMessageContaining("10 levels of 40 bits");
    }

    @Test
    void refusesMoreLevelsThanAnyChainHas() {
        assertThatThrownBy(() -> PackedRecipe.of(MlrConfig.of(16, 5, 2, 400), 8192))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a training of at most 1000 levels")
                .hasMessageContaining("choose fewer iterations");
        assertThatThrownBy(() -> smallest(MlrConfig.of(16, 5, 2, 400)))
                .isInstanceOf(NoPlanException.class)
                .hasMessageContaining("expected a training of at most 1000 levels");
    }

    @Test
    void namesTheNearestRingAndKeepsTheReasonOfEveryOne() {
        assertThatThrownBy(() -> smallest(MlrConfig.of(16, 5, 2, 40)))
                .isInstanceOfSatisfying(NoPlanException.class, e -> {
                    assertThat(e.reasons()).containsOnlyKeys(13, 14, 15, 16, 17);
                    assertThat(e.reasons().get(17)).contains("expected log2(QP) of at most 3523");
                    assertThat(e.nearestLogRingDegree()).isEqualTo(17);
                })
                .hasMessageContaining("nearest is N = 2^17: parameters: expected log2(QP) of at most 3523")
                .hasMessageNotContaining("2^14");
    }

    @ParameterizedTest
    @CsvSource({"10, 4000000000", "50, 4000000000", "50, 100000000000"})
    void saysHowManyIterationsWouldFitAndTheyDo(int iterations, long memory) {
        Limits limits = Limits.DEFAULT.withMaxMemoryBytes(memory);
        MlrConfig config = MlrConfig.of(128, 393, 10, iterations);
        String message = org.assertj.core.api.Assertions.catchThrowableOfType(
                        NoPlanException.class, () -> TrainingPlan.smallest(config, PackedRecipe::of, limits))
                .getMessage();
        Matcher fit = Pattern.compile("at most (\\d+) iterations? fit at N = 2\\^(\\d+)")
                .matcher(message);
        assertThat(fit.find()).as(message).isTrue();
        int most = Integer.parseInt(fit.group(1));
        TrainingPlan plan = TrainingPlan.smallest(MlrConfig.of(128, 393, 10, most), PackedRecipe::of, limits);
        assertThat(plan.parameters().logRingDegree()).isEqualTo(Integer.parseInt(fit.group(2)));
        assertThatThrownBy(() -> TrainingPlan.smallest(MlrConfig.of(128, 393, 10, most + 1), PackedRecipe::of, limits))
                .isInstanceOf(NoPlanException.class);
    }

    @Test
    void saysWhichHeapAndHowManySamplesWouldFit() {
        Limits limits = Limits.DEFAULT.withMaxMemoryBytes(400_000_000);
        assertThatThrownBy(() -> TrainingPlan.smallest(MNIST, PackedRecipe::of, limits))
                .isInstanceOf(NoPlanException.class)
                .hasMessageContaining("nearest is N = 2^14: expected at most 400.0 MB of memory, found ")
                .hasMessageContaining("-Xmx")
                .hasMessageContaining("at most 1 iteration fit at N = 2^");
        assertThat(Limits.DEFAULT.maxMemoryBytes())
                .isEqualTo(Runtime.getRuntime().maxMemory());
    }

    @Test
    void refusesOddLimits() {
        assertThatThrownBy(() -> Limits.DEFAULT.withMaxUploads(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Limits.DEFAULT.withScaleBits(50))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 50, 49 and 49");
        assertThatThrownBy(() -> new Limits(6, 1L << 40, 49, 40, 50, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("largest prime bits <= 49, found 40, 49 and 50");
        Limits manyDigits = new Limits(6, 1L << 40, 49, 40, 49, Integer.MAX_VALUE);
        assertThat(TrainingPlan.of(new SquaringRecipe(1, 4096), manyDigits)
                        .parameters()
                        .digits())
                .isEqualTo(3);
    }

    /** Squares its first upload twice, with a rotation after each. */
    private record SquaringRecipe(int uploads, int slots) implements TrainingRecipe {
        @Override
        public String name() {
            return "squaring";
        }

        @Override
        public MlrConfig config() {
            return MlrConfig.of(1, 2, 2, 2);
        }

        @Override
        public int workingCiphertexts() {
            return uploads;
        }

        @Override
        public List<PlainVector> encodeInputs(double[][] x, int[] labels) {
            return List.of();
        }

        @Override
        public <V> List<List<V>> train(SlotAlgebra<V> algebra, List<V> inputs, TrainingListener listener) {
            List<List<V>> out = new ArrayList<>();
            V v = inputs.get(0);
            for (int t = 1; t <= 2; t++) {
                v = algebra.rotate(algebra.rescale(algebra.square(v)), 5);
                out.add(List.of(v));
                listener.iterationDone(new IterationReport(t, algebra.level(v), algebra.counts(), 0));
            }
            return out;
        }

        @Override
        public double[][] decodeWeights(List<PlainVector> decrypted, ColumnScaling scaling) {
            return new double[0][];
        }
    }
}
