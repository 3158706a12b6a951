package io.github.hecnn.cli.console;

import io.github.hecnn.mlr.report.JsonReport;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where the words of a program go: text for people, or with {@code --json} one JSON value on standard output and all the rest on standard
 * error. Used by one run.
 */
public final class Results {
    private final PrintStream out;
    private final PrintStream people;
    private boolean printed;

    private Results(PrintStream out, PrintStream people) {
        this.out = out;
        this.people = people;
    }

    /**
     * {@return results as text}
     *
     * @param out for results and progress
     */
    public static Results text(PrintStream out) {
        return new Results(out, out);
    }

    /**
     * {@return results as JSON}
     *
     * @param out for results
     * @param err for progress
     */
    public static Results json(PrintStream out, PrintStream err) {
        return new Results(out, err);
    }

    private boolean json() {
        return out != people;
    }

    /** {@return where progress and remarks go} */
    public PrintStream people() {
        return people;
    }

    /**
     * Prints the result, once in a run.
     *
     * @param value a record, map or list, for JSON
     * @param text prints the same for people
     */
    public void print(Object value, Consumer<PrintStream> text) {
        printed = true;
        if (json()) {
            out.print(JsonReport.text(value));
        } else {
            text.accept(out);
        }
    }

    /** At the end of a run: a JSON value in any case, for what has no result of its own. */
    void end() {
        if (json() && !printed) {
            out.print(JsonReport.text(Map.of("done", true)));
        }
    }
}
