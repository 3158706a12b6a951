package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.bootstrap.Bootstrapper;
import io.github.hecnn.ckks.cost.OperationPrices;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Parameters of a long training on ciphertexts: bootstrapping with exactly the levels of an iteration and the slots of a gradient, and the parts
 * of the context on which the two passes have their keys. Owner and cloud make the same from recipe and security level. Immutable and
 * thread-safe.
 */
public final class RowParameters {
    /** Digits of the keys of the forward pass: each is as long as there are special primes. */
    private static final int FORWARD_DIGITS = 3;

    private static final int BACKWARD_DIGITS = 2;
    private static final int MESSAGE_RATIO_BITS = 10;
    private static final int STAGE = 4;

    private final RowRecipe recipe;
    private final BootstrapParameters bootstrap;

    private RowParameters(RowRecipe recipe, BootstrapParameters bootstrap) {
        this.recipe = recipe;
        this.bootstrap = bootstrap;
    }

    /**
     * Picks the primes.
     *
     * @param recipe with refreshes or without; only its layout and polynomial count
     * @param security {@link SecurityLevel#CLASSICAL_128} unless for tests
     * @return the parameters
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if the ring is too small for the security asked for
     */
    public static RowParameters of(RowRecipe recipe, SecurityLevel security) {
        int logSlots = Integer.numberOfTrailingZeros(recipe.layout().mergedPeriod());
        int down = Math.min(2, logSlots);
        int up = Math.min(logSlots, Math.max(2, (logSlots + STAGE - 1) / STAGE));
        int iteration = 2 + RowSteps.polynomialLevels(recipe.config().sigmoid());
        return new RowParameters(
                recipe,
                BootstrapParameters.builder()
                        .logRingDegree(Integer.numberOfTrailingZeros(recipe.slots()) + 1)
                        .levels(down + iteration + 1)
                        .logSlots(logSlots)
                        .complexSlots(true)
                        .correctionDegree(1)
                        .messageRatioBits(MESSAGE_RATIO_BITS)
                        .slotsToCoeffs(even(logSlots, down))
                        .coeffsToSlots(even(logSlots, up))
                        .securityLevel(security)
                        .build());
    }

    /** A sum of so many terms that differ by at most 1, the larger ones first. */
    private static int[] even(int sum, int terms) {
        int[] out = new int[terms];
        for (int i = 0; i < terms; i++) {
            out[i] = sum / terms + (i < sum % terms ? 1 : 0);
        }
        return out;
    }

    /**
     * {@return prices for a {@link RowSearch}, which may choose another layout of the same ring}
     *
     * @param refreshSeconds of one refresh
     */
    public RowPrices prices(double refreshSeconds) {
        int log = bootstrap.ckksParameters().logRingDegree();
        int forward = digitSize(featureLevel(), FORWARD_DIGITS);
        int backward = digitSize(errorLevel(), BACKWARD_DIGITS);
        return RowPrices.of(
                OperationPrices.of(log, forward, forward),
                OperationPrices.of(log, backward, backward),
                errorLevel(),
                refreshSeconds);
    }

    /**
     * What an iteration of a recipe takes by the price list, the refresh included.
     *
     * @param of with the ring and polynomial of these parameters
     * @return seconds on one thread
     */
    public double iterationSeconds(RowRecipe of) {
        RowPrices prices = prices(bootstrap.refreshSeconds());
        RowSearch search = new RowSearch(of.config(), of.slots(), featureLevel(), prices);
        return search.plan(of.layout(), of.batch(), level -> 0).iterationCost();
    }

    /** {@return memory of the keys of both passes, without those of refreshes; in bytes} */
    public long keyBytes() {
        return passBytes(featureLevel(), FORWARD_DIGITS, forwardSteps().size()) + backwardKeyBytes();
    }

    /** {@return memory of the keys of the backward pass alone; in bytes} */
    public long backwardKeyBytes() {
        return passBytes(errorLevel(), BACKWARD_DIGITS, backwardSteps().size());
    }

