package io.github.hecnn.mlr.plan;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationPrices;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.serial.WireSizes;
import io.github.hecnn.ckks.slots.OperationCounts;
import io.github.hecnn.mlr.plan.PlanRefusal.Kind;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * What a training will take, before any key is made: exact levels, rotation steps and operation counts from a rehearsal without
 * slots, parameters that are 128-bit secure, and the sizes and time that follow. Whatever does not fit is refused with its numbers.
 *
 * <p>Immutable and thread-safe. It depends on the recipe and the limits only, so client and cloud arrive at the same plan.
 */
public final class TrainingPlan {
    private static final String OPERATION = "training plan";

    /** Primes may lie a little above their power of two. */
    private static final double NEARLY = 1e-3;

    /** More than these are held to the memory by their number, before a rehearsal. */
    private static final int MANY_CIPHERTEXTS = 1 << 13;

    /** Of a Java that has just started: a first training of two iterations takes so much longer than the next one. */
    private static final int WARM_UP_SECONDS = 2;

    private final TrainingRecipe recipe;
    private final TrainingRehearsal rehearsal;
    private final CkksParameters parameters;
    private final WireSizes sizes;

    private TrainingPlan(TrainingRecipe recipe, TrainingRehearsal rehearsal, CkksParameters parameters) {
        this.recipe = recipe;
        this.rehearsal = rehearsal;
        this.parameters = parameters;
        sizes = WireSizes.of(parameters);
    }

    /**
     * The plan of a recipe, at the ring degree it is laid out for.
     *
     * @param recipe any recipe
     * @param limits bounds
     * @return the plan
     * @throws NoPlanException if it takes more uploads or memory than the limits allow, or more levels than are secure at its ring degree;
     *     the reason has the numbers
     */
    public static TrainingPlan of(TrainingRecipe recipe, PlanLimits limits) {
        int log = Integer.numberOfTrailingZeros(recipe.slots()) + 1;
        if (recipe.uploads() > limits.maxUploads()) {
            throw NoPlanException.at(
                    OPERATION,
                    log,
                    new PlanRefusal(
                            Kind.UPLOADS,
                            limits.maxUploads(),
                            recipe.uploads(),
                            "expected at most " + limits.maxUploads() + " uploads, found " + recipe.uploads() + " in "
                                    + recipe.slots()
                                    + " slots; choose a larger ring degree, fewer samples or features, or allow more uploads"));
        }
        // Before a rehearsal that may take long.
        CkksParameters parameters = ParameterSearch.secure(log, recipe.levels(), limits);
        if (recipe.workingCiphertexts() > MANY_CIPHERTEXTS) {
            long least = most(limits, role -> MemoryEstimate.least(parameters, recipe, role));
            if (least > limits.maxMemoryBytes()) {
                throw tooMuchMemory(recipe, parameters, limits, least, "at least ", "");
            }
        }
        TrainingRehearsal rehearsal = TrainingRehearsal.of(recipe);
        TrainingPlan plan =
                new TrainingPlan(recipe, rehearsal, ParameterSearch.secure(log, rehearsal.levels(), limits));
        long bytes = most(limits, plan::memoryBytes);
        if (bytes > limits.maxMemoryBytes()) {
            String keys = plan.keys() + " keys of " + megabytes(MemoryEstimate.keyBytes(plan.parameters)) + " and ";
            throw tooMuchMemory(recipe, plan.parameters, limits, bytes, "", keys);
        }
        return plan;
    }

    private static long most(PlanLimits limits, ToLongFunction<PlanRole> memory) {
        return limits.roles().stream().mapToLong(memory).max().orElse(0);
    }

    private static NoPlanException tooMuchMemory(
            TrainingRecipe recipe,
            CkksParameters parameters,
            PlanLimits limits,
            long bytes,
            String atLeast,
            String keys) {
        boolean rehearsal = limits.roles().equals(Set.of(PlanRole.REHEARSE));
        String held = rehearsal
                ? " to rehearse " + recipe.workingCiphertexts() + " vectors of " + recipe.slots() + " slots"
                : ": " + keys + recipe.workingCiphertexts() + " ciphertexts of "
                        + megabytes(MemoryEstimate.ciphertextBytes(parameters, parameters.maxLevel()));
        String text = "expected at most " + megabytes(limits.maxMemoryBytes()) + " of memory, found " + atLeast
                + megabytes(bytes) + held + "; allow more (-Xmx" + heapMebibytes(bytes)
                + "m), or choose fewer samples, features or iterations";
        PlanRefusal reason = new PlanRefusal(Kind.MEMORY, limits.maxMemoryBytes(), bytes, text);
        return NoPlanException.at(OPERATION, parameters.logRingDegree(), reason);
    }

