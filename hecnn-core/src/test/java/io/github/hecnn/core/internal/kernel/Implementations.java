package io.github.hecnn.core.internal.kernel;

import io.github.hecnn.core.internal.kernel.portable.PortableKernels;
import io.github.hecnn.core.internal.kernel.vector.VectorKernels;
import java.util.stream.Stream;

/** The kernels under test; the build runs tests with the vector module. */
final class Implementations {
    private Implementations() {}

    static Stream<RingKernels> all() {
        return Stream.of(new PortableKernels(), new VectorKernels());
    }
}
