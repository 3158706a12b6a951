package io.github.hecnn.core.internal.kernel;

import java.util.stream.Stream;

/** The kernels under test; the build runs tests with the vector module. */
final class Implementations {
    private Implementations() {}

    static Stream<RingKernels> all() {
        return Stream.of(new PortableKernels(), new VectorKernels());
    }
}
