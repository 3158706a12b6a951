package io.github.hecnn.docs;

import io.github.hecnn.cli.Hecnn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What goes wrong most often on the command line: the one line that the program prints. */
final class ProgramMistakes {
    private static final String PREFIX = "error: ";

    private ProgramMistakes() {}

    static List<ThrowingCallable> all(Path folder) {
        return List.of(
                () -> run("trian"),
                () -> run("train", "--no-such", "1"),
                () -> run("train", "--iterations", "two"),
                () -> run("train", "--heap", "2g"),
                () -> run("train", "--test-csv", folder.toString()),
                () -> run("train", "long", "--epochs", "2", "--iterations", "10"),
                () -> run("train", "--rehearse", "--role", "owner-encrypt"),
                () -> run("predict", folder.toString(), folder.resolve("no.csv").toString()),
                () -> run("predict", folder.toString(), csv(folder)),
                () -> run("params", "--depth", "30", "--precision", "40"),
                () -> run("inspect", folder.resolve("nothing").toString()),
                () -> run("inspect", csv(folder)));
    }

    private static String csv(Path folder) throws IOException {
        return Files.writeString(folder.resolve("new.csv"), "height,width\n1,2\n")
                .toString();
    }

    /** Fails with what is printed, without its first word. */
    private static void run(String... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = Hecnn.run(args, Map.of(), print(out), print(err));
        String line = err.toString(StandardCharsets.UTF_8).strip();
        if (status != 0) {
            throw new IllegalStateException(
                    line.startsWith(PREFIX) ? line.substring(PREFIX.length()) : "no error line: " + line);
        }
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }
}