    /** Makes a recipe. */
    @FunctionalInterface
    public interface Recipes {
        /**
         * The recipe for settings and a number of slots.
         *
         * @param config shape and settings
         * @param slots half the ring degree
         * @param maxUploads ciphertexts the owner may upload; of several layouts one with no more is wanted
         * @return the recipe
         * @throws IllegalArgumentException if there is none; a {@link NoPlanException} says why in numbers, too
         */
        TrainingRecipe of(MlrConfig config, int slots, int maxUploads);
    }

    /**
     * The plan at the smallest ring degree at which a training fits.
     *
     * @param config shape and settings of the training
     * @param recipes makes the recipe, such as {@code PackedRecipe::of}
     * @param limits bounds
     * @return the plan
     * @throws NoPlanException if it fits at no ring degree from 2^13 to 2^17; it has the reason of each, names the nearest, and how many
     *     iterations, samples or features would fit
     */
    public static TrainingPlan smallest(MlrConfig config, Recipes recipes, PlanLimits limits) {
        return new PlanSearch<>(limits, (some, log) -> of(recipe(some, log, recipes, limits), limits)).smallest(config);
    }

    private static TrainingRecipe recipe(MlrConfig config, int log, Recipes recipes, PlanLimits limits) {
        try {
            return recipes.of(config, 1 << (log - 1), limits.maxUploads());
        } catch (NoPlanException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw NoPlanException.at(OPERATION, log, new PlanRefusal(Kind.LAYOUT, 0, 0, e.getMessage()));
        }
    }

    /** What the virtual machine should have: a tenth more than it needs, and what the parallel collector keeps free. */
    private static long heapMebibytes(long bytes) {
        return ((bytes + bytes / 4) >> 20) + 1;
    }

    /** {@return the recipe} */
    public TrainingRecipe recipe() {
        return recipe;
    }

    /** {@return parameters with exactly the levels needed, 128-bit secure} */
    public CkksParameters parameters() {
        return parameters;
    }

    /** {@return levels the training takes} */
    public int levels() {
        return rehearsal.levels();
    }

    /** {@return operations of the whole training} */
    public OperationCounts counts() {
        return rehearsal.counts();
    }

    /** {@return level and operations of each iteration; the seconds mean nothing} */
    public List<IterationReport> iterations() {
        return rehearsal.iterations();
    }

    /** {@return rotations there have to be keys for, to the left, normalised to {@code -slots/2 < step <= slots/2}} */
    public NavigableSet<Integer> rotationSteps() {
        return counts().rotationSteps();
    }

    /** {@return whether a conjugation key is needed} */
    public boolean needsConjugation() {
        return counts().usesConjugation();
    }

    /** {@return switching keys: rotations, conjugation and relinearisation} */
    public int keys() {
        return rotationSteps().size() + (needsConjugation() ? 1 : 0) + (counts().relinearizations() > 0 ? 1 : 0);
    }

    /** {@return size of all uploads, each in a file of its own, encrypted with the secret key and seeded} */
    public long uploadBytes() {
        return recipe.uploads() * sizes.ciphertext(parameters.maxLevel(), 2, true);
    }

    /** {@return size of all evaluation keys in one file} */
    public long evaluationKeyWireBytes() {
        boolean relinearization = counts().relinearizations() > 0;
        return sizes.evaluationKeys(relinearization, keys() - (relinearization ? 1 : 0));
    }

    /** {@return memory of all evaluation keys} */
    public long evaluationKeyBytes() {
        return keys() * MemoryEstimate.keyBytes(parameters);
    }

