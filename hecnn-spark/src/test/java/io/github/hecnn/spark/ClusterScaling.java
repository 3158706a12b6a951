package io.github.hecnn.spark;

import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.WeightArithmetic;
import io.github.hecnn.mlr.recipe.row.RowGradients;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import io.github.hecnn.mlr.roles.row.LongCloud;
import io.github.hecnn.mlr.roles.row.LongListener;
import io.github.hecnn.mlr.roles.row.LongOwner;
import io.github.hecnn.mlr.roles.row.LongPlan;
import io.github.hecnn.mlr.roles.row.LongSettings;
import io.github.hecnn.mlr.roles.row.PreparedLongTraining;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Measures trainings on standalone clusters of 1, 2 and 4 executors of this machine, on synthetic data in a ring that protects nothing, for
 * docs/measurements/cluster-scaling.json: a line of JSON for each. Arguments: a folder, a number of blocks, iterations, then numbers of executors, 0
 * for this process without Spark. The folder keeps the encrypted blocks for another call.
 */
final class ClusterScaling {
    private static final int LOG_RING = 11;
    private static final int FEATURES = 101;
    private static final int CLASSES = 10;
    private static final int GROUP_WIDTH = 8;
    private final PrintStream out;
    private final int iterations;

    private ClusterScaling(PrintStream out, int iterations) {
        this.out = out;
        this.iterations = iterations;
    }

    /**
     * Measures.
     *
     * @param args folder, blocks, iterations, then numbers of executors
     */
    public static void main(String[] args) throws IOException, InterruptedException, ClassNotFoundException {
        ClusterScaling scaling = new ClusterScaling(
                new PrintStream(System.out, true, StandardCharsets.UTF_8), Integer.parseInt(args[2]));
        List<Integer> executors = Stream.of(args).skip(3).map(Integer::valueOf).toList();
        scaling.measure(Path.of(args[0]), Integer.parseInt(args[1]), executors);
    }

    /** What the iterations of a training took. */
    private static final class Account implements ClusterListener, LongListener {
        private final List<GradientReport> gradients = new ArrayList<>();
        private final List<Double> iterations = new ArrayList<>();
        /** Of the processes that take gradients, as the operating system counts: with collector, compiler and Spark. */
        private final List<Double> cpuSeconds = new ArrayList<>();

        private final DoubleSupplier cpu;
        private double before;

        Account(DoubleSupplier cpu) {
            this.cpu = cpu;
            before = cpu.getAsDouble();
        }

        @Override
        public void gradientDone(GradientReport report) {
            gradients.add(report);
            cpuSeconds.add(cpu.getAsDouble() - before);
        }

        @Override
        public void iterationDone(Iteration i) {
            iterations.add(i.seconds());
            before = cpu.getAsDouble();
        }

        /** Of the second half: compilers have done most of their work. */
        private double median(ToDoubleFunction<Integer> of) {
            double[] sorted = IntStream.range(iterations.size() / 2, iterations.size())
                    .mapToDouble(of::applyAsDouble)
                    .sorted()
                    .toArray();
            return DoubleStream.of(sorted)
                    .skip((sorted.length - 1) / 2)
                    .limit(2 - sorted.length % 2)
                    .average()
                    .orElseThrow();
        }
    }

