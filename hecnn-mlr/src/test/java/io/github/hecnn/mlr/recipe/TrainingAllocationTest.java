package io.github.hecnn.mlr.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.recipe.packed.PackedRecipe;
import io.github.hecnn.mlr.recipe.volley.VolleyRecipe;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On a recycling context a training gives back the arrays of what it has used up: what that saves, and that the bits stay. */
class TrainingAllocationTest {
    private static final int ITERATIONS = 3;

    private static EncryptedRun run(TrainingRecipe recipe) {
        MlrConfig config = recipe.config();
        return new EncryptedRun(
                recipe,
                RecipeSimulation.data(config.samples(), config.features(), config.classes(), 7),
                EncryptedRun.parameters(11, recipe.levels(), SecurityLevel.NONE));
    }

    private static List<List<Ciphertext>> train(EncryptedRun run, CkksContext context) {
        return run.recipe.train(new CkksSlotAlgebra(context, run.keys), run.uploads, TrainingListener.NONE);
    }

    /** Bytes that a training allocates on the calling thread, which does all the work; the least of some runs, up to one with few enough. */
    private static long allocated(EncryptedRun run, CkksContext context, int most, long enough) {
        com.sun.management.ThreadMXBean bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = Long.MAX_VALUE;
        for (int i = 0; i < most && bytes > enough; i++) { // code that is not compiled yet allocates
            long before = bean.getCurrentThreadAllocatedBytes();
            train(run, context);
            bytes = Math.min(bytes, bean.getCurrentThreadAllocatedBytes() - before);
        }
        return bytes;
    }

    private static void check(TrainingRecipe recipe, double most) {
        EncryptedRun run = run(recipe);
        List<List<Ciphertext>> plain = train(run, run.context);
        List<List<Ciphertext>> recycled = train(run, run.context.recycling());
        for (int t = 0; t < ITERATIONS; t++) {
            for (int i = 0; i < plain.get(t).size(); i++) {
                assertSame(plain.get(t).get(i), recycled.get(t).get(i));
            }
        }
        long before = allocated(run, run.context, 4, 0);
        long limit = (long) (most * before);
        assertThat(allocated(run, run.context.recycling(), 40, limit))
                .as("of %d bytes without", before)
                .isLessThanOrEqualTo(limit);
    }

    private static void assertSame(Ciphertext expected, Ciphertext found) {
        assertThat(found.level()).isEqualTo(expected.level());
        for (int k = 0; k < 2; k++) {
            for (int i = 0; i <= expected.level(); i++) {
                assertThat(Arrays.equals(
                                Ciphertexts.components(found).get(k).limb(i),
                                Ciphertexts.components(expected).get(k).limb(i)))
                        .isTrue();
            }
        }
    }

    private static MlrConfig config(int samples, int features, int classes) {
        return MlrConfig.builder(samples, features, classes, ITERATIONS)
                .outsideInterval(OutsideInterval.GO_ON)
                .build();
    }

    @Test
    void theFastRecipe() {
        check(PackedRecipe.of(config(40, 21, 3), 1024), 0.25);
    }

    @Test
    void thePapersRecipe() {
        check(VolleyRecipe.of(config(8, 9, 2), 1024), 0.25);
    }
}
