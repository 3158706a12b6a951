package io.github.hecnn.cli.train;

import io.github.hecnn.cli.console.ProgramRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One call of the command line and what came of it.
 *
 * @param status exit status
 * @param out lines on standard output
 * @param err lines on standard error
 */
record Cli(int status, List<String> out, List<String> err) {
    /** Runs without HECNN_DATA. */
    static Cli run(Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        int status = ProgramRun.of(new MnistRun())
                .run(
                        words,
                        Map.of(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Cli(
                status,
                out.toString(StandardCharsets.UTF_8).lines().toList(),
                err.toString(StandardCharsets.UTF_8).lines().toList());
    }
}
