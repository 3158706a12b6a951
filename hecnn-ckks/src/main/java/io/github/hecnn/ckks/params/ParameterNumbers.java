package io.github.hecnn.ckks.params;

/** The numbers of a parameter set, of which its checks, its id and its text are made. */
record ParameterNumbers(
        int logRingDegree,
        int scaleBits,
        int digits,
        int secretHammingWeight,
        SecurityLevel securityLevel,
        ModulusChain chain) {

    int maxLevel() {
        return chain.maxLevel();
    }

    int chainLevel() {
        return chain.chainLevel();
    }

    int digitSize() {
        return (chain.dataPrimes().size() + digits - 1) / digits;
    }
}
