package io.github.hecnn.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.hecnn.ckks.bootstrap.BootstrapPreset;
import io.github.hecnn.ckks.error.HeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times refreshes of a preset: {@code --bootstrap PRESET [--threads T] [--rounds R] [--json FILE]}. */
@Command(name = "benchmarks.jar", description = "Times bootstrapping.", mixinStandardHelpOptions = true)
public final class BootstrapRun implements Callable<Integer> {
    static final String OPTION = "--bootstrap";

    /** Keys and tables take 3.2 GB, lent arrays 0.5; what is left over is never touched. */
    static final String[] HEAP = {"-Xmx5g"};

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Option(names = OPTION, required = true, paramLabel = "PRESET", description = "One of ${COMPLETION-CANDIDATES}.")
    private BootstrapPreset preset;

    @Option(
            names = "--threads",
            paramLabel = "T",
            defaultValue = "1",
            description = "Threads; ${DEFAULT-VALUE} unless told.")
    private int threads;

    @Option(
            names = "--rounds",
            paramLabel = "R",
            defaultValue = "5",
            description = "Refreshes that are timed, after three that warm up; ${DEFAULT-VALUE} unless told.")
    private int rounds;

    @Option(names = "--json", paramLabel = "FILE", description = "Where the result is written as JSON.")
    private Path json;

    /** Creates the command. */
    public BootstrapRun() {}

    /**
     * Runs in this JVM.
     *
     * @param args see above
     */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        return new CommandLine(new BootstrapRun())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, a) -> failed(e.getMessage(), CommandLine.ExitCode.USAGE))
                .setExecutionExceptionHandler((e, c, r) -> failed(line(e), CommandLine.ExitCode.SOFTWARE))
                .execute(args);
    }

    private static String line(Exception e) {
        if (e instanceof HeException || e instanceof IllegalArgumentException) {
            return e.getMessage();
        }
        return (e instanceof IOException ? "cannot write: " : "unexpected: ") + e;
    }

    private static int failed(String message, int code) {
        System.err.println("benchmarks: " + message.replaceAll("\\s*[\\r\\n]+\\s*", " "));
        return code;
    }

    @Override
    public Integer call() throws IOException {
        require("--threads", threads, 1024);
        require("--rounds", rounds, 10_000);
        if (json != null
                && json.toAbsolutePath().getParent() != null
                && !Files.isDirectory(json.toAbsolutePath().getParent())) {
            throw new IllegalArgumentException("--json: expected a file in a folder that exists, found " + json);
        }
        BootstrapReport report;
        try {
            report = new BootstrapTiming(preset, threads, rounds, System.out).measure();
        } catch (OutOfMemoryError e) {
            return failed(
                    "out of memory: needed more than the heap of "
                            + (Runtime.getRuntime().maxMemory() >> 20) + " MB; use a preset with fewer slots",
                    CommandLine.ExitCode.SOFTWARE);
        }
        System.out.printf(
                Locale.ROOT,
                "%s, %d threads: %.2f s (least %.2f s), %.0f yardsticks of %.0f us; error 2^%.1f, at most 2^%.1f%n",
                preset,
                threads,
                report.secondsMedian(),
                report.secondsLeast(),
                report.secondsMedian() * 1e6 / report.yardstickMicros(),
                report.yardstickMicros(),
                report.meanErrorBits(),
                report.maxErrorBits());
        if (json != null) {
            Files.writeString(json, MAPPER.writeValueAsString(report) + "\n");
        }
        return CommandLine.ExitCode.OK;
    }

    private static void require(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(option + ": expected a number from 1 to " + most + ", found " + value
                    + "; leave it out for the usual");
        }
    }
}
