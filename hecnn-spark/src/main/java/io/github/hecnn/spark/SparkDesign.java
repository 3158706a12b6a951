package io.github.hecnn.spark;

import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.WeightArithmetic;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaFutureAction;
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
    /** For executors to hear that a training is over; there may be none left. */
    private static final long PATIENCE_SECONDS = 10;

    private final JavaSparkContext spark;
    private final RowWork work;
    private final EncryptedDesign<Ciphertext> local;
    private final CkksSerializer serializer;
    private final int partitions;
    private final int depth;
    private final ClusterListener listener;
    private final BlockPlaces places;
    private final WeightArithmetic<Ciphertext> arithmetic;
    private final Broadcast<SerializableConfiguration> configuration;
    private int gradients;

    /**
     * @param local of the same recipe; never asked for a partial gradient
     * @param partitions of a minibatch; fewer if it has fewer blocks
     * @param depth of the tree in which partial gradients are added
     * @param places where blocks are
     */
    SparkDesign(
            JavaSparkContext spark,
            RowWork work,
            EncryptedDesign<Ciphertext> local,
            CkksSerializer serializer,
            int partitions,
            int depth,
            ClusterListener listener,
            BlockPlaces places) {
        this.spark = spark;
        this.work = work;
        this.local = local;
        this.serializer = serializer;
        this.partitions = partitions;
        this.depth = depth;
        this.listener = listener;
        this.places = places;
        configuration = spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
        arithmetic = work.refreshes()
                ? new RemoteRefresh(spark, work, local.arithmetic(), serializer, configuration, listener)
                : local.arithmetic();
    }

    @Override
    public WeightArithmetic<Ciphertext> arithmetic() {
        return arithmetic;
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
     * @throws io.github.hecnn.mlr.data.DataFormatException if a block is missing or damaged; the text names it
     * @throws io.github.hecnn.ckks.error.HeException if keys or ciphertexts do not fit
     * @throws java.io.UncheckedIOException if Spark gave up for another reason
     */
    @Override
    public Partial<Ciphertext> partial(List<Integer> of, List<Ciphertext> at, double factor) {
        long start = System.nanoTime();
        int parts = Math.min(partitions, of.size());
        WireCiphertexts weights = at.isEmpty() ? WireCiphertexts.none() : WireCiphertexts.of(at, serializer);
        GradientCounters counters = GradientCounters.of(spark);
        Broadcast<WireCiphertexts> sent = spark.broadcast(weights);
        GradientTask task = new GradientTask(work, configuration, ++gradients, sent, factor, counters);
        GradientProgress progress = new GradientProgress(listener, gradients, of.size(), counters);
        spark.sc().addSparkListener(progress);
        WireCiphertexts sum;
        try {
            spark.setJobGroup(work.id(), "gradient of " + of.size() + " blocks", false);
            sum = PlacedTasks.on(spark, BlockList.partitions(of, parts, places), BlockList.class)
                    .mapPartitions(task::gradient)
                    .treeAggregate(WireCiphertexts.none(), task::sum, task::sum, depth, true);
        } catch (Exception e) { // Spark's own are checked, and not declared
            spark.cancelJobGroup(work.id()); // an interrupt alone would leave it running
            throw SparkFailures.of(e);
        } finally {
            spark.sc().removeSparkListener(progress);
            spark.clearJobGroup();
            sent.destroy();
        }
        progress.tell();
        long bytes = sum.wireBytes();
        Partial<Ciphertext> out = new Partial<>(sum.values(serializer));
        listener.gradientDone(new GradientReport(
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
                counters.processorNanos().value() * 1e-9,
                (System.nanoTime() - start) * 1e-9));
        return out;
    }

    /** Tells every executor to forget the training; one that does not hear it does so when it ends. */
    @Override
    public void close() {
        String id = work.id();
        ExecutorJobs.release(id);
        if (!spark.sc().isStopped()) {
            int tasks = 2 * spark.defaultParallelism();
            JavaFutureAction<Void> told = spark.parallelize(
                            IntStream.range(0, tasks).boxed().toList(), tasks)
                    .foreachAsync(i -> ExecutorJobs.release(id));
            try {
                told.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                told.cancel(true);
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                told.cancel(true); // nobody misses what it would have done
            }
            configuration.destroy();
        }
    }
}
