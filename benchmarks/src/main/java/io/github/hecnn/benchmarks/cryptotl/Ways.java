package io.github.hecnn.benchmarks.cryptotl;

import java.util.ArrayList;
import java.util.List;

/**
 * What is measured, and under which names: {@code transfer 20}, the head on outputs of the encoder for 20 examples, all in the clear;
 * {@code raw 20}, the same head on the embedding; {@code own}, the source's own head as it is, with no example of the target; {@code
 * joint}, all layers trained on both tasks; {@code encrypted} and {@code clear}, transfer with and without encryption on the same, fewer,
 * tests; {@code no noise 100} and {@code eps 8.0 100}, linear heads for 100 examples without and with differential privacy.
 *
 * @param samples numbers of examples of the target task; joint and encrypted take the last
 * @param joint whether all layers are trained on both tasks, too
 * @param encryptedTests test examples that are encrypted, 0 for none; with the first seed only
 * @param fast whether to encrypt with the smaller parameters
 * @param privateSamples numbers of examples of the private heads
 * @param epsilons of the private heads, none for no such heads
 * @param delta of the private heads
 */
record Ways(
        List<Integer> samples,
        boolean joint,
        int encryptedTests,
        boolean fast,
        List<Integer> privateSamples,
        List<Double> epsilons,
        double delta) {
    static final String OWN = "own";
    static final String JOINT = "joint";
    static final String ENCRYPTED = "encrypted";
    static final String CLEAR = "clear";

    /** Texts that are to be left for tests of a private head; a task with fewer is left out. */
    private static final int LEAST_TESTS = 500;

    static String transfer(int samples) {
        return "transfer " + samples;
    }

    static String raw(int samples) {
        return "raw " + samples;
    }

    static String noNoise(int samples) {
        return "no noise " + samples;
    }

    static String epsilon(double epsilon, int samples) {
        return "eps " + epsilon + ' ' + samples;
    }

    /** The largest number of examples. */
    int most() {
        return samples.get(samples.size() - 1);
    }

    /** Numbers of examples of private heads that a task of that many texts has enough for. */
    List<Integer> privateSamples(int texts) {
        return epsilons.isEmpty()
                ? List.of()
                : privateSamples.stream().filter(n -> n + LEAST_TESTS <= texts).toList();
    }

    /** Ways by number of examples, and how the table calls them. */
    List<String> bySamples() {
        List<String> out = new ArrayList<>(List.of(OWN));
        samples.forEach(n -> out.addAll(List.of(transfer(n), raw(n))));
        return out;
    }

    /** Private ways with so many examples. */
    List<String> byEpsilon(int examples) {
        List<String> out = new ArrayList<>(List.of(noNoise(examples)));
        epsilons.forEach(e -> out.add(epsilon(e, examples)));
        return out;
    }
}
