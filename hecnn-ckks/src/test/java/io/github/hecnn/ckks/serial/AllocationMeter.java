package io.github.hecnn.ckks.serial;

import java.lang.reflect.Method;

/** Bytes allocated by the calling thread. By reflection, since this module does not read the one of management. */
final class AllocationMeter {
    private AllocationMeter() {}

    static long allocatedBytes() {
        try {
            Object bean = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            Method method =
                    Class.forName("com.sun.management.ThreadMXBean").getMethod("getThreadAllocatedBytes", long.class);
            return (long) method.invoke(bean, Thread.currentThread().getId());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("expected a JVM that counts allocations", e);
        }
    }
}
