package io.github.hecnn.mlr.transfer.network.train;

import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.transfer.network.AveragePooling;
import io.github.hecnn.mlr.transfer.network.Conv1d;
import io.github.hecnn.mlr.transfer.network.Dense;
import io.github.hecnn.mlr.transfer.network.Layer;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.PolynomialActivation;
import io.github.hecnn.mlr.transfer.network.conv.AveragePooling2d;
import io.github.hecnn.mlr.transfer.network.conv.Convolution2d;
import io.github.hecnn.mlr.transfer.network.conv.ImageShape;
import io.github.hecnn.mlr.transfer.network.conv.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network for classification that can be trained. Its last layer gives one number, the logit of class 1, or one for each class.
 *
 * <p>Numbers are {@code float}; results depend on the data, the settings and the seed only. Not thread-safe.
 */
public final class TrainableNetwork {
    private final LayerStack layers;

    private TrainableNetwork(List<Trainable> layers) {
        this.layers = new LayerStack(layers);
    }

    /**
     * Starts a network.
     *
     * @param inputs length of the input, at least 1
     * @param seed of the initial weights
     * @return a builder without layers
     * @throws IllegalArgumentException without inputs
     */
    public static Builder builder(int inputs, long seed) {
        return new Builder(inputs, seed);
    }

    /**
     * Trains by minimising the mean cross-entropy.
     *
     * @param x [samples][inputs], finite
     * @param labels [samples], from 0: 0 or 1 with one output, else as many classes as outputs
     * @param settings how
     * @return losses and the epoch kept
     * @throws IllegalArgumentException if shapes differ or a number is not as described
     * @throws ArithmeticException if training diverged: the loss is no longer a number
     */
    public TrainingHistory fit(double[][] x, int[] labels, NetworkTrainingSettings settings) {
        return new Fitting(layers, x, labels, settings).run();
    }

    /**
     * Probabilities of class 1, of a network with one output.
     *
     * @param x [samples][inputs]
     * @return [samples]
     * @throws IllegalArgumentException if an input has another length or is not finite, or the network has several outputs
     */
    public double[] predict(double[][] x) {
        return Arrays.stream(logits(x)).map(CrossEntropy::sigmoid).toArray();
    }

    double[] logits(double[][] x) {
        if (layers.outputs() != 1) {
            throw new IllegalArgumentException(
                    "predict: expected a network of one output, found " + layers.outputs() + "; ask for its scores(x)");
        }
        return Arrays.stream(layers.scores(x)).mapToDouble(z -> z[0]).toArray();
    }

    /**
     * Outputs of the last layer; the largest is that of the predicted class.
     *
     * @param x [samples][inputs]
     * @return [samples][outputs]
     * @throws IllegalArgumentException if an input has another length or is not finite
     */
    public double[][] scores(double[][] x) {
        return layers.scores(x);
    }

    /**
     * The first layers as a description, for evaluation in the clear or encrypted.
     *
     * @param count how many layers, at least 1
     * @return their network
     * @throws IllegalArgumentException if there are fewer, or one of them has no counterpart: ReLU, maximum, dropout
     */
    public Network export(int count) {
        if (count < 1 || count > layers.size()) {
            throw new IllegalArgumentException(
                    "export: expected 1.." + layers.size() + " layers, found " + count + "; ask for what is there");
        }
        return layers.export(count);
    }

    /** {@return the number of layers} */
    public int layers() {
        return layers.size();
    }

    LayerStack stack() {
        return layers;
    }

    /** Puts layers one after the other. Not thread-safe. */
    public static final class Builder {
        private final List<Trainable> layers = new ArrayList<>();
        private final RandomSource random;
        private int width;

        private Builder(int inputs, long seed) {
            if (inputs < 1) {
                throw new IllegalArgumentException("trainable network: expected at least 1 input, found " + inputs
                        + "; give the width of the data");
            }
            this.width = inputs;
            this.random = RandomSource.seeded(seed);
        }

        private Builder add(Trainable layer) {
            layers.add(layer);
            width = layer.outputs;
            return this;
        }

        /**
         * A convolution that starts as the input times a gain.
         *
         * @param taps an odd number
         * @param gain sqrt(inputs) brings vectors of norm 1 to entries about 1
         * @return this
         * @throws IllegalArgumentException if the number of taps is even
         */
        public Builder conv(int taps, double gain) {
            new Conv1d(new double[taps]); // for its check
            return add(new WeightLayers.ConvLayer(width, taps, gain, random));
        }

        /**
         * A dense layer with bias.
         *
         * @param outputs at least 1
         * @return this
         * @throws IllegalArgumentException without outputs
         */
        public Builder dense(int outputs) {
            if (outputs < 1) {
                throw new IllegalArgumentException(
                        "trainable network: expected a dense layer of at least 1 output, found " + outputs
                                + "; raise it");
            }
            return add(new WeightLayers.DenseLayer(width, outputs, random));
        }

