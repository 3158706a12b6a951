package io.github.hecnn.mlr.recipe.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.recipe.MlrConfig;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PackedLayoutTest {
    /** Sizes as a forged description of a job could have them: no product of them may wrap around. */
    @Test
    void refusesSizesThatOverflow() {
        int most = Integer.MAX_VALUE;
        assertRefused(() -> PackedRecipe.withWidth(MlrConfig.of(4, 4, 2, 1), 64, Integer.MIN_VALUE), "powers of two");
        assertRefused(() -> PackedRecipe.withWidth(MlrConfig.of(4, 4, 2, 1), Integer.MIN_VALUE, 2), "powers of two");
        assertRefused(() -> PackedRecipe.withWidth(MlrConfig.of(4, 4, most, 1), 64, 2), "row of at most 64 slots");
        assertRefused(() -> PackedRecipe.of(MlrConfig.of(4, 4, most, 1), 64), "rows longer than that");
        assertRefused(() -> PackedRecipe.of(MlrConfig.of(4, most, 2, 1), 4096), "blocks of data, found 2147483648");
        assertRefused(() -> PackedRecipe.of(MlrConfig.of(1 << 20, 1 << 24, 2, 1), 8192), "blocks of data");
        assertRefused(() -> PackedRecipe.of(MlrConfig.of(most, 4, 2, 1), 4096, 6), "at most 6 uploads");
        assertThat(PackedRecipe.withWidth(MlrConfig.of((1 << 30) + 1, 4, 2, 1), 4096, 4)
                        .uploads())
                .isEqualTo((1 << 21) / 2 + 1 + (1 << 18) + 1);
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
