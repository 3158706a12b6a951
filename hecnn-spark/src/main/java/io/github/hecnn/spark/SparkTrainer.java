package io.github.hecnn.spark;

import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.mlr.dataset.EncryptedDataset;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.row.RowDataset;
import io.github.hecnn.mlr.recipe.row.RowGradients;
import io.github.hecnn.mlr.roles.row.LongCloud;
import io.github.hecnn.mlr.roles.row.LongListener;
import io.github.hecnn.mlr.roles.row.LongResultFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The cloud of a long training on a cluster of Apache Spark: a {@link LongCloud} that refreshes, steps and writes checkpoints in the driver, and has the
 * gradients of blocks taken and added up by executors. Job, checkpoints and result are those of a {@link LongCloud} alone, to the last bit; either
 * goes on from a checkpoint of the other.
 *
 * <pre>{@code
 * LongCloud cloud = LongCloud.on(WorkerPool.common()).resuming(true);
 * SparkTrainer.on(spark).train(cloud, exchange, LongListener.QUIET);
 * }</pre>
 *
 * <p>Executors read the folder of the run by a URI; that of the shared folder here, unless told. Nothing that it is made of names a secret key.
 *
 * <p>Immutable and thread-safe; the methods that begin with a setting return a trainer with it.
 */
public final class SparkTrainer {
    private static final int DEPTH = 2;

    private final JavaSparkContext spark;
    /** Null for that of the shared folder. */
    private final String uri;
    /** 0 for as many as tasks can run at a time. */
    private final int partitions;

    private final int depth;
    private final RefreshPlace refresh;
    private final ClusterListener listener;

    private SparkTrainer(
            JavaSparkContext spark,
            String uri,
            int partitions,
            int depth,
            RefreshPlace refresh,
            ClusterListener listener) {
        this.spark = Objects.requireNonNull(spark, "spark");
        this.uri = uri;
        this.partitions = partitions;
        this.depth = depth;
        this.refresh = Objects.requireNonNull(refresh, "refresh");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * {@return a trainer on a cluster}
     *
     * @param spark stays open
     */
    public static SparkTrainer on(JavaSparkContext spark) {
        return new SparkTrainer(spark, null, 0, DEPTH, RefreshPlace.DRIVER, ClusterListener.QUIET);
    }

    /**
     * {@return where executors find the shared folder, if not at the path it has here}
     *
     * @param folder URI on any file system that Spark reads; in it the folder {@code run-...} of the job with blocks, manifest and keys
     */
    public SparkTrainer exchangeAt(String folder) {
        return new SparkTrainer(spark, Objects.requireNonNull(folder, "folder"), partitions, depth, refresh, listener);
    }

    /**
     * Into how many partitions the blocks of a minibatch go; as many as tasks can run at a time unless told, and never more than blocks.
     *
     * @param value at least 1
     * @return a trainer that does so
     * @throws IllegalArgumentException if it is below 1
     */
    public SparkTrainer partitions(int value) {
        return new SparkTrainer(spark, uri, atLeastOne("partitions", value), depth, refresh, listener);
    }

    /**
     * {@return levels of the tree in which executors add partial gradients; 2 unless told}
     *
     * @param value at least 1
     * @throws IllegalArgumentException if it is below 1
     */
    public SparkTrainer treeDepth(int value) {
        return new SparkTrainer(spark, uri, partitions, atLeastOne("levels of the tree", value), refresh, listener);
    }

    private static int atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "spark: expected 1 or more " + what + ", found " + value + "; leave it out for the default");
        }
        return value;
    }

    /**
     * {@return where refreshes are done; in the driver unless told}
     *
     * @param place a task where the driver is small
     */
    public SparkTrainer refreshAt(RefreshPlace place) {
        return new SparkTrainer(spark, uri, partitions, depth, place, listener);
    }

    /**
     * {@return who hears what each gradient took on the cluster, and what a refresh did there}
     *
     * @param value what to take
     */
    public SparkTrainer reportsTo(ClusterListener value) {
        return new SparkTrainer(spark, uri, partitions, depth, refresh, value);
    }

    /**
     * Trains; see {@link LongCloud#train(Path, LongListener)} for what that writes and throws.
     *
     * @param cloud settings of the training, and the driver's threads
     * @param exchange the folder that owner and cloud share, with the job, the keys and room for the result; blocks are read by executors
     * @param progress hears of phases and iterations
     * @return the account
     * @throws io.github.hecnn.mlr.data.DataFormatException also if a block is missing or damaged; the text names it
     * @throws IllegalArgumentException also if executors have too little memory, or their cores are not stated
     * @throws IOException also if executors cannot reach the data, or Spark gives up: the checkpoint is kept
     */
    public LongResultFile train(LongCloud cloud, Path exchange, LongListener progress) throws IOException {
        try (Gradients gradients = new Gradients()) {
            return cloud.gradientsFrom(gradients).train(exchange, progress);
        }
    }

    /** Of one training. */
    private final class Gradients implements RowGradients, AutoCloseable {
        private SparkDesign design;

        @Override
        public EncryptedDesign<Ciphertext> design(Work work, EncryptedDesign<Ciphertext> here) throws IOException {
            ExecutorResources resources = ExecutorResources.of(spark.getConf(), spark.defaultParallelism());
            long need = ExecutorMemory.of(work.recipe(), work.parameters(), resources.tasks(), refreshes());
            resources.require(resources.local() ? need + work.processBytes() : need);
            String folder = uri == null
                    ? work.folder().toUri().toString()
                    : (uri.endsWith("/") ? uri : uri + "/") + work.folder().getFileName();
            HadoopFiles files = new HadoopFiles(folder, spark.hadoopConfiguration());
            EncryptedDataset blocks = EncryptedDataset.open(
                            files, work.context(), RowDataset.name(work.dataset(), work.recipe()))
                    .requireComplete();
            int most = Math.max(1, spark.defaultParallelism() / resources.taskCpus());
            design = new SparkDesign(
                    spark,
                    RowWork.of(work, folder, resources, refreshes()),
                    here,
                    new CkksSerializer(work.context()),
                    partitions == 0 ? most : partitions,
                    depth,
                    listener,
                    resources.local() ? BlockPlaces.anywhere(blocks.blocks()) : BlockPlaces.of(blocks, files));
            return design;
        }

        @Override
        public boolean refreshes() {
            return refresh == RefreshPlace.TASK;
        }

        @Override
        public void close() {
            if (design != null) {
                design.close();
            }
        }
    }

    @Override
    public String toString() {
        return "trainer on " + spark.master();
    }
}
