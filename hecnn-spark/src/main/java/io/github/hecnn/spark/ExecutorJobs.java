package io.github.hecnn.spark;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;

/** The trainings that this process takes part in: each is loaded once, however many tasks ask for it at the same time. */
final class ExecutorJobs {
    private static final Map<String, Holder> JOBS = new ConcurrentHashMap<>();

    private ExecutorJobs() {}

    /** A place that waits for its training. */
    private static final class Holder {
        private ExecutorJob job;

        /** Loads it unless it is there; one that failed is tried again by the next task. */
        synchronized ExecutorJob get(RowWork work, Configuration configuration, KeyListener listener)
                throws IOException {
            if (job == null) {
                job = ExecutorJob.load(work, configuration);
                listener.keysRead(job.keyBytes());
            }
            return job;
        }

        synchronized void close() {
            if (job != null) {
                job.close();
                job = null;
            }
        }
    }

    static ExecutorJob get(RowWork work, Configuration configuration, KeyListener listener) throws IOException {
        return JOBS.computeIfAbsent(work.id(), id -> new Holder()).get(work, configuration, listener);
    }

    /** Lets go of keys and tables, if this process has them. */
    static void release(String id) {
        Holder holder = JOBS.remove(id);
        if (holder != null) {
            holder.close();
        }
    }

    /** Trainings that this process has. */
    static int count() {
        return JOBS.size();
    }
}
