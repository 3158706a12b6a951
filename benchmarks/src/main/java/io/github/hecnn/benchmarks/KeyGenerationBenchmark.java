package io.github.hecnn.benchmarks;

import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksPresets;
import io.github.hecnn.core.parallel.WorkerPool;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Key generation, one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KeyGenerationBenchmark {
    /** Parameter set. */
    @Param({"N14L9", "N15L19", "N16L25"})
    public String set;

    private KeyGenerator generator;
    private SecretKey secret;

    /** Creates the benchmark's state. */
    public KeyGenerationBenchmark() {}

    /** Makes the secret key. */
    @Setup
    public void setUp() {
        generator = new KeyGenerator(CkksContext.create(CkksPresets.valueOf(set).parameters(), WorkerPool.single()));
        secret = generator.secretKey();
    }

    /**
     * One rotation key at the top level.
     *
     * @return the key
     */
    @Benchmark
    public RotationKey rotationKey() {
        return generator.rotationKey(secret, 1);
    }
}
