package io.github.hecnn.spark;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** Processor time of this process while it has tasks, whatever thread took it. Each nanosecond is given to one task only. Thread-safe. */
final class ProcessorTime {
    private static final OperatingSystemMXBean SYSTEM = ManagementFactory.getOperatingSystemMXBean();

    private static int tasks;
    private static long counted;

    private ProcessorTime() {}

    private static long now() {
        return SYSTEM instanceof com.sun.management.OperatingSystemMXBean here ? here.getProcessCpuTime() : 0;
    }

    /** A task begins. */
    static synchronized void begin() {
        if (tasks++ == 0) {
            counted = now();
        }
    }

    /**
     * A task ends.
     *
     * @return nanoseconds that no task was given yet
     */
    static synchronized long end() {
        tasks--;
        long now = now();
        long since = Math.max(0, now - counted);
        counted = now;
        return since;
    }
}
