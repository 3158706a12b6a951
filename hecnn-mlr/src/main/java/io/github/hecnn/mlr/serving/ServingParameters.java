package io.github.hecnn.mlr.serving;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.ModulusCapacity;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.ckks.serial.WireSizes;
import io.github.hecnn.mlr.plan.ParameterSearch;
import io.github.hecnn.mlr.plan.PlanLimits;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What serving a model takes: a layout, and the lowest one or two levels of a modulus chain. The chain is that of a training, whose weights are
 * served as they are, or the smallest secure one that is long enough. Keys are made on {@link #context}, the part of the chain that is used, so
 * they are small. Immutable and thread-safe.
 */
public final class ServingParameters {
    /** With a first prime of 48 bits and a special one of 49, two levels are secure from N = 2^13 on. */
    private static final int SCALE_BITS = 47;

    private static final int SPECIAL_BITS = 49;
    private static final int DIGITS = 3;
    private static final int LARGEST_LOG_RING_DEGREE = 17;

    /** Wide groups take more bytes a query, narrow ones more operations. */
    private static final int GROUP_WIDTH = 4;

    /** Part of the modulus that scores may use. The check and rows between queries use up to sqrt(2) of it. */
    private static final double PART = 0.35;

    private final RowLayout layout;
    private final CkksParameters parameters;
    private final AnswerKind kind;

    private ServingParameters(RowLayout layout, CkksParameters parameters, AnswerKind kind) {
        this.layout = layout;
        this.parameters = parameters;
        this.kind = kind;
    }

    /**
     * Serving on a given chain.
     *
     * @param layout where weights are, for the slots of the parameters
     * @param parameters parameter set
     * @param kind what answers show
     * @return the parameters of serving
     * @throws IllegalArgumentException if the layout has another number of slots, or the chain too few levels
     */
    public static ServingParameters of(RowLayout layout, CkksParameters parameters, AnswerKind kind) {
        if (layout.slots() != parameters.slots()) {
            throw new IllegalArgumentException("serving: expected a layout of " + parameters.slots()
                    + " slots, found one of " + layout.slots() + "; make it for the slots of the parameters");
        }
        if (parameters.maxLevel() < kind.levels()) {
            throw new IllegalArgumentException("serving: expected parameters of " + kind.levels()
                    + " levels or more for " + kind + " answers, found " + parameters.maxLevel()
                    + "; take ServingParameters.of without parameters of your own");
        }
        return new ServingParameters(layout, parameters, kind);
    }

    /**
     * Serving what a training leaves behind.
     *
     * @param recipe of the training
     * @param parameters of the training
     * @param kind what answers show
     * @return the parameters of serving, on the lowest levels of the training's chain
     * @throws IllegalArgumentException if recipe and parameters have different numbers of slots
     */
    public static ServingParameters ofTraining(RowRecipe recipe, RowParameters parameters, AnswerKind kind) {
        return of(recipe.layout(), parameters.bootstrap().ckksParameters(), kind);
    }

    /**
     * The smallest secure parameters for serving alone.
     *
     * @param features columns of the design matrix with the leading 1, at least 2
     * @param classes at least 2
     * @param kind what answers show
     * @param security {@link SecurityLevel#CLASSICAL_128} unless for tests
     * @return the parameters of serving
     * @throws IllegalArgumentException if a number is below 2, or no ring holds so many
     */
    public static ServingParameters of(int features, int classes, AnswerKind kind, SecurityLevel security) {
        PlanLimits limits = new PlanLimits(
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                PlanLimits.DEFAULT.roles(),
                SCALE_BITS + 1,
                SCALE_BITS,
                SPECIAL_BITS,
                DIGITS,
                security);
        int log = security == SecurityLevel.NONE ? 10 : 13;
        while (log < LARGEST_LOG_RING_DEGREE && !holds(1 << (log - 1), features, classes)) {
            log++;
        }
        CkksParameters parameters = ParameterSearch.secure(log, kind.levels(), limits);
        return of(layout(parameters.slots(), features, classes), parameters, kind);
    }

    private static RowLayout layout(int slots, int features, int classes) {
        int k = powerFrom((features + 1) / 2);
        int baby = 1 << ((32 - Integer.numberOfLeadingZeros(k)) / 2); // the square root or twice that
        return new RowLayout(slots, Math.min(GROUP_WIDTH, powerFrom(classes)), classes, features, Math.min(k, baby));
    }

    private static boolean holds(int slots, int features, int classes) {
        int width = Math.min(GROUP_WIDTH, powerFrom(classes));
        int groups = powerFrom((classes + width - 1) / width);
        return (long) powerFrom((features + 1) / 2) * width * groups <= slots;
    }

    private static int powerFrom(int n) {
        return n <= 1 ? 1 : Integer.highestOneBit(n - 1) << 1;
    }

    /** {@return where weights are} */
    public RowLayout layout() {
        return layout;
    }

    /** {@return the whole chain: of secret key, queries and answers} */
    public CkksParameters parameters() {
        return parameters;
    }

    /** {@return what answers show} */
    public AnswerKind kind() {
        return kind;
    }

    /** {@return level of queries and weights} */
    public int level() {
        return kind.levels();
    }

    /**
     * The part of the chain that serving uses, on which its keys are made.
     *
     * @param root context of {@link #parameters}
     * @return its lowest levels, with as few special primes as these need
     */
    public CkksContext context(CkksContext root) {
        if (level() == parameters.chainLevel()) {
            return root;
        }
        int primes = level() + 1;
        for (int digits = 1; ; digits++) {
            int size = (primes + digits - 1) / digits;
            int special = specialPrimes(size);
            if (special > 0 || digits == primes) {
                return root.subContext(level(), Math.max(1, special), digits);
            }
        }
    }

    /** How many special primes, from the first, hold a digit of so many primes; 0 if all are too few. */
    private int specialPrimes(int digitPrimes) {
        double digit = 0;
        for (int i = 0; i < digitPrimes; i++) {
            digit += Math.log(parameters.chain().dataPrimes().get(i));
        }
        double all = 0;
        for (int i = 0; i < parameters.chain().specialPrimes().size(); i++) {
            all += Math.log(parameters.chain().specialPrimes().get(i));
            if (all > digit) {
                return i + 1;
            }
        }
        return 0;
    }

    /** {@return rotations that need keys, besides relinearisation and conjugation} */
    public NavigableSet<Integer> rotationSteps() {
        return QueryLayout.rotationSteps(layout);
    }

    /**
     * Most queries that one batch of ciphertexts takes; more travel in several.
     *
     * @return rows of the layout, less one for the check
     */
    public int queriesPerBatch() {
        return new QueryLayout(layout, 1).capacity();
    }

    /**
     * Bytes of the files of queries.
     *
     * @param root context of {@link #parameters}
     * @param queries number of queries, at least 1
     * @return bytes of all ciphertexts, exact
     */
    public long queryBytes(CkksContext root, int queries) {
        QueryLayout asked = QueryLayout.of(layout, queries);
        return batches(queries) * sizes(root).ciphertexts(asked.ciphertexts(), level(), 2, true);
    }

    /**
     * Bytes of the files of answers.
     *
     * @param root context of {@link #parameters}
     * @param queries number of queries, at least 1
     * @return bytes of all ciphertexts, exact
     */
    public long answerBytes(CkksContext root, int queries) {
        return batches(queries) * sizes(root).ciphertexts(layout.groups(), 0, 2, false);
    }

    /**
     * Bytes of the file of the keys that the cloud needs.
     *
     * @param root context of {@link #parameters}
     * @return bytes, exact
     */
    public long keyBytes(CkksContext root) {
        return sizes(root).evaluationKeys(true, rotationSteps().size() + 1);
    }

    private long batches(int queries) {
        int most = QueryLayout.of(layout, queries).capacity();
        return (queries + most - 1L) / most;
    }

    private WireSizes sizes(CkksContext root) {
        return new CkksSerializer(context(root)).sizes();
    }

    /** Refuses keys that lack one that is needed, at once and not with the first query. */
    void requireKeys(EvaluationKeys keys) {
        Objects.requireNonNull(keys, "keys");
        NavigableSet<Integer> missing = new TreeSet<>(rotationSteps());
        missing.removeAll(keys.availableSteps(parameters.logRingDegree()).asSet());
        int wanted = rotationSteps().size() + 1;
        if (keys.relinearizationKey().isEmpty()
                || !missing.isEmpty()
                || keys.rotationKeys().size() < wanted) {
            throw new IllegalArgumentException("serving: expected a relinearisation key and " + wanted
                    + " keys of rotations and conjugation, found "
                    + (keys.relinearizationKey().isEmpty() ? "no relinearisation key" : "none of rotations " + missing)
                    + "; take those of ServingOwner.keys");
        }
    }

    /** What the modulus of a level holds of slots at its scale. */
    double limit(int level) {
        ModulusCapacity capacity = ModulusCapacity.of(parameters);
        return Math.pow(2, capacity.log2HalfModulus(level)) / capacity.scale(level);
    }

    /** The largest slot that a score may fill where the circuit ends, one level below queries. */
    double scoreBound() {
        return PART * limit(level() - 1);
    }

    /** What slots are multiplied with on their way from there to level 0. */
    double lastFactor() {
        return kind == AnswerKind.PLAIN ? 1 : 1 / parameters.scale(1);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ServingParameters p
                && layout.equals(p.layout)
                && parameters.equals(p.parameters)
                && kind == p.kind;
    }

    @Override
    public int hashCode() {
        return Objects.hash(layout, parameters, kind);
    }

    @Override
    public String toString() {
        return "serving " + layout + ", " + kind + " answers, at level " + level() + " of " + parameters;
    }
}
