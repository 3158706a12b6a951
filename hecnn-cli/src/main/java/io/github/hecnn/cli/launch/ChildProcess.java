package io.github.hecnn.cli.launch;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A second virtual machine that has the terminal, gets what ends this one, and whose exit status becomes this one's. */
final class ChildProcess {
    /** Time for a child to end by itself when it is told to. */
    private static final int GRACE_SECONDS = 10;

    private static final int INTERRUPTED = 130;

    private ChildProcess() {}

    /**
     * Runs a class with the class path of this virtual machine.
     *
     * @return its exit status
     * @throws IOException if java cannot be started
     */
    static int run(List<String> flags, String mainClass, List<String> args) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(flags);
        words.add("-D" + ParentWatch.PROPERTY + "=" + ProcessHandle.current().pid());
        words.add("-cp");
        words.add(System.getProperty("java.class.path"));
        words.add(mainClass);
        words.addAll(args);
        Process child = new ProcessBuilder(words)
                .redirectInput(Redirect.INHERIT)
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.PIPE)
                .start();
        Thread stop = new Thread(() -> stop(child), "stop-child");
        Runtime.getRuntime().addShutdownHook(stop);
        ErrorLines errors = new ErrorLines(child.getErrorStream(), System.err);
        errors.start();
        try {
            int status = child.waitFor();
            errors.join();
            return status;
        } catch (InterruptedException e) {
            stop(child);
            return INTERRUPTED;
        }
    }

    /** When this virtual machine is told to end, by Ctrl-C or otherwise. */
    private static void stop(Process child) {
        child.toHandle().destroy(); // leaves its standard error to be read
        try {
            if (!child.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                child.destroyForcibly();
            }
        } catch (InterruptedException e) {
            child.destroyForcibly();
        }
    }
}
