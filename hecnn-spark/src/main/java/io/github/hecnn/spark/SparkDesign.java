package io.github.hecnn.spark;

import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.WeightArithmetic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The training data on a cluster: gradients of blocks are taken by executors and added up there, everything else is done by the driver's own design. Its
 * fingerprint is that of the driver's design, so a state of a training here is one of a training on one machine, and the other way round.
 *
 * <p>To be closed when the training is over, which lets executors forget keys and tables. For one thread.
 */
final class SparkDesign implements EncryptedDesign<Ciphertext>, AutoCloseable {
    private final JavaSparkContext spark;
    private final RowWork work;
    private final EncryptedDesign<Ciphertext> local;
    private final CkksSerializer serializer;
    private final int partitions;
    private final int depth;
    private final Consumer<GradientReport> listener;
    private final Broadcast<SerializableConfiguration> configuration;
    private int gradients;

    /**
     * @param local of the same recipe; never asked for a partial gradient
     * @param partitions of a minibatch; fewer if it has fewer blocks
     * @param depth of the tree in which partial gradients are added
     */
    SparkDesign(
            JavaSparkContext spark,
            RowWork work,
            EncryptedDesign<Ciphertext> local,
            CkksSerializer serializer,
            int partitions,
            int depth,
            Consumer<GradientReport> listener) {
        this.spark = spark;
        this.work = work;
        this.local = local;
        this.serializer = serializer;
        this.partitions = partitions;
        this.depth = depth;
        this.listener = listener;
        configuration = spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    }

    @Override
    public WeightArithmetic<Ciphertext> arithmetic() {
        return local.arithmetic();
    }

    @Override
    public int blocks() {
        return local.blocks();
    }

    @Override
    public long fingerprint() {
        return local.fingerprint();
    }

    @Override
    public List<Ciphertext> start() {
        return local.start();
    }

    @Override
    public List<Ciphertext> gradient(Partial<Ciphertext> sum) {
        return local.gradient(sum);
    }

    /**
     * {@inheritDoc}
     *
     * @throws DataFormatException if a block is missing or damaged; the text names it
     * @throws HeException if keys or ciphertexts do not fit
     * @throws UncheckedIOException if Spark gave up for another reason
     */
    @Override
    public Partial<Ciphertext> partial(List<Integer> of, List<Ciphertext> at, double factor) {
        long start = System.nanoTime();
        int parts = Math.min(partitions, of.size());
        WireCiphertexts weights = at.isEmpty() ? WireCiphertexts.none() : WireCiphertexts.of(at, serializer);
        GradientCounters counters = GradientCounters.of(spark);
        Broadcast<WireCiphertexts> sent = spark.broadcast(weights);
        GradientTask task = new GradientTask(work, configuration, ++gradients, sent, factor, counters);
        WireCiphertexts sum;
        try {
            spark.setJobDescription("gradient of " + of.size() + " blocks");
            sum = spark.parallelize(of, parts)
                    .mapPartitions(task::gradient)
                    .treeAggregate(WireCiphertexts.none(), task::sum, task::sum, depth, true);
        } catch (Exception e) { // Spark's own are checked, and not declared
            throw failure(e);
        } finally {
            spark.setJobDescription(null);
            sent.destroy();
        }
        long bytes = sum.wireBytes();
        Partial<Ciphertext> out = new Partial<>(sum.values(serializer));
        listener.accept(new GradientReport(
                gradients,
                of.size(),
                parts,
                weights.wireBytes(),
                counters.keyBytes().value(),
                counters.blockBytes().value(),
                counters.partialBytes().value(),
                bytes,
                counters.keySwitches().value(),
                counters.nanos().value() * 1e-9,
                (System.nanoTime() - start) * 1e-9));
        return out;
    }

    /** What a task said, if it was one of ours, else that Spark gave up. */
    private static RuntimeException failure(Exception e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof DataFormatException) {
                return new DataFormatException(t.getMessage(), e);
            }
            if (t instanceof HeException || t instanceof IllegalArgumentException) {
                return (RuntimeException) t;
            }
        }
        String text = "spark: expected executors that finish their tasks, found: "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason")
                + "; look into the logs of the executors, then train again from the checkpoint";
        return new UncheckedIOException(text, new IOException(text, e));
    }

    /** Tells every executor to forget the training; one that does not hear it does so when it ends. */
    @Override
    public void close() {
        String id = work.id();
        ExecutorJobs.release(id);
        if (!spark.sc().isStopped()) {
            int tasks = 2 * spark.defaultParallelism();
            try {
                spark.parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
                        .foreach(i -> ExecutorJobs.release(id));
                configuration.destroy();
            } catch (Exception e) { // nobody misses what this would have done
                ExecutorJobs.release(id);
            }
        }
    }
}
