package io.github.hecnn.cli.launch;

import io.github.hecnn.cli.Hecnn;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * The main of the jar. Commands that compute run in a second virtual machine with the vector module and most of the machine's memory; the others
 * run in this one, which is quicker. Where this one already has the vector module, somebody has chosen flags, and all runs here.
 */
public final class Launcher {
    /** What is worth a second virtual machine, or tells about it. */
    private static final Set<String> COMPUTING = Set.of("train", "predict", "cryptotl", "bench", "version");

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Launcher() {}

    /**
     * Runs a command; ends the virtual machine with its exit status.
     *
     * @param args {@code --heap SIZE} if it is wanted, the command, its options
     */
    public static void main(String[] args) {
        Words words;
        try {
            words = Words.of(args);
        } catch (IllegalArgumentException e) {
            System.err.println("error: " + e.getMessage());
            System.exit(WRONG_USAGE);
            return;
        }
        List<String> command = words.command();
        boolean computes = !command.isEmpty() && COMPUTING.contains(command.get(0)) && !asksForHelp(command);
        boolean chosen = words.heap() == null && JavaFlags.areChosen();
        if (!computes || chosen || ParentWatch.start()) {
            Hecnn.main(command.toArray(new String[0]));
            return;
        }
        try {
            System.exit(ChildProcess.run(JavaFlags.of(words.heap()), Launcher.class.getName(), command));
        } catch (IOException e) {
            System.err.println("error: start java: " + e.getMessage() + "; run java -cp with this jar and the class "
                    + Hecnn.class.getName());
            System.exit(FAILED);
        }
    }

    private static boolean asksForHelp(List<String> command) {
        return command.contains("--help") || command.contains("-h");
    }
}