    private void measure(Path folder, int blocks, List<Integer> numbers)
            throws IOException, InterruptedException, ClassNotFoundException {
        Path data = Files.createDirectories(folder.resolve("blocks-" + blocks));
        LongPlan plan = written(data, blocks);
        RowRecipe recipe = RowRecipe.of(plan.config(), plan.layout(), blocks).refreshing(1);
        RowParameters parameters = RowParameters.of(recipe, SecurityLevel.NONE);
        IterationCost cost = IterationCost.of(recipe, parameters);
        out.println("{\"layout\": \"" + plan.layout() + "\"}");
        long heap = ExecutorMemory.advised(ExecutorMemory.of(recipe, parameters, 1, false)) >> 20;
        Path exchange = data.resolve("exchange");
        for (int executors : numbers) {
            if (executors == 0) {
                Account alone = new Account(ClusterScaling::ownCpuSeconds);
                cloud(folder).gradientsFrom(new Local(alone)).train(exchange, alone);
                line(blocks, cost, 0, alone, Runtime.getRuntime().maxMemory() >> 20, 0);
                continue;
            }
            try (StandaloneCluster cluster =
                            new StandaloneCluster(Files.createTempDirectory(folder, "cluster"), executors);
                    JavaSparkContext spark = new JavaSparkContext(cluster.conf()
                            .set("spark.executor.memory", heap + "m")
                            .set(
                                    "spark.executor.extraJavaOptions",
                                    StandaloneCluster.JVM + " " + System.getProperty("hecnn.executor.options", "")))) {
                Account account = new Account(() -> cpuSeconds(cluster));
                SparkTrainer.on(spark).partitions(executors).reportsTo(account).train(cloud(folder), exchange, account);
                line(blocks, cost, executors, account, heap, resident(cluster));
                if (executors == 2) {
                    out.println("{\"taskSeconds\": " + taskSeconds(spark) + "}");
                }
            }
        }
    }

