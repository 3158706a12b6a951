package io.github.hecnn.benchmarks;

import io.github.hecnn.ckks.bootstrap.BootstrapKeyGenerator;
import io.github.hecnn.ckks.bootstrap.BootstrapKeys;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.bootstrap.BootstrapPrediction;
import io.github.hecnn.ckks.bootstrap.BootstrapPreset;
import io.github.hecnn.ckks.bootstrap.BootstrapStep;
import io.github.hecnn.ckks.bootstrap.Bootstrapper;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.core.parallel.WorkerPool;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** One timing of refreshes: real keys, random slots, the error checked against the secret key at the end. */
final class BootstrapTiming {
    private static final int WARM_UP = 3;
    private static final int YARDSTICKS = 20; // a round

    private final BootstrapPreset preset;
    private final int threads;
    private final int rounds;
    private final PrintStream log;
    private final ScalarReferenceBenchmark yardstick = new ScalarReferenceBenchmark();
    private final List<Double> yardsticks = new ArrayList<>();

    BootstrapTiming(BootstrapPreset preset, int threads, int rounds, PrintStream log) {
        this.preset = preset;
        this.threads = threads;
        this.rounds = rounds;
        this.log = log;
        yardstick.logN = 15;
        yardstick.setUp();
    }

    BootstrapReport measure() throws IOException {
        BootstrapParameters p = preset.parameters();
        BootstrapPrediction prediction = p.prediction();
        try (WorkerPool workers = threads == 1 ? WorkerPool.single() : WorkerPool.ofThreads(threads)) {
            long setupProcessor = processorNanos();
            long start = System.nanoTime();
            CkksContext context = CkksContext.create(p.ckksParameters(), workers);
            SecretKey secret = new KeyGenerator(context).secretKey();
            BootstrapKeys keys = new BootstrapKeyGenerator(context, p).keys(secret);
            double keySeconds = since(start);
            Bootstrapper bootstrapper = new Bootstrapper(context, p, keys);
            double setup = since(start);
            log.printf(
                    Locale.ROOT,
                    "set-up %.2f s, keys %.2f s of it; of a processor %.2f s by this thread%n",
                    setup,
                    keySeconds,
                    (processorNanos() - setupProcessor) * 1e-9);
            double[][] z = random(p);
            CkksEncoder encoder = new CkksEncoder(context);
            int level = p.inputLevel();
            Ciphertext c = Encryptor.withSecretKey(context, secret)
                    .encrypt(encoder.encode(
                            z[0], z[1], level, context.parameters().scale(level)));
            Ciphertext refreshed = null;
            List<Double> seconds = new ArrayList<>();
            for (int i = 0; i < WARM_UP + rounds; i++) {
                measureYardstick();
                long processor = processorNanos();
                long from = System.nanoTime();
                Map<BootstrapStep, Double> steps = new EnumMap<>(BootstrapStep.class);
                refreshed = bootstrapper.refresh(c, step -> steps.put(step, since(from)));
                seconds.add(since(from));
                log.printf(
                        Locale.ROOT,
                        "refresh %d: %.3f s, of a processor %.3f s by this thread%s%n",
                        i + 1,
                        seconds.get(i),
                        (processorNanos() - processor) * 1e-9,
                        differences(steps));
            }
            double[] errors =
                    errors(p, z, encoder.decodeComplex(new Decryptor(context, secret).decrypt(refreshed), p.slots()));
            List<Double> timed = sorted(seconds.subList(WARM_UP, seconds.size()));
            CkksParameters ckks = p.ckksParameters();
            return new BootstrapReport(
                    preset.name(),
                    ckks.securityLevel().bits(),
                    ckks.ringDegree(),
                    ckks.chain().logQ() + ckks.chain().logP(),
                    p.slots(),
                    p.levelsLeft(),
                    errors[0],
                    errors[1],
                    timed.get(timed.size() / 2),
                    timed.get(0),
                    setup,
                    keys.memoryBytes(),
                    bootstrapper.tableBytes(),
                    peakMemory(),
                    prediction.failureBits(),
                    sorted(yardsticks).get(yardsticks.size() / 2));
        }
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) * 1e-9;
    }

    private void measureYardstick() {
        for (int i = 0; i < YARDSTICKS; i++) {
            long from = System.nanoTime();
            yardstick.forward();
            yardsticks.add(since(from) * 1e6);
        }
    }

    private static String differences(Map<BootstrapStep, Double> steps) {
        StringBuilder out = new StringBuilder();
        double before = 0;
        for (Map.Entry<BootstrapStep, Double> s : steps.entrySet()) {
            out.append(String.format(Locale.ROOT, ", %s %.3f", s.getKey(), s.getValue() - before));
            before = s.getValue();
        }
        return out.toString();
    }

    private static List<Double> sorted(List<Double> values) {
        return values.stream().sorted().toList();
    }

    /** [2][slots], imaginary parts only for complex slots. */
    private static double[][] random(BootstrapParameters p) {
        Random random = new Random(1);
        double[][] z = new double[2][];
        z[0] = random.doubles(p.slots(), -p.bound(), p.bound()).toArray();
        z[1] = p.complexSlots()
                ? random.doubles(p.slots(), -p.bound(), p.bound()).toArray()
                : new double[p.slots()];
        return z;
    }

    /** log2 of the mean and the largest error. */
    private static double[] errors(BootstrapParameters p, double[][] z, CkksEncoder.Slots found) {
        double mean = 0;
        double max = 0;
        for (int i = 0; i < z[0].length; i++) {
            double e = Math.hypot(found.re()[i] - z[0][i], p.complexSlots() ? found.im()[i] - z[1][i] : 0);
            mean += e / z[0].length;
            max = Math.max(max, e);
        }
        return new double[] {Math.log(mean) / Math.log(2), Math.log(max) / Math.log(2)};
    }

    /** What Linux counts as the peak of the resident memory. */
    private static long peakMemory() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.isReadable(status)) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
        }
        Runtime r = Runtime.getRuntime();
        return r.totalMemory() - r.freeMemory();
    }
}
