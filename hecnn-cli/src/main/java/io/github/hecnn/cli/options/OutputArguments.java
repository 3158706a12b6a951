package io.github.hecnn.cli.options;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every command has. */
public class OutputArguments {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the result as JSON; progress goes to standard error.")
    private boolean json;

    @Option(names = "--verbose-errors", description = "Print a stack trace after the line of an error.")
    private boolean verboseErrors;

    /** Before parsing. */
    public OutputArguments() {}

    /** {@return whether results are wanted as JSON} */
    public final boolean json() {
        return json;
    }

    /** {@return whether a stack trace is wanted after the line of an error} */
    public final boolean verboseErrors() {
        return verboseErrors || Boolean.getBoolean("hecnn.stacktrace");
    }

    /**
     * Refuses options that make no sense.
     *
     * @param holds whether they do
     * @param otherwise the line of the error: {@code --option: expected ..., found ...}
     * @throws ParameterException if it does not hold
     */
    public final void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
