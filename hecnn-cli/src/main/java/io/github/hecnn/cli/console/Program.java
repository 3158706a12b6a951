package io.github.hecnn.cli.console;

import io.github.hecnn.cli.options.OutputArguments;
import java.io.PrintStream;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** A program with a command line. Whatever fails in it becomes one line. */
public interface Program {
    /** {@return its command line, whose parsing fills its options; the same one at every call} */
    CommandLine parser();

    /**
     * Does what the options say, once they are parsed.
     *
     * @param environment where HECNN_DATA is looked up
     * @param results takes progress and results
     * @throws Exception what went wrong
     */
    void play(Map<String, String> environment, Results results) throws Exception;

    /** {@return what its command line says about its output} */
    OutputArguments output();

    /**
     * {@return the line of an error in this program's words}
     *
     * @param line expected, found and remedy, as the library says it
     */
    default String reworded(String line) {
        return line;
    }

    /** What {@link #main} runs. */
    @FunctionalInterface
    interface Runner {
        /**
         * {@return the exit status}
         *
         * @param args the command line
         * @param environment where HECNN_DATA is looked up
         * @param out standard output
         * @param err standard error
         */
        int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err);
    }

    /**
     * The main of a program. Ends the virtual machine with status 1 or 2 if it fails, and returns if all is well, so that it can run
     * inside another program such as Maven.
     *
     * @param runner the program
     * @param args the command line
     */
    static void main(Runner runner, String[] args) {
        // Which kernels run is printed and reported by the run itself; standard error is kept for what needs attention.
        Logger library =
                Logger.getLogger("io.github.hecnn"); // held here: the logging system forgets loggers nobody holds
        library.setLevel(Level.WARNING);
        // No desktop, and no word of the sentence encoder's libraries that nobody logs what they say.
        System.setProperty("java.awt.headless", System.getProperty("java.awt.headless", "true"));
        System.setProperty("slf4j.internal.verbosity", System.getProperty("slf4j.internal.verbosity", "ERROR"));
        int status = runner.run(args, System.getenv(), System.out, System.err);
        System.out.flush();
        System.err.flush();
        library.setLevel(null);
        if (status != 0) {
            System.exit(status);
        }
    }
}
