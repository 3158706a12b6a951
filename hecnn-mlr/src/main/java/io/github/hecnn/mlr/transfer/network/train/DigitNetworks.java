package io.github.hecnn.mlr.transfer.network.train;

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
     * Settings that do for both on tens of thousands of digits.
     *
     * @param epochs at most, at least 1
     * @param seed of everything random
     * @return settings
     */
    public static TrainingSettings settings(int epochs, long seed) {
        return new TrainingSettings(epochs, 64, 1e-3, 0.01, 0, 1, seed);
    }
}
