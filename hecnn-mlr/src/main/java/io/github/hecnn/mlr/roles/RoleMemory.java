package io.github.hecnn.mlr.roles;

import java.util.Locale;

/** Heap of one role against what there is, before anything large is made. */
public final class RoleMemory {
    private RoleMemory() {}

    /**
     * Refuses what does not fit into this virtual machine.
     *
     * @param role who needs it, such as {@code owner: encrypt}
     * @param bytes that the role gets by with, as of {@link io.github.hecnn.mlr.plan.TrainingPlan#memoryBytes(io.github.hecnn.mlr.plan.PlanRole)}
     * @throws IllegalArgumentException if the heap is smaller; the text has both numbers
     */
    public static void require(String role, long bytes) {
        require(role, bytes, Runtime.getRuntime().maxMemory());
    }

    /**
     * The same with other words for what to do besides allowing more.
     *
     * @param role what to call it in the error
     * @param bytes that it needs
     * @param otherwise said at the end of the error, such as {@code or choose fewer samples}
     * @throws IllegalArgumentException if the heap is smaller; the text has both numbers
     */
    public static void require(String role, long bytes, String otherwise) {
        require(role, bytes, Runtime.getRuntime().maxMemory(), otherwise);
    }

    static void require(String role, long bytes, long heap) {
        require(role, bytes, heap, "or choose fewer samples, features or iterations");
    }

    private static void require(String role, long bytes, long heap, String otherwise) {
        if (bytes > heap) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s: expected at most %.1f MB of memory, found a need of %.1f MB; allow more (-Xmx%dm), %s",
                    role,
                    heap / 1e6,
                    bytes / 1e6,
                    ((bytes + bytes / 4) >> 20) + 1,
                    otherwise));
        }
    }

    /**
     * {@return heap of data that is at hand besides the training data: read, scaled, and once more while it is}
     *
     * @param samples of it
     * @param features of each, without the leading 1
     */
    public static long dataBytes(long samples, long features) {
        return 3 * samples * (features + 1) * Double.BYTES;
    }
}
