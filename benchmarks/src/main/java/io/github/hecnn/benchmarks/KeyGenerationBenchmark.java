package io.github.hecnn.benchmarks;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksPresets;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.core.parallel.WorkerPool;
import java.util.List;
import java.util.Random;
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

    /** Makes the secret key, and checks that a rotation with a generated key is right. */
    @Setup
    public void setUp() {
        CkksContext context = CkksContext.create(CkksPresets.valueOf(set).parameters(), WorkerPool.single());
        generator = new KeyGenerator(context);
        secret = generator.secretKey();
        CkksEncoder encoder = new CkksEncoder(context);
        double[] x = new Random(1).doubles(context.parameters().slots(), -1, 1).toArray();
        Ciphertext encrypted = Encryptor.withSecretKey(context, secret).encrypt(encoder.encode(x));
        Evaluator evaluator = new Evaluator(context, EvaluationKeys.of(null, List.of(rotationKey())));
        double[] rotated = encoder.decode(new Decryptor(context, secret).decrypt(evaluator.rotate(encrypted, 1)));
        for (int i = 0; i < x.length; i++) {
            if (!(Math.abs(rotated[i] - x[(i + 1) % x.length]) < 1e-5)) {
                throw new IllegalStateException("rotation with a generated key: slot " + i + " is " + rotated[i]
                        + ", expected " + x[(i + 1) % x.length]);
            }
        }
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
