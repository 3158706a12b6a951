package io.github.hecnn.benchmarks;

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
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Operations at the top level with all slots in use; sets are named as in the tables of other libraries. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EvaluatorBenchmark {
    private static final int[] EIGHT = {1, 2, 3, 4, 5, 6, 7, 8};

    /** Parameter set. */
    @Param({"N14L9", "N15L19", "N16L25"})
    public String set;

    /** Threads of the context. */
    @Param("1")
    public int threads;

    private WorkerPool workers;
    private CkksEncoder encoder;
    private Encryptor publicEncryptor;
    private Encryptor secretEncryptor;
    private Decryptor decryptor;
    private Evaluator evaluator;
    private double[] x;
    private double[] y;
    private double[] imaginary;
    private Plaintext plain;
    private Ciphertext a;
    private Ciphertext b;
    private Ciphertext product;
    private Ciphertext unrescaled;

    /** Creates the benchmark's state. */
    public EvaluatorBenchmark() {}

    /** Makes keys and checks every operation once. */
    @Setup
    public void setUp() {
        workers = threads == 1 ? WorkerPool.single() : WorkerPool.ofThreads(threads);
        CkksContext context = CkksContext.create(CkksPresets.valueOf(set).parameters(), workers);
        KeyGenerator generator = new KeyGenerator(context, RandomSource.reproducible(1));
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(secret, RotationSteps.of(EIGHT), true);
        encoder = new CkksEncoder(context);
        publicEncryptor = Encryptor.withPublicKey(context, generator.publicKey(secret), RandomSource.reproducible(2));
        secretEncryptor = Encryptor.withSecretKey(context, secret, RandomSource.reproducible(3));
        decryptor = new Decryptor(context, secret);
        evaluator = new Evaluator(context, keys);
        Random random = new Random(4);
        int slots = context.parameters().slots();
        x = random.doubles(slots, -1, 1).toArray();
        y = random.doubles(slots, -1, 1).toArray();
        imaginary = random.doubles(slots, -1, 1).toArray();
        plain = encoder.encode(y);
        a = secretEncryptor.encrypt(encoder.encode(x, imaginary));
        b = publicEncryptor.encrypt(plain);
        product = evaluator.multiplyNoRelin(a, b);
        unrescaled = evaluator.relinearize(product);
        check("encode", encoder.decode(encode()), i -> x[i]);
        check("decode", decode(), i -> y[i]);
        check("encryptPublic", encryptPublic(), i -> y[i], i -> 0);
        check("encryptSecret", encryptSecret(), i -> y[i], i -> 0);
        check("decrypt", a, i -> x[i], i -> imaginary[i]);
        check("add", add(), i -> x[i] + y[i], i -> imaginary[i]);
        checkProduct("multiplyPlain", multiplyPlain());
        checkProduct("multiplyNoRelin", multiplyNoRelin());
        checkProduct("multiply", multiply());
        checkProduct("relinearize", relinearize());
        checkProduct("relinearizeAndRescale", relinearizeAndRescale());
        checkProduct("rescale", rescale());
        checkRotation("rotate", rotate(), 1);
        check("conjugate", conjugate(), i -> x[i], i -> -imaginary[i]);
        List<Ciphertext> rotated = rotateHoisted8();
        for (int k = 0; k < EIGHT.length; k++) {
            checkRotation("rotateHoisted", rotated.get(k), EIGHT[k]);
        }
    }

    private void checkProduct(String operation, Ciphertext got) {
        check(operation, got, i -> x[i] * y[i], i -> imaginary[i] * y[i]);
    }

    private void checkRotation(String operation, Ciphertext got, int steps) {
        check(operation, got, i -> x[(i + steps) % x.length], i -> imaginary[(i + steps) % x.length]);
    }

    private void check(String operation, Ciphertext got, IntToDoubleFunction re, IntToDoubleFunction im) {
        CkksEncoder.Slots slots = encoder.decodeComplex(decryptor.decrypt(got));
        check(operation, slots.re(), re);
        check(operation, slots.im(), im);
    }

    private void check(String operation, double[] got, IntToDoubleFunction expected) {
        double[] e = new double[x.length];
        for (int i = 0; i < e.length; i++) {
            e[i] = expected.applyAsDouble(i);
        }
        double bits = PrecisionStats.of(e, got).bits();
        if (!(bits > 18)) {
            throw new IllegalStateException(operation + ": expected at least 18 right bits, found " + bits);
        }
    }

    /** Ends the worker threads. */
    @TearDown
    public void tearDown() {
        workers.close();
    }

    /**
     * Encodes real slots.
     *
     * @return plaintext
     */
    @Benchmark
    public Plaintext encode() {
        return encoder.encode(x);
    }

    /**
     * Decodes a top-level plaintext.
     *
     * @return slots
     */
    @Benchmark
    public double[] decode() {
        return encoder.decode(plain);
    }

    /**
     * Encrypts with the public key.
     *
     * @return ciphertext
     */
    @Benchmark
    public Ciphertext encryptPublic() {
        return publicEncryptor.encrypt(plain);
    }

    /**
     * Encrypts with the secret key.
     *
     * @return ciphertext
     */
    @Benchmark
    public Ciphertext encryptSecret() {
        return secretEncryptor.encrypt(plain);
    }

    /**
     * Decrypts a top-level ciphertext, without decoding.
     *
     * @return plaintext
     */
    @Benchmark
    public Plaintext decrypt() {
        return decryptor.decrypt(a);
    }

    /**
     * Adds two ciphertexts.
     *
     * @return the sum
     */
    @Benchmark
    public Ciphertext add() {
        return evaluator.add(a, b);
    }

    /**
     * Multiplies by a plaintext.
     *
     * @return the product, not rescaled
     */
    @Benchmark
    public Ciphertext multiplyPlain() {
        return evaluator.multiplyPlain(a, plain);
    }

    /**
     * Multiplies two ciphertexts.
     *
     * @return three components
     */
    @Benchmark
    public Ciphertext multiplyNoRelin() {
        return evaluator.multiplyNoRelin(a, b);
    }

    /**
     * Multiplies and relinearises.
     *
     * @return two components, not rescaled
     */
    @Benchmark
    public Ciphertext multiply() {
        return evaluator.multiply(a, b);
    }

    /**
     * Relinearises a product.
     *
     * @return two components
     */
    @Benchmark
    public Ciphertext relinearize() {
        return evaluator.relinearize(product);
    }

    /**
     * Relinearises a product and divides by the last prime in one.
     *
     * @return two components, one level down
     */
    @Benchmark
    public Ciphertext relinearizeAndRescale() {
        return evaluator.relinearizeAndRescale(product);
    }

    /**
     * Divides a relinearised product by the last prime.
     *
     * @return one level down
     */
    @Benchmark
    public Ciphertext rescale() {
        return evaluator.rescale(unrescaled);
    }

    /**
     * Rotates by one slot.
     *
     * @return rotated
     */
    @Benchmark
    public Ciphertext rotate() {
        return evaluator.rotate(a, 1);
    }

    /**
     * Conjugates.
     *
     * @return the conjugate
     */
    @Benchmark
    public Ciphertext conjugate() {
        return evaluator.conjugate(a);
    }

    /**
     * Eight rotations of one ciphertext; divide by eight for one.
     *
     * @return rotated by 1..8
     */
    @Benchmark
    public List<Ciphertext> rotateHoisted8() {
        return evaluator.rotateHoisted(a, EIGHT);
    }
}
