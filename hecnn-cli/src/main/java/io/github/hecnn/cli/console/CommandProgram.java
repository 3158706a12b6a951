package io.github.hecnn.cli.console;

import io.github.hecnn.cli.options.OutputArguments;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** A program whose options are its own fields, and those that every command has. */
public abstract class CommandProgram implements Program {
    @Mixin
    private OutputArguments output = new OutputArguments();

    private CommandLine parser;

    /** To be run once. */
    protected CommandProgram() {}

    @Override
    public final CommandLine parser() {
        if (parser == null) {
            parser = new CommandLine(this); // not before all fields are there
        }
        return parser;
    }

    @Override
    public final OutputArguments output() {
        return output;
    }
}
