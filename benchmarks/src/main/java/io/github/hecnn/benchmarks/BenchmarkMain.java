package io.github.hecnn.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Entry point of the benchmark jar. {@code --short} runs the yardstick, the NTT and the main operations of one set within five
 * minutes; {@code --full} runs everything in several forks for the record; both write their results as JSON. {@code --bootstrap PRESET}
 * times refreshes, see {@link BootstrapRun}; {@code --prices FILE} measures the price list of
 * {@link io.github.hecnn.ckks.cost.OperationPrices} in a few minutes; {@code --functions FILE MACHINE} measures the ready functions on slots,
 * for docs/measurements. Any other arguments go to JMH as they are. Without
 * {@code -jvmArgsAppend} the JVMs get the Vector API, a heap of 6 GB that is touched
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
    private static final String[] HEAP = {"-Xms6g", "-Xmx6g", "-XX:+AlwaysPreTouch"};

    private BenchmarkMain() {}

    /**
     * Runs benchmarks.
     *
     * @param args see above
     * @throws Exception as JMH's main does
     */
    public static void main(String[] args) throws Exception {
        List<String> all = new ArrayList<>(Arrays.asList(args));
        if (args.length > 0 && args[0].equals("--prices")) {
            if (args.length == 1) {
                throw new IllegalArgumentException("--prices: expected a file to write, found none; name one");
            }
            System.exit(BenchmarkJvm.run(BenchmarkJvm.flags(HEAP), PriceList.class, all.subList(1, all.size())));
        }
        if (args.length > 0 && args[0].equals("--functions")) {
            if (args.length == 1) {
                throw new IllegalArgumentException("--functions: expected a file to write, found none; name one");
            }
            System.exit(BenchmarkJvm.run(BenchmarkJvm.flags(HEAP), FunctionTable.class, all.subList(1, all.size())));
        }
        if (all.stream().anyMatch(a -> a.equals(BootstrapRun.OPTION) || a.startsWith(BootstrapRun.OPTION + "="))) {
            System.exit(BenchmarkJvm.run(BenchmarkJvm.flags(BootstrapRun.HEAP), BootstrapRun.class, all));
        }
        boolean quick = all.remove("--short");
        boolean full = all.remove("--full");
        List<String> jmh = new ArrayList<>();
        if (quick || full) {
            jmh.addAll(quick ? SHORT : FULL);
            jmh.addAll(List.of("-rf", "json", "-rff", "benchmarks.json"));
        }
        jmh.addAll(all);
        if (!all.contains("-jvmArgsAppend")) {
            jmh.addAll(List.of("-jvmArgsAppend", String.join(" ", BenchmarkJvm.flags(HEAP))));
        }
        org.openjdk.jmh.Main.main(jmh.toArray(new String[0]));
    }
}
