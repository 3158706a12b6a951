package io.github.hecnn.spark;

/**
 * A cluster, for a {@link ClusterEstimate}.
 *
 * @param executors at least 1, one task at a time each
 * @param threads that an executor has for its task; below 1 if executors share cores
 * @param driverThreads of the driver
 * @param bytesPerSecond of the network, and of reading blocks, for each executor
 * @param treeDepth levels of the tree in which partial gradients are added
 * @param straggling deviation of the time of a task, as a part of its mean
 * @param taskSeconds of the driver to start a task and to hear of its end
 * @param bytesAddedPerSecond of a partial gradient that arrives: decoding, adding and its way through Spark, on one thread
 */
public record ClusterShape(
        int executors,
        double threads,
        double driverThreads,
        double bytesPerSecond,
        int treeDepth,
        double straggling,
        double taskSeconds,
        double bytesAddedPerSecond) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public ClusterShape {
        if (executors < 1
                || treeDepth < 1
                || !(threads > 0 && driverThreads > 0 && bytesPerSecond > 0 && bytesAddedPerSecond > 0)
                || !(straggling >= 0 && taskSeconds >= 0)) {
            throw new IllegalArgumentException("cluster shape: expected at least 1 executor and level of the tree, threads"
                    + " and rates above 0, no times below 0, found " + executors + " executors, depth " + treeDepth
                    + ", threads " + threads + " and " + driverThreads + ", rates " + bytesPerSecond + " and "
                    + bytesAddedPerSecond + ", straggling " + straggling + ", " + taskSeconds
                    + " s a task; give numbers of a cluster there is");
        }
    }

    /** The same cluster with another number of executors. */
    public ClusterShape withExecutors(int value) {
        return new ClusterShape(
                value,
                threads,
                driverThreads,
                bytesPerSecond,
                treeDepth,
                straggling,
                taskSeconds,
                bytesAddedPerSecond);
    }

    /** The same cluster with another tree. */
    public ClusterShape withTreeDepth(int value) {
        return new ClusterShape(
                executors,
                threads,
                driverThreads,
                bytesPerSecond,
                value,
                straggling,
                taskSeconds,
                bytesAddedPerSecond);
    }
}
