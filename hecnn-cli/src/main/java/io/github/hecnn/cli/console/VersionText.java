package io.github.hecnn.cli.console;

import io.github.hecnn.core.kernels.KernelInfo;
import io.github.hecnn.mlr.exchange.Machine;
import picocli.CommandLine.IVersionProvider;

/** The text of {@code --version}: what belongs into a report of a bug. */
public final class VersionText implements IVersionProvider {
    /** For picocli. */
    public VersionText() {}

    @Override
    public String[] getVersion() {
        return new String[] {
            "hecnn " + Machine.version(),
            "Java " + Machine.java(),
            KernelInfo.active().toString()
        };
    }
}
