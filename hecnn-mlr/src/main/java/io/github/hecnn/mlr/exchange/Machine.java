package io.github.hecnn.mlr.exchange;

import io.github.hecnn.core.kernels.KernelInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Facts about the machine and this process. */
public final class Machine {
    private Machine() {}

    /**
     * What a role ran on, as its account says it.
     *
     * @param kernels arithmetic kernels that ran
     * @param threads worker threads
     * @param javaVersion of its virtual machine
     * @param peakMemoryBytes the most memory its process has held
     */
    public record Used(String kernels, int threads, String javaVersion, long peakMemoryBytes) {
        /**
         * As it comes from a file, nothing may be missing.
         *
         * @param kernels arithmetic kernels that ran
         * @param threads worker threads
         * @param javaVersion of its virtual machine
         * @param peakMemoryBytes the most memory its process has held
         */
        public Used {
            Objects.requireNonNull(kernels, "kernels");
            Objects.requireNonNull(javaVersion, "javaVersion");
        }
    }

    /**
     * {@return this process, so far}
     *
     * @param threads number of threads
     */
    public static Used used(int threads) {
        return new Used(kernels(), threads, java(), peakMemoryBytes());
    }

    /** {@return Java version, VM and vendor} */
    public static String java() {
        return System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ", "
                + System.getProperty("java.vendor") + ")";
    }

    /** {@return which arithmetic kernels run: {@code portable}, or {@code vector-} and the bits of a vector} */
    public static String kernels() {
        return KernelInfo.active().name();
    }

    /** {@return operating system and architecture} */
    public static String operatingSystem() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
    }

    /** {@return version of this library, from the jar; a development build has none} */
    public static String version() {
        String version = Machine.class.getPackage().getImplementationVersion();
        return version == null ? "development build" : version;
    }

    /**
     * {@return the most memory this process has held: resident memory as Linux counts it (VmHWM), elsewhere the peaks of the heap pools}
     * Under {@code exec:java} Maven itself is part of the process.
     */
    public static long peakMemoryBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
        } catch (IOException | NumberFormatException notLinux) {
            // Fall through to what the JVM knows.
        }
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
