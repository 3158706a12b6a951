package io.github.hecnn.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The settings of JVMs that measure. */
final class BenchmarkJvm {
    /** The JVM does not use 512 bits on the first servers that have them unless told. */
    private static final String WIDE = "-XX:UseAVX=3 -XX:MaxVectorSize=64";

    /** Larger loop bodies, their instructions in an order with fewer waits: transforms take 6 to 8 % less time. */
    private static final String SCHEDULED =
            "-XX:+IgnoreUnrecognizedVMOptions -XX:LoopUnrollLimit=1000 -XX:+OptoScheduling";

    private BenchmarkJvm() {}

    /** Flags of every measurement, the heap's besides. */
    static List<String> flags(String... heap) throws IOException {
        List<String> all = new ArrayList<>(List.of("--add-modules=jdk.incubator.vector", "-XX:+UseParallelGC"));
        all.add("-Dhecnn.kernels=vector"); // from the first call: what is measured is what it becomes
        all.addAll(Arrays.asList(heap));
        all.addAll(Arrays.asList(SCHEDULED.split(" ")));
        if (hasAvx512()) {
            all.addAll(Arrays.asList(WIDE.split(" ")));
        }
        return all;
    }

    /** Linux only; elsewhere the JVM's own choice stays. */
    private static boolean hasAvx512() throws IOException {
        Path cpu = Path.of("/proc/cpuinfo");
        return Files.isReadable(cpu) && Files.readString(cpu).contains("avx512dq");
    }

    /** Runs a main class in a JVM of its own, on this one's class path and terminal; returns its exit code. */
    static int run(List<String> flags, Class<?> main, List<String> args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(args);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
