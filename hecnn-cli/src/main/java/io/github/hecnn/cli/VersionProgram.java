package io.github.hecnn.cli;

import io.github.hecnn.cli.console.Program;
import io.github.hecnn.cli.console.Results;
import io.github.hecnn.cli.options.OutputArguments;
import io.github.hecnn.core.ntt.KernelInfo;
import io.github.hecnn.mlr.exchange.Machine;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code version}: what belongs into a report of a bug. */
@Command(
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        description = "Tells versions, the machine, and which arithmetic kernels run on it.")
final class VersionProgram implements Program {
    @Mixin
    private OutputArguments output = new OutputArguments();

    private final CommandLine parser = new CommandLine(this);

    /** What is told. */
    record Version(
            String version, String java, String operatingSystem, int processors, long heapBytes, String kernels) {}

    @Override
    public CommandLine parser() {
        return parser;
    }

    @Override
    public OutputArguments output() {
        return output;
    }

    @Override
    public void play(Map<String, String> environment, Results results) {
        Version v = new Version(
                Machine.version(),
                Machine.java(),
                Machine.operatingSystem(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory(),
                KernelInfo.active().toString());
        results.print(v, to -> {
            to.println("hecnn " + v.version());
            to.println("Java " + v.java());
            to.println(v.operatingSystem() + ", " + v.processors() + " processors, " + (v.heapBytes() >> 20)
                    + " MiB of heap");
            to.println(v.kernels());
        });
    }
}
