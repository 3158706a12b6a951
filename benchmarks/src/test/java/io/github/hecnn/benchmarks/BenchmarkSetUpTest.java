package io.github.hecnn.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The benchmarks' own checks of their results pass, so what is timed is right. */
class BenchmarkSetUpTest {
    @Test
    void transforms() {
        NttBenchmark ntt = new NttBenchmark();
        ntt.logN = 13;
        ntt.setUp();
        assertThat(ntt.forward()).hasSize(1 << 13);
        ScalarReferenceBenchmark scalar = new ScalarReferenceBenchmark();
        scalar.logN = 13;
        scalar.setUp();
        assertThat(scalar.forward()).hasSize(1 << 13);
        MemoryReferenceBenchmark memory = new MemoryReferenceBenchmark();
        memory.set = "N14L9";
        memory.setUp();
        assertThat(memory.sum()).hasDimensions(18, 1 << 14);
    }

    @Test
    void operations() {
        EvaluatorBenchmark evaluator = new EvaluatorBenchmark();
        evaluator.set = "N14L9";
        evaluator.threads = 2;
        evaluator.setUp();
        assertThat(evaluator.rotateHoisted8()).hasSize(8);
        evaluator.tearDown();
        KeyGenerationBenchmark keys = new KeyGenerationBenchmark();
        keys.set = "N14L9";
        keys.setUp();
        assertThat(keys.rotationKey().galoisElement()).isEqualTo(5);
    }

    @Test
    void training() {
        TrainingBenchmark training = new TrainingBenchmark();
        training.recipe = "fast";
        training.threads = 2;
        training.setUp();
        assertThat(training.iteration()).hasSize(2);
        training.tearDown();
    }
}
