package io.github.hecnn.mlr.report;

/**
 * What a report cannot see from plan, data and results.
 *
 * @param program that ran
 * @param recipe as its option names it
 * @param features where they come from, such as {@code h392} or the name of a file
 * @param seed of keys and encryption; null for secure randomness
 * @param threads worker threads of this process
 */
public record RunDescription(String program, String recipe, String features, Long seed, int threads) {}
