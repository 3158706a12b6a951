/**
 * The ring side of homomorphic encryption: modular arithmetic on exact integers in doubles, negacyclic NTT, RNS
 * polynomials, samplers.
 *
 * <p>Reads {@code jdk.incubator.vector} when the running JVM has it in its boot layer; see the kernel provider.
 */
module io.github.hecnn.core {
    exports io.github.hecnn.core.files;
    exports io.github.hecnn.core.modular;
    exports io.github.hecnn.core.ntt;
    exports io.github.hecnn.core.parallel;
    exports io.github.hecnn.core.rns;
    exports io.github.hecnn.core.sampling;
}
