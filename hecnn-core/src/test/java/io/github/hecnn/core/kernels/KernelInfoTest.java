package io.github.hecnn.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.hecnn.core.internal.kernel.choice.KernelProvider;
import org.junit.jupiter.api.Test;

class KernelInfoTest {
    @Test
    void saysWhatRuns() {
        KernelInfo info = KernelInfo.active();
        assertThat(info.name()).isEqualTo(KernelProvider.kernels().name());
        assertThat(info).hasToString(KernelProvider.description());
        assertThat(info.vectorBits()).isIn(0, 256, 512);
        assertThat(info.name()).isEqualTo(info.vectorBits() == 0 ? "portable" : "vector-" + info.vectorBits());
        assertThat(KernelInfo.active()).isEqualTo(info);
    }

    @Test
    void needsTexts() {
        assertThatNullPointerException().isThrownBy(() -> new KernelInfo(null, 0, ""));
        assertThatNullPointerException().isThrownBy(() -> new KernelInfo("portable", 0, null));
    }
}
