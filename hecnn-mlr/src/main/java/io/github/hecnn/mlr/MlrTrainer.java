package io.github.hecnn.mlr;

import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.training.PreparedTraining;
import io.github.hecnn.mlr.training.RehearsalTable;
import io.github.hecnn.mlr.training.TrainingSettings;
import java.util.Objects;

/**
 * Trains a multiclass logistic regression, from a data set to a model, on one of three algebras that run the same program:
 *
 * <ul>
 *   <li>{@link #plain}: in doubles;
 *   <li>{@link #rehearsal}: the encrypted circuit on slots in the clear, with the levels, keys and noise it will have;
 *   <li>{@link #encrypted}: with real keys and ciphertexts, owner and cloud in one process.
 * </ul>
 *
 * <p>{@code MlrTrainer.encrypted().iterations(2).build().fit(dataset)}. Immutable and thread-safe if its listener is.
 */
public final class MlrTrainer {
    private final TrainingEngine engine;
    private final TrainingSettings settings;
    private final TrainingListener listener;

    private MlrTrainer(TrainingEngine engine, TrainingSettings settings, TrainingListener listener) {
        this.engine = engine;
        this.settings = settings;
        this.listener = listener;
    }

    /** {@return training in doubles: fast, for comparison} */
    public static Builder plain() {
        return new Builder(new PlainEngine());
    }

    /** {@return the encrypted circuit in the clear: what it would take and give, without keys} */
    public static Builder rehearsal() {
        return new Builder(new SimulatedEngine());
    }

    /** {@return training on ciphertexts, 128-bit secure, with keys made for it and forgotten afterwards} */
    public static Builder encrypted() {
        return new Builder(new EncryptedEngine());
    }

    /**
     * Trains.
     *
     * @param dataset features as they come, and labels; samples of at least two classes
     * @return the model after the last iteration
     * @throws IllegalArgumentException if all samples are of one class, or features cannot be scaled; if a score leaves the interval of
     *     the sigmoid polynomial and the settings do not say to go on
     * @throws io.github.hecnn.mlr.plan.NoPlanException if the encrypted training or its rehearsal does not fit into the limits
     */
    public MlrModel fit(LabeledDataset dataset) {
        return engine.train(PreparedTraining.of(dataset, settings), listener);
    }

    /**
     * Tries in the clear what the settings leave open of preconditioner, schedule, learning rate, sigmoid polynomial and iterations; takes
     * seconds. It sees the given data only, of which it leaves out parts in turn: never give it test data.
     *
     * <p>Ways to step are tried at the same time, on the threads of the settings; every one is trained once, with the most iterations, and
     * looked at after fewer. Of data with more than 20 million numbers, samples times columns times classes, and more than 2,000 samples a part
     * that size is tried, with each class's share; score ranges are then those of that part.
     *
     * @param dataset the training data
     * @return every way that was tried, and which of them {@link #fit} takes on the same data
     * @throws IllegalArgumentException if all samples are of one class, features cannot be scaled, or nothing fits
     */
    public RehearsalTable rehearse(LabeledDataset dataset) {
        return PreparedTraining.rehearse(dataset, settings);
    }

    /** {@return the settings} */
    public TrainingSettings settings() {
        return settings;
    }

    @Override
    public String toString() {
        return engine.name() + " training: " + settings;
    }

    /** Makes a trainer. */
    public static final class Builder extends TrainingSettings.Setters<Builder> {
        private final TrainingEngine engine;
        private TrainingListener listener = TrainingListener.NONE;

        private Builder(TrainingEngine engine) {
            this.engine = engine;
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * {@return this builder}
         * @param value hears how a training comes along; nobody by default
         */
        public Builder listener(TrainingListener value) {
            listener = Objects.requireNonNull(value, "listener");
            return this;
        }

        /** {@return the trainer with the settings as they are now} */
        public MlrTrainer build() {
            return new MlrTrainer(engine, settings(), listener);
        }
    }
}
