package io.github.hecnn.cli;

import io.github.hecnn.cli.bench.BenchProgram;
import io.github.hecnn.cli.console.Program;
import io.github.hecnn.cli.console.ProgramRun;
import io.github.hecnn.cli.console.VersionText;
import io.github.hecnn.cli.cryptotl.TransferRun;
import io.github.hecnn.cli.inspect.InspectProgram;
import io.github.hecnn.cli.params.ParamsProgram;
import io.github.hecnn.cli.predict.PredictProgram;
import io.github.hecnn.cli.train.ImageRun;
import io.github.hecnn.cli.train.MnistRun;
import io.github.hecnn.cli.train.longrun.LongProgram;
import java.io.PrintStream;
import java.util.IdentityHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One program with a command for everything that can be done without writing code. */
public final class Hecnn {
    /** The last line of every help. */
    static final String EXIT_STATUS =
            "Exit status: 0 done, 1 failed, 2 wrong usage. An error is one line and leaves earlier outputs intact.";

    private final CommandLine root = new CommandLine(new Root());
    private final IdentityHashMap<CommandLine, Program> programs = new IdentityHashMap<>();

    @Command(
            name = "hecnn",
            mixinStandardHelpOptions = true,
            versionProvider = VersionText.class,
            sortOptions = false,
            usageHelpWidth = 110,
            synopsisSubcommandLabel = "COMMAND",
            description = "Trains classifiers on features that stay encrypted, and what goes with it.",
            footer = {"", "COMMAND --help lists the options of a command."})
    private static final class Root {
        @Spec
        private CommandSpec spec;

        /** For the help: the launcher takes it away before this program starts. */
        @Option(
                names = "--heap",
                paramLabel = "SIZE",
                description = "Memory for Java, such as 12g; the first word (default: 70 %% of this machine's).")
        @SuppressWarnings("UnusedMethod") // picocli calls it
        void heap(String size) {
            if (size != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--heap: expected it as the first word behind hecnn.jar, found it elsewhere");
            }
        }
    }

    private Hecnn() {
        CommandLine train = add(root, "train", "training", null, new MnistRun());
        add(train, "fast", "training", "fast", new MnistRun());
        add(train, "paper", "training", "paper", new MnistRun());
        add(train, "long", "training-long", "long", new LongProgram());
        add(train, "images", "training-images", null, new ImageRun());
        add(root, "predict", null, null, new PredictProgram());
        add(root, "cryptotl", "cryptotl", null, new TransferRun());
        add(root, "params", null, null, new ParamsProgram());
        add(root, "inspect", null, null, new InspectProgram());
        add(root, "bench", null, null, new BenchProgram());
        add(root, "version", null, null, new VersionProgram());
        add(root, "completion", null, null, new CompletionProgram(root));
        root.getSubcommands().values().forEach(this::endHelp);
    }

    private CommandLine add(CommandLine parent, String name, String folder, String recipe, Program program) {
        CommandLine parser = program.parser()
                .setCommandName(name)
                .setAllowSubcommandsAsOptionParameters(true); // paper is a command and a value of --recipe
        if (folder != null) {
            Map<String, String> values =
                    recipe == null ? Map.of("--out", folder) : Map.of("--out", folder, "--recipe", recipe);
            parser.setDefaultValueProvider(
                    arg -> arg instanceof OptionSpec option ? values.get(option.longestName()) : null);
        }
        parent.addSubcommand(name, parser);
        programs.put(parser, program);
        return parser;
    }

    private void endHelp(CommandLine command) {
        command.getCommandSpec().usageMessage().footer("", EXIT_STATUS);
        command.getSubcommands().values().forEach(this::endHelp);
    }

    /** As {@code train long}. */
    private static String[] routed(String[] args) {
        if (args.length == 0 || !args[0].equals("train") || !LongProgram.isAskedFor(args)) {
            return args;
        }
        if (args.length > 1 && args[1].equals("long")) {
            return args;
        }
        String[] out = new String[args.length + 1];
        out[0] = "train";
        out[1] = "long";
        System.arraycopy(args, 1, out, 2, args.length - 1);
        return out;
    }

    /**
     * Runs a command.
     *
     * @param args the command and its options
     * @param environment where HECNN_DATA is looked up
     * @param out standard output
     * @param err standard error
     * @return the exit status: 0 done, 1 failed, 2 wrong usage
     */
    public static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        Hecnn hecnn = new Hecnn();
        return new ProgramRun(hecnn.root, hecnn.programs::get).run(routed(args), environment, out, err);
    }

    /**
     * Runs a command in this virtual machine, as it is; the main of the jar is the launcher. Ends it with status
     * 1 or 2 if the command fails, and returns if all is well.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        Program.main(Hecnn::run, args);
    }
}
