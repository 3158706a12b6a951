package io.github.hecnn.spark;

import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A refresh on an executor. A function of its arguments and of files that do not change: run twice, anywhere, it gives the same bits.
 *
 * @param configuration of the file system
 * @param values to be refreshed
 */
record RefreshTask(
        RowWork work,
        Broadcast<SerializableConfiguration> configuration,
        Broadcast<WireCiphertexts> values,
        GradientCounters counters)
        implements Serializable {
    /**
     * What comes back.
     *
     * @param executor that did it
     * @param place by which Spark's scheduler knows it
     */
    record Refreshed(WireCiphertexts values, String executor, String place) implements Serializable {}

    /** @param number of the refresh, which does not matter here */
    @SuppressWarnings("unused")
    Refreshed refresh(int number) throws IOException {
        long start = System.nanoTime();
        ExecutorJob job = ExecutorJobs.get(
                work,
                configuration.value().value(),
                bytes -> counters.keyBytes().add(bytes));
        WireCiphertexts out =
                job.refresh(values.value(), bytes -> counters.keyBytes().add(bytes));
        counters.nanos().add(System.nanoTime() - start);
        BlockManagerId me = SparkEnv.get().blockManager().blockManagerId();
        return new Refreshed(out, me.executorId(), "executor_" + me.host() + "_" + me.executorId());
    }
}
