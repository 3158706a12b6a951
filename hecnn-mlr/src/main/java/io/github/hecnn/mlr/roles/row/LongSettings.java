package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.mlr.approx.Response;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import java.util.List;
import java.util.Objects;

/**
 * How to train for long. Every setting has a default that works for images of ten classes; the step size is chosen by the owner's rehearsal unless
 * it is given.
 *
 * <p>Immutable and thread-safe; the {@linkplain #builder() builder} is not.
 */
public final class LongSettings {
    /** Most iterations of a run. */
    public static final int MAX_ITERATIONS = 1000;

    /** All defaults. */
    public static final LongSettings DEFAULT = builder().build();

    private final Values v;

    private LongSettings(Values v) {
        this.v = v;
    }

    /**
     * Begins from the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Iterations to do.
     *
     * @param samples of the training
     * @param batch samples of a minibatch
     * @return those that were given, or the epochs that were, at least 1
     * @throws IllegalArgumentException if the epochs make more than {@link #MAX_ITERATIONS}
     */
    public int iterations(int samples, int batch) {
        double wanted = v.epochs > 0 ? Math.max(1, Math.rint(v.epochs * samples / batch)) : v.iterations;
        if (wanted > MAX_ITERATIONS) {
            throw new IllegalArgumentException("long training: expected at most " + MAX_ITERATIONS
                    + " iterations, found " + v.epochs + " epochs of " + samples / batch
                    + " batches; ask for fewer epochs, or a larger batch");
        }
        return (int) wanted;
    }

    /**
     * Iterations that are rehearsed, and so the most that the run can be extended to.
     *
     * @param iterations that are to be done
     */
    int mostIterations(int iterations) {
        return v.extendableTo == 0 ? Math.min(MAX_ITERATIONS, 2 * iterations) : Math.max(iterations, v.extendableTo);
    }

    /** {@return the polynomials in place of the sigmoid that the rehearsal may choose from, at least one} */
    public List<SigmoidApproximation> sigmoids() {
        return v.sigmoids == null ? Usual.POLYNOMIALS : v.sigmoids;
    }

    /** {@return how many times larger errors may become on the way, at most} */
    public double maxErrorGrowth() {
        return v.maxErrorGrowth;
    }

    /** {@return factor of every step, in units of the quadratic gradient's; 0 if the rehearsal chooses it} */
    public double learningRate() {
        return v.learningRate;
    }

    /** {@return part of each label that is spread evenly over all classes} */
    public double labelSmoothing() {
        return v.labelSmoothing;
    }

    /** {@return the public score of every class before the first iteration} */
    public double startScore() {
        return v.startScore;
    }

    /** {@return samples of a minibatch at least; it is rounded up to whole blocks} */
    public int batch() {
        return v.batch;
    }

    /** {@return classes that share a ciphertext; 0 for the cheapest within {@link #maxUploadBytes}} */
    public int groupWidth() {
        return v.groupWidth;
    }

    /** {@return processes that share a minibatch, which the layout is chosen for} */
    public int executors() {
        return v.executors;
    }

    /** {@return most bytes of the encrypted data} */
    public long maxUploadBytes() {
        return v.maxUploadBytes;
    }

    /** {@return log2 of the ring degree} */
    public int logRingDegree() {
        return v.logRingDegree;
    }

    /** {@return security of the parameters} */
    public SecurityLevel security() {
        return v.security;
    }

    /** {@return the owner is asked whether to go on after so many iterations each time; 0 for never} */
    public int validateEvery() {
        return v.validateEvery;
    }

    /** {@return seed of the order of samples, which stays with the owner} Keys and encryptions never depend on it. */
    public long seed() {
        return v.seed;
    }

    /** Fitted when they are first asked for. */
    private static final class Usual {
        static final List<SigmoidApproximation> POLYNOMIALS = Response.SIGMOID.onIntervals(15);
    }

    private static final class Values implements Cloneable {
        private int iterations = 12;
        private double epochs;
        private int extendableTo;
        /** Null for the usual ones, whose fits take a moment. */
        private List<SigmoidApproximation> sigmoids;

        private double maxErrorGrowth = 100;
        private double learningRate;
        private double labelSmoothing = 0.1;
        private double startScore = -2.2;
        private int batch = 4096;
        private int groupWidth;
        private int executors = 1;
        private long maxUploadBytes = 4_000_000_000L;
        private int logRingDegree = 16;
        private SecurityLevel security = SecurityLevel.CLASSICAL_128;
        private int validateEvery;
        private long seed = 1;

