package io.github.hecnn.mlr.recipe;

import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.features.Preconditioner;
import java.util.Objects;

/**
 * The shape and settings of one training run; {@link #builder} takes four and has defaults for the rest: the paper's sigmoid cubic and
 * schedule, weights from zero, {@link Preconditioner#PROGRAM_BOUND}, {@link OutsideInterval#REFUSE}, learning rate 1, no weight decay,
 * one-hot labels.
 *
 * <p>The cloud has to know shape, iterations, sigmoid, schedule, learning rate, weight decay, and whether there are first weights. Preconditioner, label
 * smoothing and the word on the interval are the owner's alone and change nothing at the cloud.
 *
 * <p>Immutable and thread-safe.
 */
public final class MlrConfig {
    private final MlrConfigValues values;

    private MlrConfig(MlrConfigValues values) {
        this.values = values;
    }

    /**
     * Begins settings.
     *
     * @param samples training samples, at least 1
     * @param features columns of the design matrix with the leading 1, at least 2
     * @param classes at least 2
     * @param iterations at least 1
     * @return a builder
     */
    public static Builder builder(int samples, int features, int classes, int iterations) {
        return new Builder(samples, features, classes, iterations);
    }

    /**
     * {@return settings with all defaults}
     *
     * @param samples number of samples
     * @param features columns with the leading 1
     * @param classes number of classes
     * @param iterations number of iterations
     * @throws IllegalArgumentException as {@link Builder#build}
     */
    public static MlrConfig of(int samples, int features, int classes, int iterations) {
        return builder(samples, features, classes, iterations).build();
    }

