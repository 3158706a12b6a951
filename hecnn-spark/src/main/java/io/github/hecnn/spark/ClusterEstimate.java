package io.github.hecnn.spark;

import java.util.ArrayList;
import java.util.List;

/**
 * A model of the time of an iteration on a cluster. Its parts follow one another; reading blocks overlaps with computing. docs/cluster.md has it against
 * measured runs.
 *
 * @param driver seconds of refresh and step, in the driver
 * @param broadcast of the weights on their way to all executors, which pass them on
 * @param gradients of the executor that has the most blocks and is the slowest of all, with its rotations of the weights
 * @param adding of partial gradients, up the tree
 * @param scheduling of all tasks in the driver, and what else Spark takes
 */
public record ClusterEstimate(double driver, double broadcast, double gradients, double adding, double scheduling) {
    /** Part of the work that does not get faster with threads, as measured. */
    private static final double SERIAL = 0.12;

    /**
     * {@return the time of an iteration}
     *
     * @param cost what it is made of
     * @param shape the cluster
     * @param rows samples of the minibatch, at least 1; rounded up to whole blocks
     * @throws IllegalArgumentException if there are no rows
     */
    public static ClusterEstimate of(IterationCost cost, ClusterShape shape, long rows) {
        long blocks = blocks(cost, rows);
        long partitions = Math.min(blocks, shape.executors());
        long most = (blocks + partitions - 1) / partitions;
        double slower = Math.max(1, shape.threads() / shape.cores());
        double block = Math.max(
                slower * shared(cost.blockSeconds(), shape.threads()),
                (double) cost.blockBytes() / shape.bytesPerSecond());
        double slowest = 1 + shape.straggling() * Math.sqrt(2 * Math.log((double) partitions));
        double adding = 0;
        long tasks = partitions;
        for (Level level : tree(partitions, shape.treeDepth())) {
            adding += level.fanIn()
                    * (cost.partialBytes() / shape.bytesPerSecond()
                            + slower * cost.partialBytes() / shape.bytesAddedPerSecond());
            tasks += level.tasks();
        }
        adding += cost.partialBytes() / shape.bytesPerSecond()
                + cost.partialBytes() / shape.bytesAddedPerSecond(); // in the driver
        return new ClusterEstimate(
                shared(cost.driverSeconds(), shape.driverThreads()),
                (double) cost.weightBytes()
                        / shape.bytesPerSecond()
                        * (1 + Math.log((double) partitions) / Math.log(2)),
                slower * shared(cost.weightSeconds(), shape.threads()) + most * block * slowest,
                adding,
                tasks * shape.taskSeconds() + slower * shape.gradientSeconds());
    }

    /** Blocks of a minibatch. */
    private static long blocks(IterationCost cost, long rows) {
        if (rows < 1) {
            throw new IllegalArgumentException(
                    "cluster estimate: expected at least 1 row, found " + rows + "; give those of a minibatch");
        }
        return (rows + cost.rowsPerBlock() - 1) / cost.rowsPerBlock();
    }

    private static double shared(double seconds, double threads) {
        return seconds * (SERIAL + (1 - SERIAL) / threads);
    }

    /**
     * A level of the tree.
     *
     * @param tasks that add
     * @param fanIn partial gradients that the one with the most of them gets
     */
    record Level(long tasks, long fanIn) {}

    /** The tree of Spark's {@code treeAggregate} whose last sum is taken on an executor as well. */
    static List<Level> tree(long partitions, int depth) {
        List<Level> out = new ArrayList<>();
        long left = partitions;
        long scale = Math.max(2, (long) Math.ceil(Math.pow((double) partitions, 1.0 / depth)));
        while (left > scale + (left + scale - 1) / scale) {
            long next = left / scale;
            out.add(new Level(next, (left + next - 1) / next));
            left = next;
        }
        if (left > 1) {
            out.add(new Level(1, left));
        }
        return out;
    }

    /** {@return seconds of the iteration} */
    public double seconds() {
        return driver + broadcast + gradients + adding + scheduling;
    }

    /** {@return what takes the largest part} */
    public String largest() {
        double most = Math.max(Math.max(driver, broadcast), Math.max(gradients, Math.max(adding, scheduling)));
        return most == gradients
                ? "gradients"
                : most == adding
                        ? "adding"
                        : most == driver ? "driver" : most == scheduling ? "scheduling" : "broadcast";
    }

    /**
     * The most executors that are still worth having: with twice as many an iteration would take more than 0.75 of the time.
     *
     * @param cost what an iteration is made of
     * @param shape the cluster, whatever its number of executors; the depth of the tree is chosen from 1 to 4
     * @param rows samples of the minibatch
     * @return a power of two
     * @throws IllegalArgumentException if there are no rows
     */
    public static int worthwhileExecutors(IterationCost cost, ClusterShape shape, long rows) {
        int executors = 1;
        while (executors < 1 << 20
                && best(cost, shape.withExecutors(2 * executors), rows).seconds()
                        <= 0.75
                                * best(cost, shape.withExecutors(executors), rows)
                                        .seconds()) {
            executors *= 2;
        }
        return executors;
    }

    /**
     * The tree that adds fastest.
     *
     * @param cost what an iteration is made of
     * @param shape the cluster
     * @param rows samples of the minibatch
     * @return depth from 1 to 4
     * @throws IllegalArgumentException if there are no rows
     */
    public static int bestTreeDepth(IterationCost cost, ClusterShape shape, long rows) {
        int best = 1;
        for (int depth = 2; depth <= 4; depth++) {
            if (of(cost, shape.withTreeDepth(depth), rows).seconds()
                    < of(cost, shape.withTreeDepth(best), rows).seconds()) {
                best = depth;
            }
        }
        return best;
    }

    private static ClusterEstimate best(IterationCost cost, ClusterShape shape, long rows) {
        return of(cost, shape.withTreeDepth(bestTreeDepth(cost, shape, rows)), rows);
    }
}
