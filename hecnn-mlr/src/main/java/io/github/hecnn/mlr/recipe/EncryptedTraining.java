package io.github.hecnn.mlr.recipe;

import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * The training loop, the same for every packing, for ciphertexts, simulated slots and plain doubles: {@link Schedule} steps on the gradient
 * of an {@link EncryptedDesign}.
 *
 * <p>A step takes the gradient of a {@link Batch} at one sequence of weights, forms the sequence that the next gradient is taken at with the
 * levels of the gradient, and the other from older weights. A training does not know its end; one that ends on purpose forms the reported
 * weights with the levels of the gradient in {@link #lastStep}. With {@link #refreshing} the gradients are refreshed, and both sequences
 * are public combinations of refreshed gradients; every so many iterations these are gathered into two refreshed matrices, so that memory
 * does not grow.
 *
 * <p>A cluster calls {@link #point} and {@link #factor}, has {@link EncryptedDesign#partial} computed anywhere, adds the results up and hands the
 * sum to {@link #stepWith}: the same bits as {@link #step}. Nothing here is random.
 *
 * <p>Weights, and the terms of states, have scale degree 1, at the canonical scale of their level.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <V> ciphertexts, simulated vectors, or rows of doubles
 */
public final class EncryptedTraining<V> {
    /** Refreshed gradients that are kept before they are gathered, unless told. */
    public static final int DEFAULT_WINDOW = 32;

    private final EncryptedDesign<V> design;
    private final WeightArithmetic<V> arithmetic;
    private final WeightSequences<V> sequences;
    private final MlrConfig config;
    /** 0 without refreshes. */
    private final int window;

    private final double refreshScale;
    private final double weightScale;
    private final TrainingListener listener;

    /**
     * Hears of every state, on the thread that trains.
     *
     * @param <V> a vector of slots
     */
    @FunctionalInterface
    public interface StepListener<V> {
        /**
         * An iteration is complete.
         *
         * @param state what a checkpoint has to keep
         * @param weights the reported weights after it
         */
        void stepDone(TrainingState<V> state, List<V> weights);
    }

    private EncryptedTraining(
            EncryptedDesign<V> design,
            MlrConfig config,
            int window,
            double refreshScale,
            double weightScale,
            TrainingListener listener) {
        this.design = Objects.requireNonNull(design, "design");
        this.config = Objects.requireNonNull(config, "config");
        this.arithmetic = design.arithmetic();
        this.sequences = new WeightSequences<>(arithmetic, window > 0);
        this.window = window;
        this.refreshScale = refreshScale;
        this.weightScale = weightScale;
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * {@return a training without refreshes: every step takes levels}
     *
     * @param design the data
     * @param config settings the design was made with
     * @param <V> a vector of slots
     */
    public static <V> EncryptedTraining<V> of(EncryptedDesign<V> design, MlrConfig config) {
        return new EncryptedTraining<>(design, config, 0, 1, 1, TrainingListener.NONE);
    }

    /**
     * {@return this training with gradients refreshed by the algebra of the design, so that it can go on for ever}
     *
     * @param iterations refreshed gradients that are kept before they are gathered, for two refreshes more, at least 1
     * @param scale what is refreshed is the gradient, or the gathered weights, times this; positive, at most 1: small enough for the
     *     bound of the refresher
     * @throws IllegalArgumentException if a number is out of range
     */
    public EncryptedTraining<V> refreshing(int iterations, double scale) {
        return refreshing(iterations, scale, scale);
    }

    /**
     * {@return the same where weights get larger than gradients}
     *
     * @param iterations refreshed gradients that are kept before they are gathered, for two refreshes more, at least 1
     * @param scale what is refreshed is the gradient, or what momentum adds to the gathered weights, times this; positive, at most 1
     * @param weightScale the same for gathered weights
     * @throws IllegalArgumentException if a number is out of range
     */
    public EncryptedTraining<V> refreshing(int iterations, double scale, double weightScale) {
        if (iterations < 1 || !(scale > 0 && scale <= 1) || !(weightScale > 0 && weightScale <= 1)) {
            throw new IllegalArgumentException(
                    "refreshed training: expected a window of at least 1 iteration and scales"
                            + " above 0, at most 1, found " + iterations + ", " + scale + " and " + weightScale
                            + "; try " + DEFAULT_WINDOW + ", 1 and 1");
        }
        return new EncryptedTraining<>(design, config, iterations, scale, weightScale, listener);
    }

    /**
     * {@return this training with progress told, by the thread that trains; the reports of iterations are not its business}
     *
     * @param progress hears of every iteration
     */
    public EncryptedTraining<V> withListener(TrainingListener progress) {
        return new EncryptedTraining<>(design, config, window, refreshScale, weightScale, progress);
    }

    /**
     * {@return what the gradient of iteration 1 is multiplied by: a design from zero may have it ready}
     *
     * @param config settings of the training
     * @param batchFactor {@link Batch#factor} of the first batch
     * @param only whether the first step is the last one
     */
    public static double firstFactor(MlrConfig config, double batchFactor, boolean only) {
        NesterovUpdate update = NesterovUpdate.of(config, 1);
        return update.row(only != update.gradientAtStepped()).gradient() * batchFactor;
    }

    /** {@return a number that two trainings have in common if one can go on from a state of the other, as far as settings go} */
    public long settingsHash() {
        long hash = 31 * config.courseHash() + design.fingerprint();
        hash = 31 * hash + window;
        hash = 31 * hash + Double.hashCode(refreshScale);
        return 31 * hash + Double.hashCode(weightScale);
    }

    /** {@return the state before the first iteration} */
    public TrainingState<V> start() {
        List<V> start = design.start();
        return start.isEmpty()
                ? new TrainingState<>(0, 0, settingsHash(), false, List.of(), List.of(), List.of())
                : new TrainingState<>(0, 0, settingsHash(), false, List.of(start), List.of(1.0), List.of(1.0));
    }

    /**
     * {@return the reported weights of a state; empty if they are zero} Of refreshed trainings one level below their terms.
     *
     * @param state after an iteration
     */
    public List<V> weights(TrainingState<V> state) {
        return sequences.of(state, !config.schedule().gradientAtStepped());
    }

    /**
     * {@return the weights at which the next gradient is taken; empty if they are zero}
     *
     * @param state after an iteration
     * @throws IllegalArgumentException if the state is of a training with other settings, or finished
     */
    public List<V> point(TrainingState<V> state) {
        return sequences.of(check(state), config.schedule().gradientAtStepped());
    }

    /**
     * {@return what the next gradient has to be multiplied by}
     *
     * @param state where the training stands
     * @param batch of the next iteration
     * @param last whether {@link #lastStep} is next
     * @throws IllegalArgumentException if the state is of a training with other settings, or finished
     */
    public double factor(TrainingState<V> state, Batch batch, boolean last) {
        NesterovUpdate update = next(state);
        double factor = update.row(foldsStepped(update, last)).gradient() * batch.factor();
        return refreshes(last) ? update.stepSize() * batch.factor() * refreshScale : factor;
    }

    private boolean refreshes(boolean last) {
        return window > 0 && !last;
    }

    private NesterovUpdate next(TrainingState<V> state) {
        return NesterovUpdate.of(config, check(state).iteration() + 1);
    }

    /** Whether the stepped weights are those formed with the levels of the gradient: where the next one is taken, or what is reported. */
    private static boolean foldsStepped(NesterovUpdate update, boolean last) {
        return last != update.gradientAtStepped();
    }

    private TrainingState<V> check(TrainingState<V> state) {
        if (state.settingsHash() != settingsHash()) {
            throw new IllegalArgumentException(
                    "training step: expected a state of a training with the same settings, found one of another; start with"
                            + " the settings that the state was made with");
        }
        if (state.finished()) {
            throw new IllegalArgumentException(
                    "training step: expected a state that can go on, found one after lastStep;"
                            + " take the state before it, and step");
        }
        return state;
    }

    /**
     * One iteration.
     *
     * @param state where the training stands
     * @param batch blocks of this iteration
     * @return the state after it
     * @throws IllegalArgumentException if the state is of other settings or finished, or a block is not of the design
     * @throws io.github.hecnn.ckks.error.LevelException if the weights have too few levels
     */
    public TrainingState<V> step(TrainingState<V> state, Batch batch) {
        return step(state, batch, false);
    }

    /**
     * An iteration after which only the reported weights count: they keep a level more than those of {@link #step}, which are the same but for
     * rounding. A gradient is not refreshed for it.
     *
     * @param state where the training stands
     * @param batch blocks of this iteration
     * @return a finished state
     * @throws IllegalArgumentException as {@link #step}
     * @throws io.github.hecnn.ckks.error.LevelException as {@link #step}
     */
    public TrainingState<V> lastStep(TrainingState<V> state, Batch batch) {
        return step(state, batch, true);
    }

    private TrainingState<V> step(TrainingState<V> state, Batch batch, boolean last) {
        double factor = factor(state, batch, last);
        for (int block : batch.blocks()) {
            if (block < 0 || block >= design.blocks()) {
                throw new IllegalArgumentException("training step: expected blocks 0.." + (design.blocks() - 1)
                        + ", found " + block + "; make batches of the blocks of the design");
            }
        }
        String phase = "iteration " + (state.iteration() + 1);
        listener.progress(phase, 0);
        List<V> point = point(state);
        EncryptedDesign.Partial<V> sum = design.partial(batch.blocks(), point, factor);
        sequences.release(point, state);
        listener.progress(phase, 0.5);
        TrainingState<V> next = stepWith(state, batch, last, sum);
        arithmetic.release(sum.products());
        listener.progress(phase, 1);
        return next;
    }

    /**
     * The rest of an iteration whose gradient has been taken elsewhere.
     *
     * @param state where the training stands
     * @param batch blocks of this iteration
     * @param last whether it is that of {@link #lastStep}
     * @param sum partial gradients of all blocks of the batch, at {@link #point} and times {@link #factor}
     * @return the state after it
     * @throws IllegalArgumentException as {@link #step}
     */
    public TrainingState<V> stepWith(
            TrainingState<V> state, Batch batch, boolean last, EncryptedDesign.Partial<V> sum) {
        NesterovUpdate update = next(state);
        List<V> gradient = design.gradient(sum);
        StepTerms<V> terms = refreshes(last)
                ? new RefreshedStep<>(arithmetic, window, refreshScale, weightScale).terms(state, update, gradient)
                : new DirectStep<>(arithmetic, sequences)
                        .terms(state, update, gradient, foldsStepped(update, last), last);
        return new TrainingState<>(
                state.iteration() + 1,
                state.cursor() + batch.blocks().size(),
                state.settingsHash(),
                last,
                terms.values(),
                terms.stepped(),
                terms.extrapolated());
    }

    /**
     * Steps up to an iteration.
     *
     * @param from where to begin: {@link #start}, or a state that was read
     * @param to the last iteration
     * @param batches the batch of iteration 1, 2, ...
     * @param foldLast whether the last iteration is one of {@link #lastStep}
     * @param listener hears of every state
     * @return the last state
     * @throws IllegalArgumentException as {@link #step}
     */
    public TrainingState<V> run(
            TrainingState<V> from, int to, IntFunction<Batch> batches, boolean foldLast, StepListener<V> listener) {
        TrainingState<V> state = from;
        while (state.iteration() < to) {
            int t = state.iteration() + 1;
            state = step(state, batches.apply(t), foldLast && t == to);
            listener.stepDone(state, weights(state));
        }
        return state;
    }
}
