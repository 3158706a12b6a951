package io.github.hecnn.cli.options;

import io.github.hecnn.core.sampling.RandomSource;
import picocli.CommandLine.Option;

/** The options that every training has. */
public final class CommonArguments extends OutputArguments {
    private static final int MAX_THREADS = 1024;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Worker threads; the result does not depend on it (default: all processors).")
    private Integer threads;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Make keys and encryption repeatable. For demonstrations only: whoever knows the number knows"
                    + " the secret key (default: secure randomness).")
    private Long seed;

    /** Before parsing. */
    public CommonArguments() {}

    /**
     * {@return the number of worker threads}
     *
     * @throws picocli.CommandLine.ParameterException if the number makes no sense
     */
    public int threads() {
        int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        require(workers >= 1 && workers <= MAX_THREADS, "--threads: expected 1..1024, found " + workers);
        return workers;
    }

    /** {@return the seed of keys and encryption; null for secure randomness} */
    public Long seed() {
        return seed;
    }

    /**
     * {@return the randomness of keys and encryption}
     *
     * @param insecure whether the keys protect nothing in any case
     */
    public RandomSource random(boolean insecure) {
        return seed == null
                ? RandomSource.secure()
                : insecure ? RandomSource.seeded(seed) : RandomSource.reproducible(seed);
    }
}
