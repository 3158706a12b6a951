package io.github.hecnn.cli;

import io.github.hecnn.cli.console.Program;
import io.github.hecnn.cli.console.Results;
import io.github.hecnn.cli.options.OutputArguments;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code completion}: a script for bash and zsh. */
@Command(
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        description = {
            "Prints a script with which bash and zsh complete commands and options of hecnn.",
            "With alias hecnn='java -jar .../hecnn.jar' set: source <(hecnn completion)"
        })
final class CompletionProgram implements Program {
    @Mixin
    private OutputArguments output = new OutputArguments();

    private final CommandLine root;
    private final CommandLine parser = new CommandLine(this);

    /** For all commands of a program. */
    CompletionProgram(CommandLine root) {
        this.root = root;
    }

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
        String script = AutoComplete.bash("hecnn", root);
        results.print(Map.of("script", script), to -> to.print(script));
    }
}
