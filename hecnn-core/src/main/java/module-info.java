/**
 * The ring side of homomorphic encryption: modular arithmetic on exact integers in doubles, negacyclic NTT, RNS
 * polynomials, samplers.
 *
 * <p>For users are workers, random sources and the description of the kernels. The rest is for the modules above.
 *
 * <p>Reads {@code jdk.incubator.vector} when the running JVM has it in its boot layer; see the kernel provider.
 */
@SuppressWarnings("module") // the modules above are not there yet when this one is compiled
module io.github.hecnn.core {
    exports io.github.hecnn.core.kernels;
    exports io.github.hecnn.core.parallel;
    exports io.github.hecnn.core.sampling;
    exports io.github.hecnn.core.files to
            io.github.hecnn.ckks,
            io.github.hecnn.cli,
            io.github.hecnn.mlr,
            io.github.hecnn.spark;
    exports io.github.hecnn.core.modular to
            io.github.hecnn.ckks,
            io.github.hecnn.cli;
    exports io.github.hecnn.core.ntt to
            io.github.hecnn.ckks,
            io.github.hecnn.cli;
    exports io.github.hecnn.core.rns to
            io.github.hecnn.ckks;
}
