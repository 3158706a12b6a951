package io.github.hecnn.benchmarks;

import io.github.hecnn.ckks.inplace.InPlaceEvaluator;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksPresets;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.scheme.Plaintext;
import io.github.hecnn.ckks.scheme.PrecisionStats;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
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

/** Operations with results in arrays that exist: the same ones every time, as in C++ libraries whose results are arguments. One thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RecycledBenchmark {
    /** Parameter set. */
    @Param("N15L19")
    public String set;

    private Evaluator evaluator;
    private Plaintext plain;
    private Ciphertext a;
    private Ciphertext b;
    private Ciphertext product;
    private Ciphertext unrescaled;

    /** Creates the benchmark's state. */
    public RecycledBenchmark() {}

    /** Makes keys and checks sums and products once. */
    @Setup
    public void setUp() {
        CkksContext context = CkksContext.create(CkksPresets.valueOf(set).parameters(), WorkerPool.single());
        KeyGenerator generator = new KeyGenerator(context, RandomSource.reproducible(1));
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(secret, RotationSteps.of(1), false);
        evaluator = new InPlaceEvaluator(context, keys).evaluator();
        CkksEncoder encoder = new CkksEncoder(context);
        Random random = new Random(4);
        double[] x = random.doubles(context.parameters().slots(), -1, 1).toArray();
        double[] y = random.doubles(context.parameters().slots(), -1, 1).toArray();
        plain = encoder.encode(y);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret, RandomSource.reproducible(2));
        a = encryptor.encrypt(encoder.encode(x));
        b = encryptor.encrypt(plain);
        product = evaluator.multiplyNoRelin(a, b);
        unrescaled = evaluator.relinearize(product);
        double[] sum = new double[x.length];
        double[] times = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            sum[i] = x[i] + y[i];
            times[i] = x[i] * y[i];
        }
        Decryptor decryptor = new Decryptor(context, secret);
        check(sum, encoder.decode(decryptor.decrypt(evaluator.add(a, b))));
        check(times, encoder.decode(decryptor.decrypt(evaluator.multiplyPlain(a, plain))));
        check(times, encoder.decode(decryptor.decrypt(evaluator.rescale(unrescaled))));
    }

    private static void check(double[] expected, double[] found) {
        double bits = PrecisionStats.of(expected, found).bits();
        if (!(bits > 18)) {
            throw new IllegalStateException("expected at least 18 right bits, found " + bits);
        }
    }

    /** Nobody needs the result any more: its arrays take the next one. */
    private static Ciphertext done(Ciphertext result) {
        result.release();
        return result;
    }

    /**
     * Adds two ciphertexts.
     *
     * @return the sum, released
     */
    @Benchmark
    public Ciphertext add() {
        return done(evaluator.add(a, b));
    }

    /**
     * Multiplies by a plaintext.
     *
     * @return the product, not rescaled, released
     */
    @Benchmark
    public Ciphertext multiplyPlain() {
        return done(evaluator.multiplyPlain(a, plain));
    }

    /**
     * Multiplies two ciphertexts.
     *
     * @return three components, released
     */
    @Benchmark
    public Ciphertext multiplyNoRelin() {
        return done(evaluator.multiplyNoRelin(a, b));
    }

    /**
     * Relinearises a product.
     *
     * @return two components, released
     */
    @Benchmark
    public Ciphertext relinearize() {
        return done(evaluator.relinearize(product));
    }

    /**
     * Divides a relinearised product by the last prime.
     *
     * @return one level down, released
     */
    @Benchmark
    public Ciphertext rescale() {
        return done(evaluator.rescale(unrescaled));
    }

    /**
     * Rotates by one slot.
     *
     * @return rotated, released
     */
    @Benchmark
    public Ciphertext rotate() {
        return done(evaluator.rotate(a, 1));
    }
}
