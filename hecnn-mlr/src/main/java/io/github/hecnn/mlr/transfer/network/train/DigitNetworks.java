package io.github.hecnn.mlr.transfer.network.train;

import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.PolynomialActivation;
import io.github.hecnn.mlr.transfer.network.conv.AveragePooling2d;
import io.github.hecnn.mlr.transfer.network.conv.ImageShape;
import io.github.hecnn.mlr.transfer.network.conv.Window;

/** Networks for handwritten digits, grey images of 28 x 28 with pixels in [0, 1], that run encrypted in few levels. */
public final class DigitNetworks {
    /** Number of classes. */
    public static final int CLASSES = 10;
    /** Pixels of an image. */
    public static final ImageShape IMAGE = new ImageShape(1, 28, 28);

    /** No output of a trained network was larger on the test images. */
    public static final double OUTPUT_BOUND = 64;

    /** Epochs with steps of the usual size. */
    static final int EPOCHS = 12;
    /** Epochs with smaller ones. */
    static final int LAST_EPOCHS = 3;

    private static final int BATCH = 64;
    private static final double RATE = 1e-3;
    private static final double DECAY = 0.01;
    private static final int FILTERS = 8;
    private static final int HIDDEN = 1024;
    private static final double SQUARE_RANGE = 4;
    private static final double CUBIC_RANGE = 4.5;
    private static final double PENALTY = 0.01;

    private DigitNetworks() {}

    /**
     * A small CNN: 8 filters of 5 x 5 with stride 2 and padding 2, square, average pooling of 2 x 2, dense. 3 levels; 1,568 numbers
     * between the first layer and pooling.
     *
     * @param seed of the initial weights
     * @return an untrained network
     */
    public static TrainableNetwork smallCnn(long seed) {
        Window window = Window.square(5, 2, 2);
        ImageShape hidden = window.over(IMAGE, FILTERS);
        AveragePooling2d pooling = new AveragePooling2d(hidden, Window.square(2, 2, 0), true);
        return TrainableNetwork.builder(IMAGE.length(), seed)
                .convolution2d(IMAGE, window, FILTERS)
                .polynomial(PolynomialActivation.SQUARE, SQUARE_RANGE, PENALTY)
                .averagePooling2d(pooling)
                .dense(CLASSES)
                .buildClassifier();
    }

    /**
     * 784-1024-10 with CryptoTL's cubic: dense, cubic, dense. 4 levels.
     *
     * @param seed of the initial weights
     * @return an untrained network
     */
    public static TrainableNetwork wideCubic(long seed) {
        return TrainableNetwork.builder(IMAGE.length(), seed)
                .dense(HIDDEN)
                .polynomial(PolynomialActivation.CUBIC_RELU, CUBIC_RANGE, PENALTY)
                .dense(CLASSES)
                .buildClassifier();
    }

    /**
     * Trains either of them: {@value #EPOCHS} epochs, then {@value #LAST_EPOCHS} with smaller steps.
     *
     * @param network an untrained network
     * @param pixels [images][784], see {@link #pixels}
     * @param labels [images], 0..9
     * @param seed of the order of images
     * @return the trained network, to be evaluated in the clear or encrypted
     * @throws IllegalArgumentException if shapes differ or a number is not as described
     * @throws ArithmeticException if training diverged
     */
    public static Network train(TrainableNetwork network, double[][] pixels, int[] labels, long seed) {
        network.fit(pixels, labels, new NetworkTrainingSettings(EPOCHS, BATCH, RATE, DECAY, 0, 1, seed));
        network.fit(pixels, labels, new NetworkTrainingSettings(LAST_EPOCHS, BATCH, RATE / 5, DECAY, 0, 1, seed + 1));
        return network.export(network.layers());
    }

    /**
     * Pixels as the networks take them: divided by 255.
     *
     * @param images grey images of 28 x 28
     * @return [images][784]
     * @throws IllegalArgumentException if images have another size
     */
    public static double[][] pixels(ImageSet images) {
        if (images.rows() != IMAGE.height() || images.columns() != IMAGE.width()) {
            throw new IllegalArgumentException("pixels: expected images of 28 x 28, found " + images.rows() + " x "
                    + images.columns() + "; give images of digits");
        }
        double[][] out = new double[images.size()][IMAGE.length()];
        for (int i = 0; i < out.length; i++) {
            for (int k = 0; k < out[i].length; k++) {
                out[i][k] = (images.pixels()[i][k] & 255) / 255.0;
            }
        }
        return out;
    }
}
