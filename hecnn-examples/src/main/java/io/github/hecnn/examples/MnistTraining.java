package io.github.hecnn.examples;

import io.github.hecnn.cli.Programs;

/**
 * Trains a classifier of handwritten digits on encrypted features: the data owner encrypts, the cloud trains with evaluation
 * keys only, the data owner decrypts and tests. {@code --help} lists the options,
 * {@code --recipe long --help} those of training for long.
 */
public final class MnistTraining {
    private MnistTraining() {}

    /**
     * Runs the example; see {@link Programs} for how it ends.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        Programs.mnistTraining(args);
    }
}