    private static double ownCpuSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                * 1e-3;
    }

    private static double cpuSeconds(StandaloneCluster cluster) {
        return cluster.executors().stream()
                .mapToDouble(
                        p -> p.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() * 1e-3)
                .sum();
    }

    private LongCloud cloud(Path folder) throws IOException {
        return LongCloud.on(WorkerPool.single())
                .ofAnySecurity()
                .checkpointsIn(Files.createTempDirectory(folder, "checkpoints"))
                .iterations(iterations);
    }

    private LongPlan written(Path data, int blocks) throws IOException {
        int samples = blocks * (1 << (LOG_RING - 1)) / GROUP_WIDTH;
        Random random = new Random(4);
        int[] labels = random.ints(samples, 0, CLASSES).toArray();
        double[][] x = new double[samples][FEATURES - 1];
        for (int i = 0; i < samples; i++) {
            int label = labels[i];
            Arrays.setAll(x[i], k -> (k % CLASSES == label ? 1 : 0) + 0.4 * random.nextGaussian());
        }
        LongSettings settings = LongSettings.builder()
                .iterations(iterations)
                .executors(blocks) // the layout of executors with one block each, whatever the size
                .batch(samples)
                .groupWidth(GROUP_WIDTH)
                .maxUploadBytes(Long.MAX_VALUE)
                .logRingDegree(LOG_RING)
                .learningRate(2)
                .security(SecurityLevel.NONE)
                .build();
        PreparedLongTraining training = PreparedLongTraining.of(new LabeledDataset(x, labels, CLASSES), settings);
        if (!Files.exists(data.resolve("exchange").resolve("job.json"))) {
            LongOwner.write(
                    training,
                    data.resolve("own"),
                    data.resolve("exchange"),
                    WorkerPool.common(),
                    RandomSource.seeded(5),
                    "",
                    LongListener.QUIET);
        }
        return training.plan();
    }

    /** The work of an executor in this process, on one thread, without Spark. */
    private record Local(Account account) implements RowGradients {
        @Override
        public EncryptedDesign<Ciphertext> design(Work work, EncryptedDesign<Ciphertext> here) throws IOException {
            ExecutorResources one = new ExecutorResources(true, 0, 1, 1);
            ExecutorJob job = ExecutorJob.load(
                    RowWork.of(work, work.folder().toUri().toString(), one, false), new Configuration());
            return new EncryptedDesign<>() {
                @Override
                public WeightArithmetic<Ciphertext> arithmetic() {
                    return here.arithmetic();
                }

                @Override
                public int blocks() {
                    return here.blocks();
                }

                @Override
                public long fingerprint() {
                    return here.fingerprint();
                }

                @Override
                public List<Ciphertext> start() {
                    return here.start();
                }

                @Override
                public List<Ciphertext> gradient(Partial<Ciphertext> sum) {
                    return here.gradient(sum);
                }

                @Override
                public Partial<Ciphertext> partial(List<Integer> of, List<Ciphertext> at, double factor) {
                    int number = account.gradients.size() + 1;
                    long start = System.nanoTime();
                    ProcessorTime.begin();
                    WireCiphertexts sum = job.partial(of, number, WireCiphertexts.of(at, job.serializer()), factor);
                    double processor = ProcessorTime.end() * 1e-9;
                    double seconds = (System.nanoTime() - start) * 1e-9;
                    account.gradientDone(new GradientReport(
                            number,
                            of.size(),
                            1,
                            0,
                            number == 1 ? job.keyBytes() : 0,
                            job.takeBlockBytes(),
                            0,
                            0,
                            job.takeKeySwitches(),
                            seconds,
                            processor,
                            seconds));
                    if (number == 3) {
                        addingRate(job, sum);
                    }
                    return new Partial<>(sum.values(job.serializer()));
                }
            };
        }
    }

    /** Bytes a second of a partial gradient that is encoded, decoded and added. */
    private static void addingRate(ExecutorJob job, WireCiphertexts sum) {
        try {
            double best = Double.POSITIVE_INFINITY;
            for (int i = 0; i < 30; i++) {
                long start = System.nanoTime();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                try (ObjectOutputStream to = new ObjectOutputStream(bytes)) {
                    to.writeObject(sum);
                }
                try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                    job.sum(sum, (WireCiphertexts) in.readObject());
                }
                best = Math.min(best, (System.nanoTime() - start) * 1e-9);
            }
            System.out.println("{\"bytesAddedPerSecond\": " + sum.wireBytes() / best + "}");
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double taskSeconds(JavaSparkContext spark) {
        int tasks = 1000;
        List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 4; i++) {
            long start = System.nanoTime();
            spark.parallelize(numbers, tasks).count();
            best = Math.min(best, (System.nanoTime() - start) * 1e-9 / tasks);
        }
        return best;
    }

    /** Largest peak of resident memory of an executor, in MB. */
    private static long resident(StandaloneCluster cluster) throws IOException {
        long most = 0;
        for (ProcessHandle executor : cluster.executors()) {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(executor.pid()), "status"))) {
                if (line.startsWith("VmHWM:")) {
                    most = Math.max(most, Long.parseLong(line.replaceAll("\\D", "")) / 1024);
                }
            }
        }
        return most;
    }

    private void line(int blocks, IterationCost cost, int executors, Account a, long heap, long resident) {
        double rows = (double) blocks * cost.rowsPerBlock();
        out.printf(
                Locale.ROOT,
                "{\"rows\": %.0f, \"blocks\": %d, \"executors\": %d, \"gradientSeconds\": %.3f, \"driverSeconds\": %.3f,"
                        + " \"javaMillisPerThousandRows\": %.1f, \"cpuMillisPerThousandRows\": %.1f, \"keySwitches\": %.0f, \"keyBytes\": %s,"
                        + " \"weightBytes\": %d, \"partialBytes\": %d, \"blockBytes\": %d, \"heapMegabytes\": %d,"
                        + " \"residentMegabytes\": %d, \"listBlockSeconds\": %.4f}%n",
                rows,
                blocks,
                executors,
                a.median(t -> a.gradients.get(t).seconds()),
                a.median(t -> a.iterations.get(t) - a.gradients.get(t).seconds()),
                a.median(t -> a.gradients.get(t).processorSeconds()) * 1e6 / rows,
                a.median(t -> a.cpuSeconds.get(t)) * 1e6 / rows,
                a.median(t -> a.gradients.get(t).keySwitches()),
                a.gradients.stream().map(GradientReport::keyBytes).toList(),
                a.gradients.get(iterations - 1).weightBytes(),
                cost.partialBytes(),
                cost.blockBytes(),
                heap,
                resident,
                cost.blockSeconds());
    }
}
