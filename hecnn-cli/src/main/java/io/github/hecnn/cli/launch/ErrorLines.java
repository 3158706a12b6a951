package io.github.hecnn.cli.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Passes standard error of a child on, but for the line in which Java warns about a module that was asked for. */
final class ErrorLines extends Thread {
    private static final String WARNING = "WARNING: Using incubator modules: jdk.incubator.vector";

    /** Where options come from the environment. */
    private static final String OPTIONS = "Picked up";

    private final InputStream in;
    private final PrintStream out;

    ErrorLines(InputStream in, PrintStream out) {
        super("child-errors");
        this.in = in;
        this.out = out;
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            boolean more = true;
            while (more) {
                byte[] line = firstLine();
                String text = new String(line, StandardCharsets.UTF_8).strip();
                if (!text.equals(WARNING)) {
                    out.write(line, 0, line.length);
                    out.flush();
                }
                more = text.startsWith(OPTIONS); // the warning comes after it
            }
            byte[] some = new byte[8192];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                out.write(some, 0, n);
                out.flush();
            }
        } catch (IOException closed) {
            // The child was told to end, and nobody waits for more.
        }
    }

    private byte[] firstLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            line.write(b);
            if (b == '\n'
                    || (b == '\r' && !line.toString(StandardCharsets.UTF_8).startsWith("WARNING"))) {
                break;
            }
        }
        return line.toByteArray();
    }
}
