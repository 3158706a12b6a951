package io.github.hecnn.ckks.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.core.parallel.WorkerPool;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The presets of 128 bits as they are: what they predict is what they do. Takes up to 5 GB of memory. */
@Tag("slow")
class BootstrapPresetsTest {
    @Test
    void aRefreshAllocatesLessThan200Megabytes() {
        BootstrapFixture f = new BootstrapFixture(BootstrapPreset.BOOT_16.parameters(), WorkerPool.single());
        long limit = 200_000_000;
        long bytes = RefreshAllocationTest.allocated(
                f.bootstrapper, f.encrypt(f.random(1), f.parameters.inputLevel()), 8, limit);
        assertThat(bytes).isLessThan(limit);
    }

    @ParameterizedTest
    @EnumSource(names = {"BOOT_16", "BOOT_16_PRECISE", "BOOT_16_TRAINING"})
    void presetsDoWhatTheyPredict(BootstrapPreset preset) {
        BootstrapFixture f = new BootstrapFixture(preset.parameters());
        BootstrapPrediction p = f.parameters.prediction();
        assertThat(f.keys.memoryBytes()).isEqualTo(p.keyBytes());
        assertThat(f.bootstrapper.tableBytes()).isEqualTo(p.tableBytes());
        double[][] z = f.random(1);
        Ciphertext r = f.bootstrapper.refresh(f.encrypt(z, f.parameters.inputLevel()));
        assertThat(r.level() - f.parameters.inputLevel()).isEqualTo(p.levelsLeft());
        assertThat(r.scale()).isEqualTo(f.context.parameters().scale(r.level()));
        double[] random = f.errorBits(r, z);
        assertThat(random[0]).isCloseTo(p.meanErrorBits(), within(1.0));
        assertThat(random[1]).isCloseTo(p.maxErrorBits(), within(1.0));
        // down a few levels and up again: errors add up
        Ciphertext again = f.bootstrapper.refresh(f.evaluator.dropToLevel(r, f.parameters.inputLevel()));
        assertThat(f.errorBits(again, z)[0]).isLessThan(p.meanErrorBits() + 1.5);
        double[][] ones = new double[2][z[0].length];
        Arrays.fill(ones[0], f.parameters.bound());
        double[] worst = f.errorBits(f.bootstrapper.refresh(f.encrypt(ones, f.parameters.inputLevel())), ones);
        assertThat(worst[1]).isLessThan(p.maxErrorBits() + 1);
    }
}
