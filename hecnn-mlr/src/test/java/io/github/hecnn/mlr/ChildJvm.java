package io.github.hecnn.mlr;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Virtual machines of their own, with the class path of the tests. */
public final class ChildJvm {
    private ChildJvm() {}

    /**
     * A process that can be started.
     *
     * @param main its main class
     * @param options of the virtual machine, such as {@code -Xmx100m}
     * @param arguments of the main method
     */
    public static ProcessBuilder of(Class<?> main, List<String> options, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command);
    }

    /** Runs it silently; how it ended. */
    public static int exitCode(ProcessBuilder process) throws IOException, InterruptedException {
        return process.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
