package io.github.hecnn.cli.bench;

import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.CkksPresets;
import io.github.hecnn.cli.console.CommandProgram;
import io.github.hecnn.cli.console.Results;
import io.github.hecnn.core.kernels.KernelInfo;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench}: how fast this machine is. */
@Command(
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 110,
        description = "Times the main operations on this machine, in milliseconds and in transforms of one limb.")
public final class BenchProgram extends CommandProgram {
    @Option(
            names = "--ring",
            paramLabel = "LOG",
            defaultValue = "14",
            description = "A secure preset of ring degree 2^LOG, 13..16 (default: ${DEFAULT-VALUE}).")
    private int ring;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "1",
            description = "For each operation, half of it to warm up, more than 0 (default: ${DEFAULT-VALUE}).")
    private double seconds;

    /** To be run once. */
    public BenchProgram() {}

    /**
     * A row of the table.
     *
     * @param operation what was timed
     * @param milliseconds median
     * @param transforms the same in transforms of one limb
     * @param runs that were timed
     */
    record Row(String operation, double milliseconds, double transforms, int runs) {}

    /** The table. */
    record Table(String parameters, String kernels, String java, List<Row> rows) {
        void print(PrintStream to) {
            to.println(parameters);
            to.println(kernels + ", Java " + java);
            to.printf(Locale.ROOT, "%-30s %12s %12s%n", "", "ms", "transforms");
            for (Row row : rows) {
                to.printf(Locale.ROOT, "%-30s %12.3f %12.1f%n", row.operation(), row.milliseconds(), row.transforms());
            }
        }
    }

    @Override
    public void play(Map<String, String> environment, Results results) {
        output().require(ring >= 13 && ring <= 16, "--ring: expected 13..16, found " + ring);
        output().require(
                seconds > 0 && seconds <= 60, "--seconds: expected more than 0 and at most 60, found " + seconds);
        CkksParameters parameters = CkksPresets.valueOf("SECURE_" + ring).parameters();
        results.people().println("making keys ...");
        Stopwatch stopwatch = new Stopwatch(seconds);
        List<Row> rows = new ArrayList<>();
        double yardstick = 0;
        for (Map.Entry<String, Runnable> e : new Bench(parameters).operations().entrySet()) {
            Stopwatch.Timed timed = stopwatch.time(e.getValue());
            yardstick = yardstick == 0 ? timed.medianSeconds() : yardstick;
            rows.add(new Row(e.getKey(), 1e3 * timed.medianSeconds(), timed.medianSeconds() / yardstick, timed.runs()));
        }
        Table table = new Table(
                parameters.toString(), KernelInfo.active().toString(), System.getProperty("java.version"), rows);
        results.print(table, table::print);
    }
}
