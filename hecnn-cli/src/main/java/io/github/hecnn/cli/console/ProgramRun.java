package io.github.hecnn.cli.console;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line from its words to its exit status. */
public final class ProgramRun {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private final CommandLine root;
    private final Function<CommandLine, Program> programs;

    /**
     * With what it parses.
     *
     * @param root with its subcommands
     * @param programs the program of a command; null for one that only has subcommands
     */
    public ProgramRun(CommandLine root, Function<CommandLine, Program> programs) {
        this.root = root;
        this.programs = programs;
    }

    /**
     * {@return the same with a program that has no subcommands}
     *
     * @param program what is run
     */
    public static ProgramRun of(Program program) {
        return new ProgramRun(program.parser(), any -> program);
    }

    /**
     * Parses and plays.
     *
     * @param args the command line
     * @param environment where HECNN_DATA is looked up
     * @param out standard output
     * @param err standard error
     * @return the exit status: 0 done, 1 failed, 2 wrong usage
     */
    public int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        root.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        Program program = null;
        try {
            ParseResult parsed = root.parseArgs(args);
            if (CommandLine.printHelpIfRequested(parsed)) {
                return DONE;
            }
            program = programs.apply(command(parsed));
            Results results = program.output().json() ? Results.json(out, err) : Results.text(out);
            program.play(environment, results);
            results.end();
            return DONE;
        } catch (ParameterException wrong) {
            Program named = programs.apply(wrong.getCommandLine());
            tell(err, named, text(wrong) + " (--help lists the options)", wrong);
            return WRONG_USAGE;
        } catch (Exception | OutOfMemoryError failure) {
            tell(err, program, ErrorLine.of(failure), failure);
            return FAILED;
        }
    }

    private static void tell(PrintStream err, Program program, String line, Throwable failure) {
        err.println("error: " + (program == null ? line : program.reworded(line)));
        if (program != null && program.output().verboseErrors()) {
            failure.printStackTrace(err);
        }
    }

    /** The last one named; options of those before it would be lost. */
    private CommandLine command(ParseResult parsed) {
        ParseResult at = parsed;
        while (at.hasSubcommand()) {
            CommandLine parent = at.commandSpec().commandLine();
            ParseResult next = at.subcommand();
            if (programs.apply(parent) != null && !at.matchedOptions().isEmpty()) {
                String option = at.matchedOptions().get(0).longestName();
                throw new ParameterException(
                        parent,
                        option + ": expected it behind " + next.commandSpec().name() + ", found it before");
            }
            at = next;
        }
        CommandLine command = at.commandSpec().commandLine();
        if (programs.apply(command) == null) {
            throw new ParameterException(command, "expected a command, found none");
        }
        return command;
    }

    private String text(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && programs.apply(wrong.getCommandLine()) == null
                && !unmatched.isUnknownOption()) {
            List<String> words = unmatched.getUnmatched();
            return "expected one of the commands "
                    + String.join(", ", wrong.getCommandLine().getSubcommands().keySet()) + ", found '" + words.get(0)
                    + "'";
        }
        return ErrorLine.of(wrong);
    }
}
