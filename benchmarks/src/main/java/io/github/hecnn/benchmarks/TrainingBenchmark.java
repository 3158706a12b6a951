package io.github.hecnn.benchmarks;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.plan.PlanLimits;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import io.github.hecnn.mlr.recipe.packed.PackedRecipe;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import io.github.hecnn.mlr.recipe.volley.VolleyRecipe;
import java.util.ArrayList;
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
import org.openjdk.jmh.annotations.TearDown;

/** The encrypted training of 128 samples with 400 features and 10 classes, 2 iterations; divide by two for one iteration. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TrainingBenchmark {
    /** Which recipe. */
    @Param({"fast", "paper"})
    public String recipe;

    /** Threads of the context. */
    @Param({"1", "2"})
    public int threads;

    private WorkerPool workers;
    private CkksContext context;
    private EvaluationKeys keys;
    private TrainingRecipe training;
    private List<Ciphertext> uploads;

    /** Creates the benchmark's state. */
    public TrainingBenchmark() {}

    /** Makes data and keys, trains once and checks the weights against the training in the clear. */
    @Setup
    public void setUp() {
        Random random = new Random(1);
        double[][] x = new double[128][401];
        int[] labels = new int[128];
        for (int i = 0; i < 128; i++) {
            labels[i] = random.nextInt(10);
            for (int k = 0; k < 401; k++) {
                x[i][k] = k == 0 ? 1 : random.nextGaussian() / 2 + (k % 10 == labels[i] ? 0.5 : 0);
            }
        }
        MlrConfig config = MlrConfig.builder(128, 401, 10, 2).build();
        TrainingPlan plan = TrainingPlan.smallest(
                config, recipe.equals("fast") ? PackedRecipe::of : VolleyRecipe::of, PlanLimits.DEFAULT);
        workers = threads == 1 ? WorkerPool.single() : WorkerPool.ofThreads(threads);
        training = plan.recipe();
        CkksParameters parameters = plan.parameters();
        context = CkksContext.create(parameters, workers);
        KeyGenerator generator = new KeyGenerator(context, RandomSource.reproducible(1));
        SecretKey secret = generator.secretKey();
        keys = generator.evaluationKeys(secret, RotationSteps.of(plan.rotationSteps()), plan.needsConjugation());
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret, RandomSource.reproducible(2));
        uploads = new ArrayList<>();
        for (PlainVector v : training.encodeInputs(x, labels, training.scaling(x))) {
            uploads.add(encryptor.encrypt(v.encoded(encoder)));
        }
        Decryptor decryptor = new Decryptor(context, secret);
        List<PlainVector> slots = new ArrayList<>();
        for (Ciphertext c : iteration().get(1)) {
            slots.add(PlainVector.decoded(encoder, decryptor.decrypt(c)));
        }
        double[][] weights = training.decodeWeights(slots, training.scaling(x));
        double[][] expected = PlainTrainer.train(x, labels, config).get(1);
        for (int j = 0; j < 10; j++) {
            for (int k = 0; k < 401; k++) {
                if (!(Math.abs(weights[j][k] - expected[j][k]) < 1e-4)) {
                    throw new IllegalStateException("training: weight [" + j + "][" + k + "] is " + weights[j][k]
                            + ", expected " + expected[j][k]);
                }
            }
        }
    }

    /** Ends the worker threads. */
    @TearDown
    public void tearDown() {
        workers.close();
    }

    /**
     * Both iterations.
     *
     * @return encrypted weights after each
     */
    @Benchmark
    public List<List<Ciphertext>> iteration() {
        return training.train(new CkksSlotAlgebra(context, keys), uploads, TrainingListener.NONE);
    }
}
