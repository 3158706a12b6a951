package io.github.hecnn.spark;

/**
 * What the gradient of one iteration took on the cluster. Bytes and seconds of executors come from Spark's accumulators: attempts that failed are not
 * counted, a copy of a task that ran twice may be.
 *
 * @param number 1 for the first of this driver
 * @param blocks of the minibatch
 * @param partitions that they were in
 * @param weightBytes of the weights, broadcast once to each executor
 * @param keyBytes evaluation keys and manifest that executors read: once for each executor process, 0 after that
 * @param blockBytes of blocks that executors read
 * @param partialBytes of the partial gradients that executors added up
 * @param sumBytes of their sum, which the driver got
 * @param keySwitches of executors: what a gradient costs, whatever the machine
 * @param executorSeconds of all tasks together, with keys and reading
 * @param processorSeconds of all executor processes while they had such tasks, all threads together, without compiler and collector
 * @param seconds until the driver had the sum
 */
public record GradientReport(
        int number,
        int blocks,
        int partitions,
        long weightBytes,
        long keyBytes,
        long blockBytes,
        long partialBytes,
        long sumBytes,
        long keySwitches,
        double executorSeconds,
        double processorSeconds,
        double seconds) {}
