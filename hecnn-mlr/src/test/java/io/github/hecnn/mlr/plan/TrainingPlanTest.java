package io.github.hecnn.mlr.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.mlr.plan.PlanRefusal.Kind;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.RecipeSimulation;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import io.github.hecnn.mlr.recipe.packed.PackedRecipe;
import io.github.hecnn.mlr.recipe.volley.VolleyRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingPlanTest {
    private static final MlrConfig MNIST = MlrConfig.of(128, 393, 10, 2);

    private static TrainingPlan smallest(MlrConfig config) {
        return TrainingPlan.smallest(config, PackedRecipe::of, PlanLimits.DEFAULT);
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
        assertThat(plan.parameters())
                .isEqualTo(CkksParameters.builder().logRingDegree(14).levels(6).build());
        assertThat(plan.parameters().chain().specialPrimes()).hasSize(3).allMatch(p -> p >>> 45 == 0 && p >>> 44 == 1);
        assertThat(plan.recipe().uploads()).isEqualTo(5);
        assertThat(plan.iterations()).extracting(r -> r.counts().keySwitches()).containsExactly(133L, 113L);
        assertThat(plan.iterations()).extracting(IterationReport::level).containsExactly(3, 0);
        assertThat(plan.rotationSteps()).hasSize(40);
        assertThat(plan.keys()).isEqualTo(42);
        assertThat(plan.needsConjugation()).isTrue();
    }

    @Test
    void theMnistJobAtTheRingDegreeOfTheReference() {
        TrainingPlan plan = TrainingPlan.of(PackedRecipe.of(MNIST, 16384), PlanLimits.DEFAULT);
        assertThat(plan.recipe().uploads()).isEqualTo(3);
        assertThat(plan.iterations()).extracting(r -> r.counts().keySwitches()).containsExactly(90L, 84L);
        assertThat(plan.levels()).isEqualTo(6);
    }

    @Test
    void sizesFollowFromTheParameters() {
        TrainingPlan plan = smallest(MNIST);
        assertThat(plan.evaluationKeyBytes()).isEqualTo(42L * 3 * 2 * (7 + 3) * 16384 * 8);
        long held = plan.evaluationKeyBytes() + plan.recipe().workingCiphertexts() * (2L * 7 * 16384 * 8);
        assertThat(plan.memoryBytes(PlanRole.TRAIN)).isBetween(held, 2 * held);
        assertThat(plan.memoryBytes(PlanRole.ENCRYPT))
                .isBetween(plan.evaluationKeyBytes(), plan.memoryBytes(PlanRole.TRAIN));
        assertThat(plan.memoryBytes(PlanRole.DECRYPT)).isLessThan(plan.memoryBytes(PlanRole.TRAIN));
        assertThat(plan.memoryBytes(PlanRole.REHEARSE)).isLessThan(plan.memoryBytes(PlanRole.DECRYPT));
        assertThat(plan.memoryBytes()).isEqualTo(plan.memoryBytes(PlanRole.TRAIN));
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
        TrainingPlan plan = TrainingPlan.of(new SquaringRecipe(3, 4096), PlanLimits.DEFAULT);
        assertThat(plan.levels()).isEqualTo(2);
        assertThat(plan.counts().keySwitches()).isEqualTo(4);
        assertThat(plan.rotationSteps()).containsExactly(5);
        assertThat(plan.keys()).isEqualTo(2);
        assertThat(plan.parameters().logRingDegree()).isEqualTo(13);
    }

    @Test
    void refusesMoreUploadsThanTheLimits() {
        PlanLimits six = PlanLimits.DEFAULT.withMaxUploads(6);
        assertThatThrownBy(() -> TrainingPlan.of(new SquaringRecipe(7, 4096), six))
                .isInstanceOfSatisfying(NoPlanException.class, e -> {
                    assertThat(e.reasons().get(13).kind()).isEqualTo(Kind.UPLOADS);
                    assertThat(e.reasons().get(13).expected()).isEqualTo(6);
                    assertThat(e.reasons().get(13).found()).isEqualTo(7);
                })
                .hasMessageContaining("expected at most 6 uploads, found 7 in 4096 slots");
        assertThat(TrainingPlan.of(new SquaringRecipe(7, 4096), PlanLimits.DEFAULT)
                        .uploadBytes())
                .isPositive();
    }

    @Test
    void takesTheLayoutThatHasFewEnoughUploads() {
        MlrConfig config = MlrConfig.of(128, 401, 10, 1);
        TrainingPlan any = smallest(config);
        TrainingPlan six = TrainingPlan.smallest(config, PackedRecipe::of, PlanLimits.DEFAULT.withMaxUploads(6));
        assertThat(any.recipe().uploads()).isGreaterThan(6);
        assertThat(any.parameters().logRingDegree()).isEqualTo(13);
        assertThat(six.recipe().uploads()).isLessThanOrEqualTo(6);
        assertThat(six.parameters().logRingDegree()).isEqualTo(14);
        MlrConfig larger = MlrConfig.of(1000, 401, 10, 2);
        assertThatThrownBy(() -> TrainingPlan.smallest(larger, VolleyRecipe::of, PlanLimits.DEFAULT.withMaxUploads(6)))
                .isInstanceOfSatisfying(
                        NoPlanException.class,
                        e -> assertThat(e.reasons().get(16).kind()).isEqualTo(Kind.UPLOADS));
        assertThat(VolleyRecipe.of(larger, 1 << 15).uploads()).isGreaterThan(6);
    }

    @Test
    void refusesTooMuchMemory() {
        assertThatThrownBy(() -> TrainingPlan.of(
                        PackedRecipe.of(MNIST, 8192), PlanLimits.DEFAULT.withMaxMemoryBytes(300_000_000)))
                .isInstanceOfSatisfying(NoPlanException.class, e -> {
                    assertThat(e.reasons().get(14).kind()).isEqualTo(Kind.MEMORY);
                    assertThat(e.reasons().get(14).expected()).isEqualTo(300_000_000);
                    assertThat(e.reasons().get(14).found())
                            .isEqualTo(smallest(MNIST).memoryBytes());
                })
                .hasMessageContaining("expected at most 300.0 MB of memory, found ")
                .hasMessageContaining("42 keys of 7.9 MB")
                .hasMessageContaining("allow more (-Xmx");
        PackedRecipe huge = PackedRecipe.of(MlrConfig.of(1 << 16, 1 << 12, 2, 1), 4096);
        assertThatThrownBy(() -> TrainingPlan.of(huge, PlanLimits.DEFAULT))
                .isInstanceOf(NoPlanException.class)
                .hasMessageContaining("found at least ");
    }

    @Test
    void holdsOnlyTheRolesOfItsLimitsToTheMemory() {
        TrainingPlan plan = smallest(MNIST);
        PlanLimits small = PlanLimits.DEFAULT.withMaxMemoryBytes(plan.memoryBytes(PlanRole.REHEARSE));
        PackedRecipe recipe = PackedRecipe.of(MNIST, 8192);
        assertThat(TrainingPlan.of(recipe, small.withRoles(PlanRole.REHEARSE)).parameters())
                .isEqualTo(plan.parameters());
        assertThat(TrainingPlan.of(recipe, small.withRoles()).levels()).isEqualTo(6);
        assertThatThrownBy(() -> TrainingPlan.of(recipe, small.withRoles(PlanRole.DECRYPT)))
                .isInstanceOf(NoPlanException.class);
        assertThatThrownBy(() -> TrainingPlan.of(
                        recipe, small.withRoles(PlanRole.REHEARSE).withMaxMemoryBytes(50_000_000)))
                .isInstanceOf(NoPlanException.class)
                .hasMessageContaining("to rehearse 115 vectors of 8192 slots");
    }

    @Test
    void refusesMoreLevelsThanAreSecure() {
        assertThatThrownBy(
                        () -> TrainingPlan.of(PackedRecipe.of(MlrConfig.of(128, 393, 10, 3), 8192), PlanLimits.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("log2(QP) of at most 430")
                .hasMessageContaining("10 levels of 40 bits");
    }

    @Test
    void refusesMoreLevelsThanAnyChainHas() {
        PlanLimits small = PlanLimits.DEFAULT.withScaleBits(25);
        TrainingRecipe recipe = PackedRecipe.of(MlrConfig.of(16, 5, 2, 20), 1 << 16);
        assertThatThrownBy(() -> TrainingPlan.of(recipe, small))
                .isInstanceOfSatisfying(NoPlanException.class, e -> {
                    assertThat(e.reasons().get(17).kind()).isEqualTo(Kind.LEVELS);
                    assertThat(e.reasons().get(17).found()).isEqualTo(78);
                })
                .hasMessageContaining("expected at most 63 levels, found 78; choose fewer iterations");
    }

    @Test
    void namesTheNearestRingAndKeepsTheReasonOfEveryOne() {
        assertThatThrownBy(() -> smallest(MlrConfig.of(16, 5, 2, 40)))
                .isInstanceOfSatisfying(NoPlanException.class, e -> {
                    assertThat(e.reasons()).containsOnlyKeys(13, 14, 15, 16, 17);
                    assertThat(e.reasons().get(17).kind()).isEqualTo(Kind.SECURITY);
                    assertThat(e.reasons().get(17).expected()).isEqualTo(3523);
                    assertThat(e.reasons().get(17).text()).contains("expected log2(QP) of at most 3523");
                    assertThat(e.nearestLogRingDegree()).isEqualTo(17);
                })
                .hasMessageContaining("nearest is N = 2^17: expected log2(QP) of at most 3523")
                .hasMessageNotContaining("2^14");
    }

    @ParameterizedTest
    @CsvSource({"10, 4000000000", "50, 4000000000", "50, 100000000000"})
    void saysHowManyIterationsWouldFitAndTheyDo(int iterations, long memory) {
        PlanLimits limits = PlanLimits.DEFAULT.withMaxMemoryBytes(memory);
        MlrConfig config = MlrConfig.of(128, 393, 10, iterations);
        NoPlanException refusal = catchThrowableOfType(
                NoPlanException.class, () -> TrainingPlan.smallest(config, PackedRecipe::of, limits));
        NoPlanException.Alternative fit = refusal.alternatives().get(0);
        assertThat(fit.quantity()).isEqualTo(NoPlanException.Quantity.ITERATIONS);
        int most = fit.most();
        assertThat(refusal)
                .hasMessageContaining("at most " + most + " iteration")
                .hasMessageContaining("fit at N = 2^" + fit.logRingDegree());
        TrainingPlan plan = TrainingPlan.smallest(MlrConfig.of(128, 393, 10, most), PackedRecipe::of, limits);
        assertThat(plan.parameters().logRingDegree()).isEqualTo(fit.logRingDegree());
        assertThatThrownBy(() -> TrainingPlan.smallest(MlrConfig.of(128, 393, 10, most + 1), PackedRecipe::of, limits))
                .isInstanceOf(NoPlanException.class);
    }

    @Test
    void saysWhichHeapAndHowManySamplesWouldFit() {
        PlanLimits limits = PlanLimits.DEFAULT.withMaxMemoryBytes(400_000_000);
        assertThatThrownBy(() -> TrainingPlan.smallest(MNIST, PackedRecipe::of, limits))
                .isInstanceOf(NoPlanException.class)
                .hasMessageContaining("nearest is N = 2^14: expected at most 400.0 MB of memory, found ")
                .hasMessageContaining("-Xmx")
                .hasMessageContaining("at most 1 iteration fit at N = 2^");
        assertThat(PlanLimits.DEFAULT.maxMemoryBytes())
                .isEqualTo(Runtime.getRuntime().maxMemory());
    }

    @Test
    void refusesOddLimits() {
        assertThatThrownBy(() -> PlanLimits.DEFAULT.withMaxUploads(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PlanLimits.DEFAULT.withScaleBits(50))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 50, 49 and 49");
        assertThatThrownBy(() -> new PlanLimits(6, 1L << 40, Set.of(), 49, 40, 50, 3, SecurityLevel.CLASSICAL_128))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("special prime bits <= 49, found 40, 49 and 50");
        assertThat(PlanLimits.DEFAULT.roles())
                .containsExactlyInAnyOrder(PlanRole.ENCRYPT, PlanRole.TRAIN, PlanRole.DECRYPT);
        PlanLimits manyDigits = PlanLimits.DEFAULT.withDigits(Integer.MAX_VALUE);
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
        public List<PlainVector> encodeInputs(double[][] x, double[][] targets, ColumnScaling scaling) {
            return List.of();
        }

        @Override
        public int levels() {
            return 2;
        }

        @Override
        public <V> EncryptedDesign<V> design(
                SlotAlgebra<V> algebra, List<V> inputs, double firstFactor, TrainingListener listener) {
            throw new UnsupportedOperationException("squares only");
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
