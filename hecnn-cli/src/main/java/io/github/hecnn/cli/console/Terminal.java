package io.github.hecnn.cli.console;

import java.io.Console;

/** Tells whether somebody is watching. */
final class Terminal {
    private Terminal() {}

    /**
     * Whether standard input and output are an interactive terminal. From Java 22 on there is a console object in any case
     * and {@code Console.isTerminal()} tells, which this Java 17 code can only call by name.
     */
    @SuppressWarnings("SystemConsoleNull") // null up to Java 21; what is not null is asked below
    static boolean isInteractive() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }
}
