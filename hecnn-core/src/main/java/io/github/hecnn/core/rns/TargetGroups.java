package io.github.hecnn.core.rns;

import io.github.hecnn.core.parallel.WorkerPool;

/** The targets of a base extension in groups that share a pass. Stateless. */
final class TargetGroups {
    /**
     * Targets of a base extension that share a pass, which reads the terms once: for 25 targets at N = 2^16 a rotation took 4 % longer with two passes, and 10 % with
     * 8 targets each. There has to be some limit, as the results of a pass wait in scratch.
     */
    private static final int MOST_TARGETS = 32;

    /** A pass. */
    interface Task {
        void run(int from, int to);
    }

    private TargetGroups() {}

    /** Runs a task for groups of targets, the threads sharing them. */
    static void forEach(WorkerPool workers, int from, int to, Task task) {
        int targets = to - from;
        int groups = count(workers, targets);
        workers.forEach(groups, g -> task.run(from + g * targets / groups, from + (g + 1) * targets / groups));
    }

    /** Into how many groups, equal up to one, the targets go: a multiple of the threads. */
    static int count(WorkerPool workers, int targets) {
        int threads = workers.threads();
        int each = MOST_TARGETS * threads;
        return Math.min(targets, threads * ((targets + each - 1) / each));
    }
}
