package io.github.hecnn.mlr.training;

import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.features.GridShape;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.plan.PlanLimits;
import io.github.hecnn.mlr.recipe.Schedule;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How to train. Every setting has a default that works; those that are left open, preconditioner, schedule, learning rate,
 * sigmoid polynomial and iterations, are chosen by a rehearsal on the training data in the clear, see
 * {@link PreparedTraining#rehearse}.
 *
 * <p>Immutable and thread-safe; the {@linkplain #builder() builder} is not.
 */
public final class TrainingSettings {
    /** All defaults. */
    public static final TrainingSettings DEFAULT = new TrainingSettings(new Values());

    private final Values v;

    private TrainingSettings(Values v) {
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

    /** {@return what the owner does to features in the clear} */
    public ScalingKind scaling() {
        return v.scaling;
    }

    /** {@return how features lie on a grid, if that is known} */
    public Optional<GridShape> grid() {
        return Optional.ofNullable(v.grid);
    }

    /** {@return how the training is laid out in slots} */
    public RecipeKind recipe() {
        return v.recipe;
    }

    /** {@return number of iterations; empty if the rehearsal chooses it} */
    public OptionalInt iterations() {
        return v.iterations == 0 ? OptionalInt.empty() : OptionalInt.of(v.iterations);
    }

    /** {@return the diagonal of the quadratic gradient; empty if the rehearsal chooses it} */
    public Optional<Preconditioner> preconditioner() {
        return Optional.ofNullable(v.preconditioner);
    }

    /** {@return the polynomial in place of the sigmoid; empty if the rehearsal chooses it} */
    public Optional<SigmoidApproximation> sigmoid() {
        return Optional.ofNullable(v.sigmoid);
    }

    /** {@return the value of every weight before the first iteration, unless there is a {@link #startModel}} */
    public double startWeight() {
        return v.startWeight;
    }

    /** {@return the model whose weights and scaling the training goes on from; empty if it starts anew} */
    public Optional<MlrModel> startModel() {
        return Optional.ofNullable(v.startModel);
    }

    /** {@return step sizes and momentum; empty if the rehearsal chooses them} */
    public Optional<Schedule> schedule() {
        return Optional.ofNullable(v.schedule);
    }

    /** {@return factor of every step, beside the quadratic gradient's own; empty if the rehearsal chooses it} */
    public OptionalDouble learningRate() {
        return v.learningRate == 0 ? OptionalDouble.empty() : OptionalDouble.of(v.learningRate);
    }

    /** {@return L2 weight, as in {@link io.github.hecnn.mlr.recipe.MlrConfig.Builder#l2}} */
    public double l2() {
        return v.l2;
    }

    /** {@return part of each label that is spread evenly over all classes} */
    public double labelSmoothing() {
        return v.labelSmoothing;
    }

    /** {@return how much the samples of each class count} */
    public ClassWeights classWeights() {
        return v.classWeights;
    }

    /** {@return seed of choices in the clear, such as the holdout of a rehearsal and its noise} Keys and encryptions never depend on it. */
    public long seed() {
        return v.seed;
    }

    /** {@return threads of the training; 0 for one a processor} */
    public int threads() {
        return v.threads;
    }

    /** {@return bounds of the plan: uploads, memory, sizes of primes} */
    public PlanLimits limits() {
        return v.limits;
    }

    /** {@return what to do when a score leaves the interval of the sigmoid polynomial} */
    public OutsideInterval outsideInterval() {
        return v.outsideInterval;
    }

    @Override
    public String toString() {
        return v.recipe + " recipe, " + v.scaling + " scaling, "
                + (v.iterations == 0 ? "iterations to be chosen" : v.iterations + " iterations") + ", preconditioner "
                + preconditioner().map(Object::toString).orElse("to be chosen");
    }

    private static final class Values implements Cloneable {
        private ScalingKind scaling = ScalingKind.STANDARDIZE;
        private GridShape grid;
        private RecipeKind recipe = RecipeKind.FAST;
        private int iterations;
        private Preconditioner preconditioner;
        private SigmoidApproximation sigmoid;
        private double startWeight;
        private MlrModel startModel;
        private Schedule schedule;
        /** 0 if it is open. */
        private double learningRate;

        private double l2;
        private double labelSmoothing;
        private ClassWeights classWeights = ClassWeights.EQUAL;
        private long seed = 1;
        private int threads;
        private PlanLimits limits = PlanLimits.DEFAULT;
        private OutsideInterval outsideInterval = OutsideInterval.REFUSE;

        private Values copy() {
            try {
                return (Values) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Makes settings. */
    public static final class Builder extends Setters<Builder> {
        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /** {@return the settings as they are now} */
        public TrainingSettings build() {
            return settings();
        }
    }

    /**
     * The settings one by one, for every builder that has them. Not thread-safe.
     *
     * @param <B> the builder itself
     */
    public abstract static class Setters<B extends Setters<B>> {
        private Values v = new Values();

        /** Begins from the defaults. */
        protected Setters() {}

        /**
         * This builder.
         *
         * @return this builder
         */
        protected abstract B self();

        /** {@return the settings as they are now} */
        protected final TrainingSettings settings() {
            return new TrainingSettings(v.copy());
        }

        /**
         * Starts from settings that are there already.
         *
         * @param given replaces all that was set before
         * @return this builder
         */
        public B settings(TrainingSettings given) {
            v = given.v.copy();
            return self();
        }

        /**
         * {@return this builder}
         * @param value what the owner does to features in the clear; {@link ScalingKind#STANDARDIZE} by default. A start model brings its own
         */
        public B scaling(ScalingKind value) {
            v.scaling = Objects.requireNonNull(value, "scaling");
            return self();
        }

        /**
         * {@return this builder}
         * @param value how features lie on a grid, which {@link ScalingKind#DCT} needs; not known by default
         */
        public B grid(GridShape value) {
            v.grid = Objects.requireNonNull(value, "grid");
            return self();
        }

        /**
         * {@return this builder}
         * @param value how the training is laid out in slots; {@link RecipeKind#FAST} by default
         */
        public B recipe(RecipeKind value) {
            v.recipe = Objects.requireNonNull(value, "recipe");
            return self();
        }

        /**
         * Fixes the number of iterations.
         *
         * @param value from 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public B iterations(int value) {
            require(value >= 1, "at least 1 iteration", value, "or leave it to the rehearsal");
            v.iterations = value;
            return self();
        }

        /**
         * {@return this builder}
         * @param value the diagonal of the quadratic gradient
         */
        public B preconditioner(Preconditioner value) {
            v.preconditioner = Objects.requireNonNull(value, "preconditioner");
            return self();
        }

        /**
         * {@return this builder}
         * @param value the polynomial in place of the sigmoid
         */
        public B sigmoid(SigmoidApproximation value) {
            v.sigmoid = Objects.requireNonNull(value, "sigmoid");
            return self();
        }

        /**
         * Fixes the polynomial in place of the sigmoid: the one of least squares.
         *
         * @param degree 1..31
         * @param halfWidth of the interval of scores, positive
         * @return this builder
         * @throws IllegalArgumentException if a number is out of range
         */
        public B sigmoid(int degree, double halfWidth) {
            return sigmoid(SigmoidApproximation.leastSquares(degree, halfWidth));
        }

        /**
         * {@return this builder}
         * @param value the value of every weight before the first iteration; 0 by default, which saves levels
         * @throws IllegalArgumentException if it is not finite
         */
        public B startWeight(double value) {
            require(Double.isFinite(value), "a finite start weight", value, "use 0");
            v.startWeight = value;
            return self();
        }

        /**
         * {@return this builder}
         * @param value goes on from a model that is known already, such as a public one: from its weights, on features scaled as it scales
         *     them. The data must have its classes and features
         */
        public B startModel(MlrModel value) {
            v.startModel = Objects.requireNonNull(value, "startModel");
            return self();
        }

        /**
         * {@return this builder}
         * @param value step sizes and momentum
         */
        public B schedule(Schedule value) {
            v.schedule = Objects.requireNonNull(value, "schedule");
            return self();
        }

        /**
         * {@return this builder}
         * @param value the factor of every step; 1 is the quadratic gradient's own and safe
         * @throws IllegalArgumentException if it is not positive and finite
         */
        public B learningRate(double value) {
            require(value > 0 && Double.isFinite(value), "a positive learning rate", value, "use 1");
            v.learningRate = value;
            return self();
        }

        /**
         * {@return this builder}
         * @param value all that a rehearsal chooses, as {@link RehearsalTable} has it
         * @throws IllegalArgumentException if a part of it is out of its range
         */
        public B combination(Combination value) {
            return iterations(value.iterations())
                    .preconditioner(value.preconditioner())
                    .schedule(value.schedule())
                    .learningRate(value.learningRate())
                    .sigmoid(value.sigmoid());
        }

        /**
         * {@return this builder}
         * @param value L2 weight: a step of size a also takes a times this off every weight, see
         *     {@link io.github.hecnn.mlr.recipe.MlrConfig.Builder#l2}; 0 by default, none
         * @throws IllegalArgumentException if it is negative or not finite
         */
        public B l2(double value) {
            require(value >= 0 && Double.isFinite(value), "an L2 weight of 0 or more", value, "use 0 for none");
            v.l2 = value;
            return self();
        }

        /**
         * {@return this builder}
         * @param value part of each label that is spread evenly over all classes, which keeps scores small; 0 by default. The owner does it
         *     while it encodes labels, so it costs nothing
         * @throws IllegalArgumentException if it is not in [0, 1)
         */
        public B labelSmoothing(double value) {
            require(value >= 0 && value < 1, "a label smoothing from 0 to below 1", value, "use 0 for none, or 0.1");
            v.labelSmoothing = value;
            return self();
        }

        /**
         * {@return this builder}
         * @param value how much the samples of each class count; {@link ClassWeights#EQUAL} by default
         */
        public B classWeights(ClassWeights value) {
            v.classWeights = Objects.requireNonNull(value, "classWeights");
            return self();
        }

        /**
         * {@return this builder}
         * @param value seed of choices in the clear; 1 by default. Keys and encryptions never depend on it
         */
        public B seed(long value) {
            v.seed = value;
            return self();
        }

        /**
         * {@return this builder}
         * @param value threads of the training; 0, the default, for one a processor. Results do not depend on it
         * @throws IllegalArgumentException if it is negative
         */
        public B threads(int value) {
            require(value >= 0, "0 threads (one a processor) or more", value, "use 0");
            v.threads = value;
            return self();
        }

        /**
         * {@return this builder}
         * @param value bounds of the plan: uploads, memory, sizes of primes; {@link PlanLimits#DEFAULT} by default
         */
        public B limits(PlanLimits value) {
            v.limits = Objects.requireNonNull(value, "limits");
            return self();
        }

        /**
         * {@return this builder}
         * @param value heap that the training may need; that of this virtual machine by default
         * @throws IllegalArgumentException if it is not positive
         */
        public B memoryBytes(long value) {
            return limits(v.limits.withMaxMemoryBytes(value));
        }

        /**
         * {@return this builder}
         * @param value security of the encryption; 128 bits by default. {@link SecurityLevel#NONE} allows small rings for tests that protect
         *     nothing; the cloud must then be told to take such a job
         */
        public B security(SecurityLevel value) {
            return limits(v.limits.withSecurity(value));
        }

        /**
         * {@return this builder}
         * @param value what to do when a score leaves the interval of the sigmoid polynomial; {@link OutsideInterval#REFUSE} by default
         */
        public B outsideInterval(OutsideInterval value) {
            v.outsideInterval = Objects.requireNonNull(value, "outsideInterval");
            return self();
        }

        private static void require(boolean condition, String expected, Object found, String remedy) {
            if (!condition) {
                throw new IllegalArgumentException(
                        "training settings: expected " + expected + ", found " + found + "; " + remedy);
            }
        }
    }
}
