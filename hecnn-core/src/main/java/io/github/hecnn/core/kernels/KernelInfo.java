package io.github.hecnn.core.kernels;

import io.github.hecnn.core.internal.kernel.choice.KernelProvider;
import java.util.Objects;

/**
 * Which arithmetic kernels this JVM runs, for logs and bug reports. All kernels give the same bits; they differ in speed only. They
 * are chosen once per JVM: with the Vector API if java was started with {@code --add-modules jdk.incubator.vector} and the CPU
 * is up to it, else portable loops; {@code -Dhecnn.kernels=portable|vector} overrides the choice. Immutable and thread-safe.
 *
 * @param name {@code portable}, or {@code vector-} followed by the bits of a vector
 * @param vectorBits bits of a vector; 0 for the portable kernels
 * @param reason why they were chosen, and how to get faster ones where there are any
 */
public record KernelInfo(String name, int vectorBits, String reason) {
    private static final String VECTOR = "vector-";

    /**
     * A description.
     *
     * @param name see the component
     * @param vectorBits see the component
     * @param reason see the component
     * @throws NullPointerException if a text is null
     */
    public KernelInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * The kernels of this JVM; chooses them if nothing has yet.
     *
     * @return name, width and reason
     * @throws IllegalStateException if {@code -Dhecnn.kernels} has another value than portable or vector, or asks for vector and the
     *     JVM has not got it
     */
    public static KernelInfo active() {
        String name = KernelProvider.kernels().name();
        int bits = name.startsWith(VECTOR) ? Integer.parseInt(name.substring(VECTOR.length())) : 0;
        return new KernelInfo(name, bits, KernelProvider.reason());
    }

    /** Name and reason in one line, such as {@code vector-256 kernels (module jdk.incubator.vector is present)}. */
    @Override
    public String toString() {
        return name + " kernels (" + reason + ")";
    }
}