        /**
         * A polynomial on every number. The loss also gets penalty/2 times the squared excess of its inputs over the range, summed
         * over the layer and averaged over samples.
         *
         * @param polynomial the polynomial
         * @param range half the width of the interval to stay in, positive
         * @param penalty weight of leaving it, 0 or more
         * @return this
         * @throws IllegalArgumentException if range or penalty are not so
         */
        public Builder polynomial(PolynomialActivation polynomial, double range, double penalty) {
            if (!(range > 0 && penalty >= 0)) {
                throw new IllegalArgumentException(
                        "trainable network: expected a positive range and no negative penalty," + " found " + range
                                + " and " + penalty + "; 5 and 0.01 do for the cubic");
            }
            return add(new PlainLayers.PolynomialLayer(width, polynomial, range, penalty));
        }

        /**
         * A two-dimensional convolution with bias.
         *
         * @param input size of the images that come so far
         * @param window size, steps and padding
         * @param filters at least 1
         * @return this
         * @throws IllegalArgumentException if what comes so far has another length, the window does not fit, or there is no filter
         */
        public Builder convolution2d(ImageShape input, Window window, int filters) {
            requireWidth("convolution2d", input.length());
            window.over(input, filters);
            return add(new ImageLayers.ConvolutionLayer(input, window, filters, random));
        }

        /**
         * Average pooling of images.
         *
         * @param pooling of the images that come so far
         * @return this
         * @throws IllegalArgumentException if what comes so far has another length
         */
        public Builder averagePooling2d(AveragePooling2d pooling) {
            requireWidth("averagePooling2d", pooling.input().length());
            return add(new ImageLayers.PoolingLayer(pooling));
        }

        private void requireWidth(String what, int expected) {
            if (width != expected) {
                throw new IllegalArgumentException("trainable network: expected an image of " + expected
                        + " numbers before " + what + ", found " + width + "; give the size of what comes so far");
            }
        }

        /**
         * max(0, x) on every number.
         *
         * @return this builder
         */
        public Builder relu() {
            return add(new PlainLayers.ReluLayer(width));
        }

        /**
         * Average pooling of stride 1.
         *
         * @param size 1..width so far
         * @return this
         * @throws IllegalArgumentException if the size is not in that range
         */
        public Builder averagePooling(int size) {
            return add(new PlainLayers.AverageLayer(width, size));
        }

        /**
         * Maximum of groups that do not overlap; a shorter rest is left out.
         *
         * @param size 1..width so far
         * @return this
         * @throws IllegalArgumentException if the size is not in that range
         */
        public Builder maxPooling(int size) {
            new AveragePooling(size).outputs(width); // the same bounds
            return add(new PlainLayers.MaxLayer(width, size));
        }

        /**
         * Dropout while training.
         *
         * @param share of numbers set to 0, from 0 to less than 1
         * @return this
         * @throws IllegalArgumentException if the share is not in that range
         */
        public Builder dropout(double share) {
            if (!(share >= 0 && share < 1)) {
                throw new IllegalArgumentException(
                        "trainable network: expected a dropout share of 0 to less than 1, found " + share
                                + "; 0.3 is usual");
            }
            return add(new PlainLayers.DropoutLayer(width, share));
        }

        /**
         * Layers with given weights, to train on from there.
         *
         * @param network takes what there is so far
         * @param range of its polynomials, see {@link #polynomial}
         * @param penalty of its polynomials
         * @return this
         * @throws IllegalArgumentException if the network has another number of inputs, range or penalty are wrong, or it has a layer
         *     that cannot be trained here
         */
        public Builder network(Network network, double range, double penalty) {
            if (network.inputs() != width) {
                throw new IllegalArgumentException("trainable network: expected a network of " + width
                        + " inputs, found one of " + network.inputs() + "; take one that fits");
            }
            for (Layer layer : network.layers()) {
                if (layer instanceof Dense d) {
                    add(new WeightLayers.DenseLayer(d));
                } else if (layer instanceof Conv1d c) {
                    add(new WeightLayers.ConvLayer(width, c));
                } else if (layer instanceof AveragePooling a) {
                    averagePooling(a.width());
                } else if (layer instanceof PolynomialActivation p) {
                    polynomial(p, range, penalty);
                } else if (layer instanceof Convolution2d c) {
                    add(new ImageLayers.ConvolutionLayer(c));
                } else if (layer instanceof AveragePooling2d a) {
                    averagePooling2d(a);
                } else {
                    throw new IllegalArgumentException(
                            "trainable network: expected dense layers, convolutions, averages"
                                    + " and polynomials, found " + layer + "; fold it into its neighbour first");
                }
            }
            return this;
        }

        /**
         * The network for classes 0 and 1.
         *
         * @return ready to train
         * @throws IllegalArgumentException if its last layer does not give exactly one number
         */
        public TrainableNetwork build() {
            if (layers.isEmpty() || width != 1) {
                throw new IllegalArgumentException("trainable network: expected one output, found "
                        + (layers.isEmpty() ? "no layer" : width + " outputs") + "; end with dense(1)");
            }
            return new TrainableNetwork(layers);
        }

        /**
         * The network for as many classes as its last layer gives numbers.
         *
         * @return ready to train
         * @throws IllegalArgumentException if its last layer does not give two numbers or more
         */
        public TrainableNetwork buildClassifier() {
            if (layers.isEmpty() || width < 2) {
                throw new IllegalArgumentException(
                        "trainable network: expected an output for each of 2 classes or more," + " found "
                                + (layers.isEmpty() ? "no layer" : "1 output") + "; end with dense(classes)");
            }
            return new TrainableNetwork(layers);
        }
    }
}
