package io.github.hecnn.core.rns;

import io.github.hecnn.core.parallel.WorkerPool;
import java.util.function.IntToDoubleFunction;

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

    /** Runs a task for groups of targets that cost the same, the threads sharing them. */
    static void forEach(WorkerPool workers, int from, int to, Task task) {
        forEach(workers, from, to, t -> 1.0, task);
    }

    /** Runs a task for groups of targets of about the same cost, the threads sharing them. */
    static void forEach(WorkerPool workers, int from, int to, IntToDoubleFunction cost, Task task) {
        int groups = count(workers, to - from);
        int[] cuts = cuts(groups, from, to, cost);
        workers.forEach(groups, g -> task.run(cuts[g], cuts[g + 1]));
    }

    /** Where groups begin, and the end: none is empty, and each ends at the target nearest to its share of the cost. */
    static int[] cuts(int groups, int from, int to, IntToDoubleFunction cost) {
        double all = 0;
        for (int t = from; t < to; t++) {
            all += cost.applyAsDouble(t);
        }
        int[] cuts = new int[groups + 1];
        cuts[0] = from;
        cuts[groups] = to;
        double done = 0;
        int t = from;
        for (int g = 1; g < groups; g++) {
            double share = all * g / groups;
            int least = cuts[g - 1] + 1;
            int most = to - (groups - g);
            while (t < most && (t < least || done + cost.applyAsDouble(t) / 2 <= share)) {
                done += cost.applyAsDouble(t);
                t++;
            }
            cuts[g] = t;
        }
        return cuts;
    }

    /** Into how many groups, equal up to one, the targets go: a multiple of the threads. */
    static int count(WorkerPool workers, int targets) {
        int threads = workers.threads();
        int each = MOST_TARGETS * threads;
        return Math.min(targets, threads * ((targets + each - 1) / each));
    }
}
