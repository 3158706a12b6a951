package io.github.hecnn.cli.launch;

import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.List;

/** Flags of the virtual machine that computes. */
final class JavaFlags {
    private static final String VECTOR = "jdk.incubator.vector";

    /** Of this machine's memory; the rest is for what Java needs beside the heap, and for others. */
    private static final int HEAP_PERCENT = 70;

    private JavaFlags() {}

    /** Whether this virtual machine was started with the vector module. */
    static boolean areChosen() {
        return ModuleLayer.boot().findModule(VECTOR).isPresent();
    }

    /**
     * The flags, those of this virtual machine last, so that they win.
     *
     * @param heap as for {@code -Xmx}; null for a share of the machine's memory
     */
    static List<String> of(String heap) {
        List<String> flags = new ArrayList<>();
        if (ModuleFinder.ofSystem().find(VECTOR).isPresent()) {
            flags.add("--add-modules=" + VECTOR);
        }
        flags.add("--enable-native-access=ALL-UNNAMED");
        if (System.getProperty("java.vm.name", "").contains("OpenJDK")
                || System.getProperty("java.vm.name", "").contains("HotSpot")) {
            flags.add("-XX:+UseParallelGC");
            flags.add("-XX:MaxRAMPercentage=" + HEAP_PERCENT);
            // Vectors are objects until the second compiler has seen a loop.
            flags.add("-XX:CompileCommand=quiet");
            flags.add("-XX:CompileCommand=CompileThresholdScaling,io.github.hecnn.core.internal.kernel.*::*,0.2");
        }
        for (String given : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!given.startsWith("-agent") && !given.startsWith("-javaagent") && !given.startsWith("-Xrun")) {
                flags.add(given);
            }
        }
        if (heap != null) {
            flags.add("-Xmx" + heap);
        }
        return flags;
    }
}