    /** Relinearisation, conjugation and rotations: two polynomials over Q and P for each digit. */
    private long passBytes(int level, int digits, int rotations) {
        int size = digitSize(level, digits);
        long used = (level + (long) size) / size;
        return (rotations + 2L) * used * 2 * (level + 1L + size) * 2 * recipe.slots() * Double.BYTES;
    }

    /** {@return how gradients are refreshed; its keys are made by a {@code BootstrapKeyGenerator}} */
    public BootstrapParameters bootstrap() {
        return bootstrap;
    }

    /** {@return level of features; for those of all uploads see {@link RowRecipe#uploadLevel}} */
    public int featureLevel() {
        return bootstrap.outputLevel() - 1;
    }

    /** {@return level of errors, where the backward pass begins} */
    public int errorLevel() {
        return featureLevel() - 1 - RowSteps.polynomialLevels(recipe.config().sigmoid());
    }

    /**
     * {@return the part of the context on which keys of the forward pass are made: relinearisation, conjugation and {@link #forwardSteps}}
     *
     * @param context context of {@link BootstrapParameters#ckksParameters}
     */
    public CkksContext forwardContext(CkksContext context) {
        int level = featureLevel();
        return context.subContext(level, digitSize(level, FORWARD_DIGITS), FORWARD_DIGITS);
    }

    /**
     * {@return the part of the context on which keys of the backward pass are made: relinearisation, conjugation and {@link #backwardSteps}}
     *
     * @param context context of {@link BootstrapParameters#ckksParameters}
     */
    public CkksContext backwardContext(CkksContext context) {
        int level = errorLevel();
        return context.subContext(level, digitSize(level, BACKWARD_DIGITS), BACKWARD_DIGITS);
    }

    private static int digitSize(int level, int digits) {
        return (level + digits) / digits;
    }

    /** {@return rotations of the forward pass, and those that take groups of classes apart} */
    public NavigableSet<Integer> forwardSteps() {
        NavigableSet<Integer> steps = new TreeSet<>(recipe.layout().forwardSteps());
        steps.addAll(recipe.layout().splitSteps());
        return Collections.unmodifiableNavigableSet(steps);
    }

    /** {@return rotations of the backward pass} */
    public NavigableSet<Integer> backwardSteps() {
        return recipe.layout().backwardSteps();
    }

    /**
     * {@return arithmetic that cannot refresh: of who takes gradients, or has others refresh them}
     *
     * @param context context of {@link BootstrapParameters#ckksParameters}
     * @param forward keys on {@link #forwardContext}
     * @param backward keys on {@link #backwardContext}
     * @throws io.github.hecnn.ckks.error.MismatchException if something has other parameters
     */
    public RowAlgebras<Ciphertext> algebras(CkksContext context, EvaluationKeys forward, EvaluationKeys backward) {
        return algebras(new CkksSlotAlgebra(context, EvaluationKeys.none()), context, forward, backward);
    }

    /**
     * {@return the cloud's arithmetic}
     *
     * @param bootstrapper for {@link #bootstrap}
     * @param context context of {@link BootstrapParameters#ckksParameters}
     * @param forward keys on {@link #forwardContext}
     * @param backward keys on {@link #backwardContext}
     * @throws io.github.hecnn.ckks.error.MismatchException if something has other parameters
     */
    public RowAlgebras<Ciphertext> algebras(
            Bootstrapper bootstrapper, CkksContext context, EvaluationKeys forward, EvaluationKeys backward) {
        return algebras(
                new CkksSlotAlgebra(new Evaluator(context, EvaluationKeys.none()), bootstrapper),
                context,
                forward,
                backward);
    }

    private RowAlgebras<Ciphertext> algebras(
            CkksSlotAlgebra refreshing, CkksContext context, EvaluationKeys forward, EvaluationKeys backward) {
        return new RowAlgebras<>(
                refreshing,
                new CkksSlotAlgebra(forwardContext(context), forward),
                new CkksSlotAlgebra(backwardContext(context), backward));
    }
}
