package io.github.hecnn.mlr.transfer;

import io.github.hecnn.mlr.roles.RoleListener;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A phase of a role that reads or writes files. */
final class Phase {
    private Phase() {}

    /** What is done in it. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Lets a listener hear of it; what the files throw comes out as it is. */
    static <T> T during(RoleListener listener, String name, Work<T> work) throws IOException {
        try {
            return listener.during(name, () -> {
                try {
                    return work.run();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Seconds since. */
    static double since(long nanoTime) {
        return (System.nanoTime() - nanoTime) * 1e-9;
    }
}
