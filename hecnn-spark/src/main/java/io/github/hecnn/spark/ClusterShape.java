package io.github.hecnn.spark;

/**
 * A cluster, for a {@link ClusterEstimate}.
 *
 * @param executors at least 1, one task at a time each
 * @param threads that an executor has for its task
 * @param cores that it has for them; fewer than threads if executors share a machine
 * @param driverThreads of the driver
 * @param bytesPerSecond of the network, and of reading blocks, for each executor
 * @param treeDepth levels of the tree in which partial gradients are added
 * @param straggling deviation of the time of a task, as a part of its mean
 * @param taskSeconds of the driver to start a task and to hear of its end
 * @param gradientSeconds what Spark takes for a gradient besides
 * @param bytesAddedPerSecond of a partial gradient that arrives: decoding, adding and its way through Spark, on one thread
 */
public record ClusterShape(
        int executors,
        double threads,
        double cores,
        double driverThreads,
        double bytesPerSecond,
        int treeDepth,
        double straggling,
        double taskSeconds,
        double gradientSeconds,
        double bytesAddedPerSecond) {
    /** Of docs/measurements/cluster-scaling.json. */
    private static final double TASK_SECONDS = 0.00094;

    private static final double GRADIENT_SECONDS = 0.026;
    private static final double BYTES_ADDED_PER_SECOND = 8.2e8;

    /**
     * Checks the numbers.
     *
     * @param executors at least 1, one task at a time each
     * @param threads that an executor has for its task
     * @param cores that it has for them, and for reading ahead; as many as threads, or fewer if executors share a machine
     * @param driverThreads of the driver
     * @param bytesPerSecond of the network, and of reading blocks, for each executor
     * @param treeDepth levels of the tree in which partial gradients are added
     * @param straggling deviation of the time of a task, as a part of its mean
     * @param taskSeconds of the driver to start a task and to hear of its end
     * @param gradientSeconds what Spark takes for a gradient besides
     * @param bytesAddedPerSecond of a partial gradient that arrives: decoding, adding and its way through Spark, on one thread
     * @throws IllegalArgumentException if one is out of range
     */
    public ClusterShape {
        if (executors < 1
                || treeDepth < 1
                || !(threads > 0 && cores > 0 && driverThreads > 0 && bytesPerSecond > 0 && bytesAddedPerSecond > 0)
                || !(straggling >= 0 && taskSeconds >= 0 && gradientSeconds >= 0)) {
            throw new IllegalArgumentException(
                    "cluster shape: expected at least 1 executor and level of the tree, threads"
                            + " and rates above 0, no times below 0, found " + executors + " executors, depth "
                            + treeDepth
                            + ", threads " + threads + " on " + cores + " cores and " + driverThreads + ", rates "
                            + bytesPerSecond + " and "
                            + bytesAddedPerSecond + ", straggling " + straggling + ", " + taskSeconds
                            + " s a task and " + gradientSeconds + " s a gradient; give numbers of a cluster there is");
        }
    }

    /**
     * {@return a cluster with a network of 10 Gbit/s, a tree of 2 levels and tasks that deviate by 5 %; what Spark takes is as measured for docs/cluster.md}
     *
     * @param executors at least 1
     * @param threads of each, and of the driver
     * @throws IllegalArgumentException if one is out of range
     */
    public static ClusterShape of(int executors, double threads) {
        return new ClusterShape(
                executors,
                threads,
                threads,
                threads,
                1.25e9,
                2,
                0.05,
                TASK_SECONDS,
                GRADIENT_SECONDS,
                BYTES_ADDED_PER_SECOND);
    }

    /**
     * {@return the same cluster with another number of executors}
     *
     * @param value what to take
     */
    public ClusterShape withExecutors(int value) {
        return new ClusterShape(
                value,
                threads,
                cores,
                driverThreads,
                bytesPerSecond,
                treeDepth,
                straggling,
                taskSeconds,
                gradientSeconds,
                bytesAddedPerSecond);
    }

    /**
     * {@return the same cluster with so many cores for each executor, also fewer than one, or more than threads: one thread more reads ahead}
     *
     * @param value what to take
     */
    public ClusterShape withCores(double value) {
        return new ClusterShape(
                executors,
                threads,
                value,
                driverThreads,
                bytesPerSecond,
                treeDepth,
                straggling,
                taskSeconds,
                gradientSeconds,
                bytesAddedPerSecond);
    }

    /**
     * {@return the same cluster with a driver of so many threads}
     *
     * @param value what to take
     */
    public ClusterShape withDriverThreads(double value) {
        return new ClusterShape(
                executors,
                threads,
                cores,
                value,
                bytesPerSecond,
                treeDepth,
                straggling,
                taskSeconds,
                gradientSeconds,
                bytesAddedPerSecond);
    }

    /**
     * {@return the same cluster with another network}
     *
     * @param value what to take
     */
    public ClusterShape withBytesPerSecond(double value) {
        return new ClusterShape(
                executors,
                threads,
                cores,
                driverThreads,
                value,
                treeDepth,
                straggling,
                taskSeconds,
                gradientSeconds,
                bytesAddedPerSecond);
    }

    /**
     * {@return the same cluster with another tree}
     *
     * @param value what to take
     */
    public ClusterShape withTreeDepth(int value) {
        return new ClusterShape(
                executors,
                threads,
                cores,
                driverThreads,
                bytesPerSecond,
                value,
                straggling,
                taskSeconds,
                gradientSeconds,
                bytesAddedPerSecond);
    }

    /**
     * {@return the same cluster with other deviations of the time of a task}
     *
     * @param value what to take
     */
    public ClusterShape withStraggling(double value) {
        return new ClusterShape(
                executors,
                threads,
                cores,
                driverThreads,
                bytesPerSecond,
                treeDepth,
                value,
                taskSeconds,
                gradientSeconds,
                bytesAddedPerSecond);
    }

    /**
     * {@return the same cluster with other seconds of the driver for a task}
     *
     * @param value what to take
     */
    public ClusterShape withTaskSeconds(double value) {
        return new ClusterShape(
                executors,
                threads,
                cores,
                driverThreads,
                bytesPerSecond,
                treeDepth,
                straggling,
                value,
                gradientSeconds,
                bytesAddedPerSecond);
    }

    /**
     * {@return the same cluster with other seconds of Spark for a gradient}
     *
     * @param value not negative
     */
    public ClusterShape withGradientSeconds(double value) {
        return new ClusterShape(
                executors,
                threads,
                cores,
                driverThreads,
                bytesPerSecond,
                treeDepth,
                straggling,
                taskSeconds,
                value,
                bytesAddedPerSecond);
    }

    /**
     * {@return the same cluster with another rate at which an executor adds}
     *
     * @param value what to take
     */
    public ClusterShape withBytesAddedPerSecond(double value) {
        return new ClusterShape(
                executors,
                threads,
                cores,
                driverThreads,
                bytesPerSecond,
                treeDepth,
                straggling,
                taskSeconds,
                gradientSeconds,
                value);
    }
}
