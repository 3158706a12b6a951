package io.github.hecnn.spark;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Tells how many blocks of a gradient are done, each time that there are more. */
final class GradientProgress extends SparkListener {
    private final ClusterListener listener;
    private final int number;
    private final int blocks;
    private final GradientCounters counters;
    private int told;

    GradientProgress(ClusterListener listener, int number, int blocks, GradientCounters counters) {
        this.listener = listener;
        this.number = number;
        this.blocks = blocks;
        this.counters = counters;
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        tell();
    }

    /** Also from the thread that trains, as Spark tells its listeners later. */
    synchronized void tell() {
        int done = (int) Math.min(blocks, counters.blocks().value()); // a copy of a task may be counted, too
        if (done > told) {
            told = done;
            listener.blocksDone(number, done, blocks);
        }
    }
}
