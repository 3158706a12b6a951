package io.github.hecnn.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What runs on an executor: a partition of blocks to a partial gradient, and the sum of two. A function of its arguments and of files that do not change:
 * run twice, anywhere, it gives the same bits.
 *
 * @param configuration of the file system
 * @param number of the iteration, one for each
 * @param weights of the iteration
 * @param factor of the gradient
 */
record GradientTask(
        RowWork work,
        Broadcast<SerializableConfiguration> configuration,
        long number,
        Broadcast<WireCiphertexts> weights,
        double factor,
        GradientCounters counters)
        implements Serializable {
    private ExecutorJob job() throws IOException {
        return ExecutorJobs.get(
                work,
                configuration.value().value(),
                bytes -> counters.keyBytes().add(bytes));
    }

    /** The partial gradient of a partition, or nothing if it has no blocks. */
    Iterator<WireCiphertexts> gradient(Iterator<BlockList> partition) throws IOException {
        List<Integer> blocks = new ArrayList<>();
        partition.forEachRemaining(list -> blocks.addAll(list.toList()));
        if (blocks.isEmpty()) {
            return Collections.emptyIterator();
        }
        long start = System.nanoTime();
        ProcessorTime.begin();
        try {
            ExecutorJob job = job();
            WireCiphertexts partial = job.partial(blocks, number, weights.value(), factor);
            counters.blocks().add(blocks.size());
            counters.partialBytes().add(partial.wireBytes());
            counters.blockBytes().add(job.takeBlockBytes());
            counters.keySwitches().add(job.takeKeySwitches());
            return List.of(partial).iterator();
        } finally {
            counters.processorNanos().add(ProcessorTime.end());
            counters.nanos().add(System.nanoTime() - start);
        }
    }

    /** The sum of two partial gradients; the order does not matter. */
    WireCiphertexts sum(WireCiphertexts a, WireCiphertexts b) throws IOException {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        ProcessorTime.begin();
        try {
            return job().sum(a, b);
        } finally {
            counters.processorNanos().add(ProcessorTime.end());
        }
    }
}
