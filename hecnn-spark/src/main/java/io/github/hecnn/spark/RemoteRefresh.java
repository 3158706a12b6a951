package io.github.hecnn.spark;

import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.mlr.recipe.WeightArithmetic;
import io.github.hecnn.spark.PlacedTasks.Placed;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Arithmetic of the driver but for refreshes, which are a task. The executor that did the last one is asked again, as it has the keys; if it is gone,
 * another one reads them. For one thread.
 */
final class RemoteRefresh implements WeightArithmetic<Ciphertext> {
    private final JavaSparkContext spark;
    private final RowWork work;
    private final WeightArithmetic<Ciphertext> here;
    private final CkksSerializer serializer;
    private final Broadcast<SerializableConfiguration> configuration;
    private final ClusterListener listener;
    private List<String> places = List.of();
    private int refreshes;

    /** @param here does all else */
    RemoteRefresh(
            JavaSparkContext spark,
            RowWork work,
            WeightArithmetic<Ciphertext> here,
            CkksSerializer serializer,
            Broadcast<SerializableConfiguration> configuration,
            ClusterListener listener) {
        this.spark = spark;
        this.work = work;
        this.here = here;
        this.serializer = serializer;
        this.configuration = configuration;
        this.listener = listener;
    }

    @Override
    public int level(List<Ciphertext> weights) {
        return here.level(weights);
    }

    @Override
    public List<Ciphertext> sum(List<Ciphertext> a, List<Ciphertext> b) {
        return here.sum(a, b);
    }

    @Override
    public List<Ciphertext> combination(List<List<Ciphertext>> terms, double[] factors, int level) {
        return here.combination(terms, factors, level);
    }

    @Override
    public void release(List<Ciphertext> weights) {
        here.release(weights);
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.github.hecnn.mlr.data.DataFormatException if the keys are missing or damaged where executors read; the text names the file
     * @throws io.github.hecnn.ckks.error.HeException if keys or ciphertexts do not fit
     * @throws java.io.UncheckedIOException if Spark gave up for another reason
     */
    @Override
    public List<Ciphertext> refresh(List<Ciphertext> weights) {
        long start = System.nanoTime();
        WireCiphertexts values = WireCiphertexts.of(weights, serializer);
        GradientCounters counters = GradientCounters.of(spark);
        Broadcast<WireCiphertexts> sent = spark.broadcast(values);
        RefreshTask task = new RefreshTask(work, configuration, sent, counters);
        RefreshTask.Refreshed done;
        try {
            spark.setJobGroup(work.id(), "refresh", false);
            done = PlacedTasks.on(spark, List.of(new Placed<>(++refreshes, places)), Integer.class)
                    .map(task::refresh)
                    .first();
        } catch (Exception e) { // Spark's own are checked, and not declared
            spark.cancelJobGroup(work.id());
            throw SparkFailures.of(e);
        } finally {
            spark.clearJobGroup();
            sent.destroy();
        }
        places = spark.isLocal() ? List.of() : List.of(done.place());
        long bytes = done.values().wireBytes();
        List<Ciphertext> out = done.values().values(serializer);
        listener.refreshDone(new RefreshReport(
                refreshes,
                done.executor(),
                values.wireBytes(),
                counters.keyBytes().value(),
                bytes,
                counters.nanos().value() * 1e-9,
                (System.nanoTime() - start) * 1e-9));
        return out;
    }
}
