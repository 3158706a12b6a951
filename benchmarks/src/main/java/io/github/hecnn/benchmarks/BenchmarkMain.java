package io.github.hecnn.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Entry point of the benchmark jar. {@code --short} runs the yardstick, the NTT and the main operations of one set within five
 * minutes; {@code --full} runs everything in several forks for the record; both write their results as JSON. {@code --prices FILE}
 * measures the price list of {@link io.github.hecnn.ckks.cost.OperationPrices} in a few minutes. Any other arguments go to JMH as they are. Without {@code -jvmArgsAppend} the JVMs get the Vector API, a heap of 6 GB that is touched
 * beforehand, and on Linux with AVX-512 vectors of 512 bits.
 */
public final class BenchmarkMain {
    private static final List<String> SHORT = List.of(
            "ScalarReferenceBenchmark|MemoryReferenceBenchmark|NttBenchmark|EvaluatorBenchmark.(rotate|relinearize|rescale|multiplyNoRelin|add|encode)$",
            "-p",
            "logN=14,16",
            "-p",
            "set=N15L19",
            "-f",
            "2",
            "-wi",
            "2",
            "-w",
            "1",
            "-i",
            "3",
            "-r",
            "1");
    private static final List<String> FULL = List.of("-f", "5", "-wi", "5", "-w", "1", "-i", "5", "-r", "1");

    /** Touched heap and a fixed size: else the first operations measure page faults. */
    private static final String JVM =
            "--add-modules=jdk.incubator.vector -Xms6g -Xmx6g -XX:+AlwaysPreTouch -XX:+UseParallelGC";

    /** The JVM does not use 512 bits on the first servers that have them unless told. */
    private static final String WIDE = " -XX:UseAVX=3 -XX:MaxVectorSize=64";

    /** Larger loop bodies, their instructions in an order with fewer waits: transforms take 6 to 8 % less time. */
    private static final String SCHEDULED =
            " -XX:+IgnoreUnrecognizedVMOptions -XX:LoopUnrollLimit=1000 -XX:+OptoScheduling";

    private BenchmarkMain() {}

    /** Linux only; elsewhere the JVM's own choice stays. */
    private static boolean hasAvx512() throws IOException {
        Path cpu = Path.of("/proc/cpuinfo");
        return Files.isReadable(cpu) && Files.readString(cpu).contains("avx512dq");
    }

    /** In a virtual machine with the same options as the benchmarks. */
    private static void prices(List<String> args) throws IOException, InterruptedException {
        if (args.isEmpty()) {
            throw new IllegalArgumentException("--prices: expected a file to write, found none; name one");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Arrays.asList((JVM + SCHEDULED + (hasAvx512() ? WIDE : "")).split(" ")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PriceList.class.getName()));
        command.addAll(args);
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(
                    "--prices: expected a price list, found exit status " + status + "; see the messages above");
        }
    }

    /**
     * Runs benchmarks.
     *
     * @param args see above
     * @throws Exception as JMH's main does
     */
    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("--prices")) {
            prices(Arrays.asList(args).subList(1, args.length));
            return;
        }
        List<String> all = new ArrayList<>(Arrays.asList(args));
        boolean quick = all.remove("--short");
        boolean full = all.remove("--full");
        List<String> jmh = new ArrayList<>();
        if (quick || full) {
            jmh.addAll(quick ? SHORT : FULL);
            jmh.addAll(List.of("-rf", "json", "-rff", "benchmarks.json"));
        }
        jmh.addAll(all);
        if (!all.contains("-jvmArgsAppend")) {
            jmh.addAll(List.of("-jvmArgsAppend", JVM + SCHEDULED + (hasAvx512() ? WIDE : "")));
        }
        org.openjdk.jmh.Main.main(jmh.toArray(new String[0]));
    }
}
