package io.github.hecnn.spark;

import org.apache.spark.SparkConf;

/**
 * What an executor has, as the driver's settings say: memory, cores, and how many of them a task takes. All tasks of an executor share a pool, which has
 * as many threads as keep all cores busy and no more.
 *
 * @param local whether executor and driver are one process
 * @param heapBytes of an executor, as it will see it: the collector keeps some of {@code spark.executor.memory}
 * @param cores of an executor
 * @param taskCpus cores of a task
 */
record ExecutorResources(boolean local, long heapBytes, int cores, int taskCpus) {
    private static final String CORES = "spark.executor.cores";

    /**
     * Reads the settings.
     *
     * @param conf of the driver
     * @param parallelism the default of the context, which is the number of cores in local mode
     * @throws IllegalArgumentException if cores are not stated, or a task takes more than an executor has
     */
    static ExecutorResources of(SparkConf conf, int parallelism) {
        String master = conf.get("spark.master", "local");
        boolean local = master.equals("local") || master.startsWith("local[");
        int taskCpus = conf.getInt("spark.task.cpus", 1);
        if (!local && !conf.contains(CORES)) {
            throw new IllegalArgumentException("spark: expected spark.executor.cores, found none; set it, so that the"
                    + " threads of an executor agree with its cores");
        }
        int cores = local ? parallelism : conf.getInt(CORES, 1);
        if (taskCpus > cores) {
            throw new IllegalArgumentException("spark: expected spark.task.cpus of at most " + cores
                    + ", the cores of an executor, found " + taskCpus + "; no task would ever start, lower it");
        }
        long heap = local
                ? Runtime.getRuntime().maxMemory()
                : ExecutorMemory.usable(conf.getSizeAsMb("spark.executor.memory", "1g") << 20);
        return new ExecutorResources(local, heap, cores, taskCpus);
    }

    /** Tasks that an executor runs at a time. */
    int tasks() {
        return cores / taskCpus;
    }

    /** Threads of the pool: each task brings one of its own. */
    int threads() {
        return tasks() * (taskCpus - 1) + 1;
    }

    /**
     * Refuses executors that have too little memory, before any is asked for a gradient.
     *
     * @throws IllegalArgumentException if so; the text has both numbers
     */
    void require(long bytes) {
        ExecutorMemory.require(
                local ? "this process" : "executors of spark.executor.memory, " + tasks() + " tasks at a time",
                bytes,
                heapBytes);
    }
}