    /**
     * {@return heap that every role but the rehearsal gets by with, also one after another in one process: the largest of
     * {@link #memoryBytes(PlanRole)}}
     */
    public long memoryBytes() {
        return Math.max(
                memoryBytes(PlanRole.TRAIN), Math.max(memoryBytes(PlanRole.ENCRYPT), memoryBytes(PlanRole.DECRYPT)));
    }

    /**
     * {@return heap of one role: a bound from above of what is held at the same time; test data comes on top, and the virtual machine should have a
     * tenth more, so that its collector has room to work} The cloud's is keys and ciphertexts, every one at the top level, masks, tables
     * and scratch.
     *
     * @param role which process
     */
    public long memoryBytes(PlanRole role) {
        return new MemoryEstimate(parameters, recipe, rehearsal, keys()).bytes(role);
    }

    /** {@return size of the encrypted weights of all iterations, a file for each iteration} */
    public long downloadBytes() {
        long bytes = 0;
        for (List<Integer> levels : rehearsal.weightLevels()) {
            bytes += sizes.ciphertexts(0, 0, 2, false);
            for (int level : levels) {
                bytes += sizes.ciphertexts(1, level, 2, false) - sizes.ciphertexts(0, 0, 2, false);
            }
        }
        return bytes;
    }

    /** {@return seconds of the training on one thread with vector kernels: an estimate from the price list, not a promise} */
    public double predictedSeconds() {
        return rehearsal.seconds(OperationPrices.of(parameters));
    }

    /** {@return the same for each kind of operation there is} */
    public Map<Operation, Double> predictedSecondsByOperation() {
        return rehearsal.secondsByOperation(OperationPrices.of(parameters));
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    /** The plan as a block of text. */
    @Override
    public String toString() {
        MlrConfig config = recipe.config();
        StringBuilder out = new StringBuilder();
        line(
                out,
                "recipe",
                recipe + ", " + config.samples() + " samples x " + config.features() + " features x " + config.classes()
                        + " classes, " + config.iterations() + " iterations");
        line(
                out,
                "parameters",
                String.format(
                        Locale.ROOT,
                        "N = 2^%d, %d levels, scale 2^%d, log2(Q) %.0f, log2(P) %.0f, %d digits, %s",
                        parameters.logRingDegree(),
                        levels(),
                        parameters.scaleBits(),
                        Math.ceil(parameters.chain().logQ() - NEARLY),
                        Math.ceil(parameters.chain().logP() - NEARLY),
                        parameters.digits(),
                        parameters.securityLevel() == SecurityLevel.NONE
                                ? "NOT SECURE"
                                : parameters.securityLevel().bits() + "-bit secure"));
        line(out, "uploads", recipe.uploads() + " ciphertexts, " + megabytes(uploadBytes()));
        line(
                out,
                "evaluation keys",
                keys() + " (" + rotationSteps().size() + " rotations), " + megabytes(evaluationKeyWireBytes())
                        + ", in memory " + megabytes(evaluationKeyBytes()));
        for (IterationReport report : iterations()) {
            line(
                    out,
                    "iteration " + report.iteration(),
                    report.counts().keySwitches() + " key switches ("
                            + report.counts().hoistedRotations() + " hoisted), "
                            + report.counts().multiplications()
                            + " products, ends at level " + report.level());
        }
        line(
                out,
                "weights",
                rehearsal.weightLevels().get(0).size() + " ciphertexts an iteration, " + megabytes(downloadBytes()));
        line(
                out,
                "memory",
                "at most " + megabytes(memoryBytes()) + " of heap (-Xmx" + heapMebibytes(memoryBytes())
                        + "m): owner encrypts in " + megabytes(memoryBytes(PlanRole.ENCRYPT)) + ", cloud trains in "
                        + megabytes(memoryBytes(PlanRole.TRAIN)) + ", owner decrypts in "
                        + megabytes(memoryBytes(PlanRole.DECRYPT)));
        line(
                out,
                "training",
                String.format(
                        Locale.ROOT,
                        "about %.1f s on one thread, and about %d s more until Java has compiled the loops",
                        predictedSeconds(),
                        WARM_UP_SECONDS));
        return out.toString();
    }

    private static void line(StringBuilder out, String what, String value) {
        out.append(String.format(Locale.ROOT, "%-16s %s%n", what, value));
    }
}