        @Override
        public Values clone() {
            try {
                return (Values) super.clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private final Values v = new Values();

        private Builder() {}

        /**
         * {@return this builder}
         * @param value iterations, each on one minibatch, 1..{@link #MAX_ITERATIONS}; 12 unless told. Takes back {@link #epochs}
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder iterations(int value) {
            require(value >= 1 && value <= MAX_ITERATIONS, "1.." + MAX_ITERATIONS + " iterations", value, "choose 12");
            v.iterations = value;
            v.epochs = 0;
            return this;
        }

        /**
         * {@return this builder}
         * @param value passes over the data, in place of a number of iterations; positive
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder epochs(double value) {
            require(value > 0 && value < MAX_ITERATIONS, "a positive number of epochs", value, "choose 1");
            v.epochs = value;
            return this;
        }

        /**
         * Iterations that the run may be extended to later. So many are rehearsed; twice the iterations unless told.
         *
         * @param value 1..{@link #MAX_ITERATIONS}
         * @return this builder
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder extendableTo(int value) {
            require(
                    value >= 1 && value <= MAX_ITERATIONS,
                    "1.." + MAX_ITERATIONS + " iterations to extend to",
                    value,
                    "choose 104");
            v.extendableTo = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value the polynomial in place of the sigmoid, in place of a choice: {@link #sigmoids} with one
         */
        public Builder sigmoid(SigmoidApproximation value) {
            return sigmoids(List.of(value));
        }

        /**
         * Polynomials in place of the sigmoid, of which the rehearsal takes the one with the smallest loss, trying them in their order until
         * it no longer falls; {@link Response#onIntervals} of the sigmoid and degree 15 unless told.
         *
         * @param value at least one; all of degrees that take the same number of levels
         * @return this builder
         * @throws IllegalArgumentException if they are not of one number of levels
         */
        public Builder sigmoids(List<SigmoidApproximation> value) {
            List<SigmoidApproximation> all = List.copyOf(value);
            long levels = all.stream()
                    .mapToInt(s -> PolynomialEvaluator.levels(s.degree()))
                    .distinct()
                    .count();
            require(levels == 1, "polynomials of one number of levels", levels, "take those of one degree");
            v.sigmoids = all;
            return this;
        }

        /**
         * How many times larger an error of a gradient may become, relative to the weights, from the first iterations to any later one; 100
         * unless told. Where errors grow more, a run may go well in the clear and still leave the interval encrypted.
         *
         * @param value 1 or more
         * @return this builder
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder maxErrorGrowth(double value) {
            require(value >= 1, "a growth of errors of 1 or more", value, "choose 100");
            v.maxErrorGrowth = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value factor of every step, positive; unless told, the largest that keeps scores within 0.75 of the polynomial's interval. If
         *     it is given, scores may use the whole interval; errors may not grow more than {@link #maxErrorGrowth} in either case
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder learningRate(double value) {
            require(value > 0 && Double.isFinite(value), "a positive learning rate", value, "leave it out");
            v.learningRate = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value part of each label that is spread evenly over all classes, 0 and more, below 1; 0.1 unless told
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder labelSmoothing(double value) {
            require(value >= 0 && value < 1, "label smoothing of 0 or more, below 1", value, "choose 0.1");
            v.labelSmoothing = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value the public score of every class before the first iteration, finite; -2.2 unless told, which answers 1/10
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder startScore(double value) {
            require(Double.isFinite(value), "a finite start score", value, "choose -2.2");
            v.startScore = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value samples of a minibatch at least, from 1; 4096 unless told
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder batch(int value) {
            require(value >= 1, "a batch of 1 sample or more", value, "choose 4096");
            v.batch = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value classes that share a ciphertext, a power of two; unless told the cheapest within the bound on the upload
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder groupWidth(int value) {
            require(value >= 1 && Integer.bitCount(value) == 1, "a power of two as group width", value, "choose 8");
            v.groupWidth = value;
            return this;
        }

        /**
         * Processes that will share a minibatch, where gradients are taken on a cluster; as many as it has blocks if that is not known. It only
         * says which layout is cheapest: any number of executors can train, with the same bits.
         *
         * @param value 1 or more; 1 unless told
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder executors(int value) {
            require(value >= 1, "1 executor or more", value, "choose 1, a training in one process");
            v.executors = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value most bytes of the encrypted data, positive; 4 GB unless told
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder maxUploadBytes(long value) {
            require(value >= 1, "a positive bound on the upload", value, "choose 4000000000");
            v.maxUploadBytes = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value log2 of the ring degree, 11..17; 16 unless told. Smaller rings are for tests, and not secure
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder logRingDegree(int value) {
            require(value >= 11 && value <= 17, "log2 of a ring degree in 11..17", value, "choose 16");
            v.logRingDegree = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value security of the parameters; {@link SecurityLevel#CLASSICAL_128} unless told
         */
        public Builder security(SecurityLevel value) {
            v.security = Objects.requireNonNull(value, "security");
            return this;
        }

        /**
         * {@return this builder}
         * @param value after how many iterations the owner is asked whether to go on, each time; 0, which is never, unless told
         * @throws IllegalArgumentException if it is out of that range
         */
        public Builder validateEvery(int value) {
            require(
                    value >= 0 && value <= MAX_ITERATIONS,
                    "0.." + MAX_ITERATIONS + " iterations between two questions",
                    value,
                    "choose 4");
            v.validateEvery = value;
            return this;
        }

        /**
         * {@return this builder}
         * @param value seed of the order of samples; 1 unless told
         */
        public Builder seed(long value) {
            v.seed = value;
            return this;
        }

        private static void require(boolean holds, String expected, Number found, String remedy) {
            if (!holds) {
                throw new IllegalArgumentException(
                        "long training: expected " + expected + ", found " + found + "; " + remedy);
            }
        }

        /** {@return the settings} */
        public LongSettings build() {
            return new LongSettings(v.clone());
        }
    }
}
