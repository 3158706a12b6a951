package io.github.hecnn.cli;

import io.github.hecnn.cli.console.CommandProgram;
import io.github.hecnn.cli.console.Results;
import io.github.hecnn.core.kernels.KernelInfo;
import io.github.hecnn.mlr.exchange.Machine;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code version}: what belongs into a report of a bug. */
@Command(
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        description = "Tells versions, the machine, and which arithmetic kernels run on it.")
final class VersionProgram extends CommandProgram {
    /** What is told. */
    record Version(
            String version, String java, String operatingSystem, int processors, long heapBytes, String kernels) {}

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
