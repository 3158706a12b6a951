package io.github.hecnn.cli;

import io.github.hecnn.cli.console.CommandProgram;
import io.github.hecnn.cli.console.Results;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code completion}: a script for bash and zsh. */
@Command(
        mixinStandardHelpOptions = true,
        usageHelpWidth = 110,
        description = {
            "Prints a script with which bash and zsh complete commands and options of hecnn.",
            "With alias hecnn='java -jar .../hecnn.jar' set: source <(hecnn completion)"
        })
final class CompletionProgram extends CommandProgram {
    private final CommandLine root;
    /** For all commands of a program. */
    CompletionProgram(CommandLine root) {
        this.root = root;
    }

    @Override
    public void play(Map<String, String> environment, Results results) {
        String script = AutoComplete.bash("hecnn", root);
        results.print(Map.of("script", script), to -> to.print(script));
    }
}
