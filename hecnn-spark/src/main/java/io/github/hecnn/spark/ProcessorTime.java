package io.github.hecnn.spark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/**
 * Processor time of this process while it has tasks: of all its threads that run Java, so without compiler and collector. Each nanosecond is given to
 * one task only. Thread-safe.
 */
final class ProcessorTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** By number of the thread, up to which it has been given away. */
    private static final Map<Long, Long> COUNTED = new HashMap<>();

    private static int tasks;

    private ProcessorTime() {}

    /** What threads took since the last call. */
    private static long take() {
        long since = 0;
        for (long id : THREADS.getAllThreadIds()) {
            long now = THREADS.getThreadCpuTime(id); // -1 if it has ended
            Long before = COUNTED.put(id, Math.max(0, now));
            since += Math.max(0, now - (before == null ? 0 : before));
        }
        return since;
    }

    /** A task begins. */
    static synchronized void begin() {
        if (tasks++ == 0) {
            take();
        }
    }

    /**
     * A task ends.
     *
     * @return nanoseconds that no task was given yet
     */
    static synchronized long end() {
        tasks--;
        return take();
    }
}
