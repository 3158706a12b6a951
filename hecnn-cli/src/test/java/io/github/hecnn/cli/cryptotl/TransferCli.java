package io.github.hecnn.cli.cryptotl;

import static org.assertj.core.api.Assertions.assertThat;

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
record TransferCli(int status, List<String> out, List<String> err) {
    /** Runs without HECNN_DATA. */
    static TransferCli run(Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        int status = ProgramRun.of(new TransferRun())
                .run(
                        words,
                        Map.of(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return new TransferCli(
                status,
                out.toString(StandardCharsets.UTF_8).lines().toList(),
                err.toString(StandardCharsets.UTF_8).lines().toList());
    }

    static void succeed(Object... args) {
        TransferCli run = run(args);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }
}