    /** {@return a builder with these settings} */
    public Builder toBuilder() {
        Builder b = new Builder(values.samples(), values.features(), values.classes(), values.iterations());
        b.sigmoid = values.sigmoid();
        b.initialWeight = values.initialWeight();
        b.startWeights = values.startWeights();
        b.preconditioner = values.preconditioner();
        b.outsideInterval = values.outsideInterval();
        b.schedule = values.schedule();
        b.learningRate = values.learningRate();
        b.l2 = values.l2();
        b.labelSmoothing = values.labelSmoothing();
        return b;
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private int samples;
        private int features;
        private int classes;
        private int iterations;
        private SigmoidApproximation sigmoid = SigmoidApproximation.PAPER_CUBIC;
        private double initialWeight;
        private double[][] startWeights;
        private Preconditioner preconditioner = Preconditioner.PROGRAM_BOUND;
        private OutsideInterval outsideInterval = OutsideInterval.REFUSE;
        private Schedule schedule = Schedule.paper();
        private double learningRate = 1;
        private double l2;
        private double labelSmoothing;

        private Builder(int samples, int features, int classes, int iterations) {
            this.samples = samples;
            this.features = features;
            this.classes = classes;
            this.iterations = iterations;
        }

        /**
         * {@return this builder}
         * @param value training samples, at least 1
         */
        public Builder samples(int value) {
            samples = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value columns of the design matrix with the leading 1, at least 2
         */
        public Builder features(int value) {
            features = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value iterations that are planned for, at least 1
         */
        public Builder iterations(int value) {
            iterations = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value the polynomial used in place of the sigmoid
         */
        public Builder sigmoid(SigmoidApproximation value) {
            sigmoid = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value the value of every weight before the first iteration, finite; takes back {@link #startWeights}
         */
        public Builder initialWeight(double value) {
            initialWeight = value;
            startWeights = null;
            return this;
        }

        /**
         * Weights before the first iteration, such as those of a public model to go on from.
         *
         * @param value [classes][features], finite, copied by {@link #build}
         * @return this builder
         */
        public Builder startWeights(double[][] value) {
            startWeights = Objects.requireNonNull(value, "startWeights");
            initialWeight = 0;
            return this;
        }

        /**
         * {@return this builder}
         * @param value the diagonal of the quadratic gradient
         */
        public Builder preconditioner(Preconditioner value) {
            preconditioner = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value what to do when a score leaves the interval of the polynomial
         */
        public Builder outsideInterval(OutsideInterval value) {
            outsideInterval = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value step sizes and momentum
         */
        public Builder schedule(Schedule value) {
            schedule = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value what every step size is multiplied by; positive
         */
        public Builder learningRate(double value) {
            learningRate = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value L2 weight lambda, 0 and more: with the quadratic gradient's diagonal b the objective loses lambda/2 times the sum of
         *     w_k^2 / b_k, so that a step of size a also takes a lambda w off every weight w. The leading column counts like the
         *     others
         */
        public Builder l2(double value) {
            l2 = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value what is taken off the label of the right class and shared by all classes, 0 and more, below 1
         */
        public Builder labelSmoothing(double value) {
            labelSmoothing = value;
            return this;
        }

        /**
         * Checks the settings.
         *
         * @return the settings
         * @throws IllegalArgumentException if one is out of its range
         */
        public MlrConfig build() {
            return new MlrConfig(new MlrConfigValues(
                    samples,
                    features,
                    classes,
                    iterations,
                    sigmoid,
                    initialWeight,
                    startWeights,
                    preconditioner,
                    outsideInterval,
                    schedule,
                    learningRate,
                    l2,
                    labelSmoothing));
        }
    }

    /** {@return training samples} */
    public int samples() {
        return values.samples();
    }

    /** {@return columns of the design matrix with the leading 1} */
    public int features() {
        return values.features();
    }

    /** {@return number of classes} */
    public int classes() {
        return values.classes();
    }

    /** {@return iterations that are planned for} */
    public int iterations() {
        return values.iterations();
    }

    /** {@return the polynomial used in place of the sigmoid} */
    public SigmoidApproximation sigmoid() {
        return values.sigmoid();
    }

    /** {@return the value of every weight before the first iteration; 0 if there are start weights} */
    public double initialWeight() {
        return values.initialWeight();
    }

    /** {@return whether each weight before the first iteration is given by itself} */
    public boolean hasStartWeights() {
        return values.startWeights() != null;
    }

    /** {@return weights before the first iteration, [classes][features], a new array} */
    public double[][] startWeights() {
        double[][] out = new double[classes()][features()];
        for (int j = 0; j < out.length; j++) {
            for (int k = 0; k < out[j].length; k++) {
                out[j][k] = startWeight(j, k);
            }
        }
        return out;
    }

    /**
     * {@return the weight of a class and a feature before the first iteration}
     *
     * @param classIndex from 0
     * @param feature from 0, the bias
     */
    public double startWeight(int classIndex, int feature) {
        return hasStartWeights() ? values.startWeights()[classIndex][feature] : initialWeight();
    }

    /** {@return the diagonal of the quadratic gradient} */
    public Preconditioner preconditioner() {
        return values.preconditioner();
    }

    /** {@return what to do when a score leaves the interval of the polynomial} */
    public OutsideInterval outsideInterval() {
        return values.outsideInterval();
    }

    /** {@return step sizes and momentum} */
    public Schedule schedule() {
        return values.schedule();
    }

    /** {@return what every step size is multiplied by} */
    public double learningRate() {
        return values.learningRate();
    }

    /** {@return L2 weight; see {@link Builder#l2}} */
    public double l2() {
        return values.l2();
    }

    /** {@return what is taken off the label of the right class and shared by all classes} */
    public double labelSmoothing() {
        return values.labelSmoothing();
    }

    /**
     * {@return these settings with another preconditioner}
     *
     * @param value the diagonal of the quadratic gradient
     */
    public MlrConfig withPreconditioner(Preconditioner value) {
        return toBuilder().preconditioner(value).build();
    }

    /**
     * {@return these settings with another word on scores outside of the polynomial's interval}
     *
     * @param value whether to go on
     */
    public MlrConfig withOutsideInterval(OutsideInterval value) {
        return toBuilder().outsideInterval(value).build();
    }

    /**
     * {@return these settings for another number of samples}
     *
     * @param value at least 1
     * @throws IllegalArgumentException if it is below 1
     */
    public MlrConfig withSamples(int value) {
        return toBuilder().samples(value).build();
    }

    /**
     * {@return these settings for another number of iterations}
     *
     * @param value at least 1
     * @throws IllegalArgumentException if it is below 1
     */
    public MlrConfig withIterations(int value) {
        return toBuilder().iterations(value).build();
    }

    /**
     * Labels as numbers: 1 - e + e/classes for the right class and e/classes for the others, where e is the label smoothing.
     *
     * @param labels each 0..classes-1
     * @return [samples][classes]
     * @throws IllegalArgumentException if a label is out of range
     */
    public double[][] targets(int[] labels) {
        return Targets.of(labels, classes(), labelSmoothing());
    }

    /**
     * Checks that training data has the shape of these settings.
     *
     * @param x [samples][features], column 0 all ones
     * @param labels [samples], 0..classes-1
     * @throws IllegalArgumentException naming the first thing that does not fit
     */
    public void check(double[][] x, int[] labels) {
        MlrConfigChecks.shape(samples(), features(), x, labels.length);
        targets(labels);
    }

    /**
     * Checks that training data has the shape of these settings.
     *
     * @param x [samples][features], column 0 all ones
     * @param targets [samples][classes], each from 0 to 1
     * @throws IllegalArgumentException naming the first thing that does not fit
     */
    public void check(double[][] x, double[][] targets) {
        MlrConfigChecks.shape(samples(), features(), x, targets.length);
        Targets.check(targets, classes());
    }

    /** A hash of what decides on the course of a training at the cloud. */
    long courseHash() {
        return values.courseHash();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof MlrConfig c && values.equals(c.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
