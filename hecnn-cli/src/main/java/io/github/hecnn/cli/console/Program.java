package io.github.hecnn.cli.console;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A program with a command line. Whatever fails in it becomes one line. */
public interface Program {
    /** Its command line, whose parsing fills its options. The same one at every call. */
    CommandLine parser();

    /**
     * Does what the options say, once they are parsed.
     *
     * @param environment where HECNN_DATA is looked up
     * @param out for the user
     * @throws Exception what went wrong
     */
    void play(Map<String, String> environment, PrintStream out) throws Exception;

    /** Whether a stack trace is wanted after the line of an error. */
    boolean verboseErrors();

    /** The line of an error in this program's words. */
    default String reworded(String line) {
        return line;
    }

    /**
     * Parses and plays.
     *
     * @param args the command line
     * @param environment where HECNN_DATA is looked up
     * @return the exit status: 0 done, 1 failed, 2 wrong usage
     */
    default int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        CommandLine parser = parser();
        parser.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        try {
            if (!CommandLine.printHelpIfRequested(parser.parseArgs(args))) {
                play(environment, out);
            }
            return 0;
        } catch (Exception | OutOfMemoryError failure) {
            boolean usage = failure instanceof ParameterException;
            err.println("error: " + reworded(ErrorLine.of(failure)) + (usage ? " (--help lists the options)" : ""));
            if (verboseErrors()) {
                failure.printStackTrace(err);
            }
            return usage ? 2 : 1;
        }
    }

    /**
     * The main of a program. Ends the virtual machine with status 1 or 2 if it fails, and returns if all is well, so that it can run
     * inside another program such as Maven.
     */
    static void main(Program program, String[] args) {
        // Which kernels run is printed and reported by the run itself; standard error is kept for what needs attention.
        Logger library =
                Logger.getLogger("io.github.hecnn"); // held here: the logging system forgets loggers nobody holds
        library.setLevel(Level.WARNING);
        int status = program.run(args, System.getenv(), System.out, System.err);
        System.out.flush();
        System.err.flush();
        library.setLevel(null);
        if (status != 0) {
            System.exit(status);
        }
    }
}
