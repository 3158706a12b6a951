package io.github.hecnn.examples.images;

import io.github.hecnn.cli.Programs;

/**
 * Trains a classifier of the images of a folder, with a subfolder for each class, on encrypted features: as {@link io.github.hecnn.examples.MnistTraining}, with features by a
 * network from an ONNX file. {@code --help} lists the options.
 */
public final class ImageTraining {
    private ImageTraining() {}

    /**
     * Runs the example; see {@link Programs} for how it ends.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        Programs.imageTraining(args);
    }
}
