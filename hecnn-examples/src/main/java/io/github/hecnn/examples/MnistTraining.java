package io.github.hecnn.examples;

import java.util.Arrays;

/** Trains a classifier of handwritten digits on encrypted features. */
public final class MnistTraining {
    private MnistTraining() {}

    /**
     * Runs the example.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.out.println("MnistTraining " + Arrays.toString(args));
    }
}
