package io.github.hecnn.mlr.plan;

import io.github.hecnn.ckks.circuit.OperationCounts;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * What a training will take, before any key is made: exact levels, rotation steps and operation counts from a rehearsal without
 * slots, parameters that are 128-bit secure, and the sizes and time that follow. Whatever does not fit is refused with its numbers.
 *
 * <p>Immutable and thread-safe. It depends on the recipe and the limits only, so client and cloud arrive at the same plan.
 */
public final class TrainingPlan {
    private final TrainingRecipe recipe;
    private final TrainingRehearsal rehearsal;
    private final ParameterProposal parameters;

    private TrainingPlan(TrainingRecipe recipe, TrainingRehearsal rehearsal, ParameterProposal parameters) {
        this.recipe = recipe;
        this.rehearsal = rehearsal;
        this.parameters = parameters;
    }

    /**
     * Bounds of a plan.
     *
     * @param maxUploads ciphertexts the client may upload
     * @param maxMemoryBytes heap that a role may need, as bounded by {@link #memoryBytes}
     * @param firstPrimeBits bits of the first prime
     * @param scaleBits bits of the scale
     * @param maxPrimeBits largest special primes, at most 49
     * @param digits digits of the key switch, unless the security table asks for more
     * @param security what the parameters must have; anything below 128 bits is for tests alone
     */
    public record Limits(
            int maxUploads,
            long maxMemoryBytes,
            int firstPrimeBits,
            int scaleBits,
            int maxPrimeBits,
            int digits,
            SecurityLevel security) {
        /** Six uploads, the heap of this virtual machine, first prime of 49 bits, scale of 40, special primes of up to 49, three digits. */
        public static final Limits DEFAULT = new Limits(6, Runtime.getRuntime().maxMemory(), 49, 40, 49, 3);

        /**
         * @throws IllegalArgumentException if a number is not positive, the scale below 20 bits, a prime would be larger than
         *     maxPrimeBits, or these larger than the library's primes can be
         */
        public Limits {
            if (maxUploads < 1 || maxMemoryBytes < 1 || digits < 1 || scaleBits < 20) {
                throw new IllegalArgumentException(
                        "plan limits: expected at least 1 upload, byte and digit and 20 bits of scale, found "
                                + maxUploads + ", " + maxMemoryBytes + ", " + digits + " and " + scaleBits
                                + "; start from Limits.DEFAULT");
            }
            if (firstPrimeBits < scaleBits || maxPrimeBits < firstPrimeBits || maxPrimeBits > Modulus.MAX_BITS) {
                throw new IllegalArgumentException(
                        "plan limits: expected scale bits <= first prime bits <= largest prime bits <= "
                                + Modulus.MAX_BITS + ", found " + scaleBits + ", " + firstPrimeBits + " and "
                                + maxPrimeBits + "; start from Limits.DEFAULT");
            }
            Objects.requireNonNull(security, "security");
        }

        /**
         * Limits with 128 bits of security.
         *
         * @throws IllegalArgumentException as the constructor of all limits
         */
        public Limits(
                int maxUploads, long maxMemoryBytes, int firstPrimeBits, int scaleBits, int maxPrimeBits, int digits) {
            this(
                    maxUploads,
                    maxMemoryBytes,
                    firstPrimeBits,
                    scaleBits,
                    maxPrimeBits,
                    digits,
                    SecurityLevel.CLASSICAL_128);
        }

        /** These limits with another bound on memory. */
        public Limits withMaxMemoryBytes(long bytes) {
            return new Limits(maxUploads, bytes, firstPrimeBits, scaleBits, maxPrimeBits, digits, security);
        }

        /** These limits with other security: {@link SecurityLevel#NONE} allows rings from 2^10 on, for tests that protect nothing. */
        public Limits withSecurity(SecurityLevel level) {
            return new Limits(maxUploads, maxMemoryBytes, firstPrimeBits, scaleBits, maxPrimeBits, digits, level);
        }

        /** These limits with another scale. */
        public Limits withScaleBits(int bits) {
            return new Limits(maxUploads, maxMemoryBytes, firstPrimeBits, bits, maxPrimeBits, digits, security);
        }

        /** These limits with another bound on uploads. */
        public Limits withMaxUploads(int uploads) {
            return new Limits(uploads, maxMemoryBytes, firstPrimeBits, scaleBits, maxPrimeBits, digits, security);
        }
    }

    /**
     * The plan of a recipe, at the ring degree it is laid out for.
     *
     * @param recipe any recipe
     * @param limits bounds
     * @return the plan
     * @throws IllegalArgumentException if it takes more uploads or memory than the limits allow, or more levels than are secure at
     *     its ring degree; the text has the numbers
     */
    public static TrainingPlan of(TrainingRecipe recipe, Limits limits) {
        if (recipe.uploads() > limits.maxUploads()) {
            throw new IllegalArgumentException("training plan: expected at most " + limits.maxUploads()
                    + " uploads, found " + recipe.uploads() + " in " + recipe.slots()
                    + " slots; choose a larger ring degree, or fewer samples or features");
        }
        TrainingRehearsal rehearsal = TrainingRehearsal.of(recipe);
        int logRingDegree = Integer.numberOfTrailingZeros(recipe.slots()) + 1;
        ParameterProposal parameters = ParameterProposal.of(logRingDegree, rehearsal.levels(), limits);
        TrainingPlan plan = new TrainingPlan(recipe, rehearsal, parameters);
        if (plan.memoryBytes() > limits.maxMemoryBytes()) {
            throw new IllegalArgumentException("training plan: " + plan.tooMuchMemory(limits.maxMemoryBytes()));
        }
        return plan;
    }

    /** Makes a recipe. */
    @FunctionalInterface
    public interface Recipes {
        /**
         * The recipe for settings and a number of slots.
         *
         * @throws IllegalArgumentException if there is none
         */
        TrainingRecipe of(MlrConfig config, int slots);
    }

    /**
     * The plan at the smallest ring degree at which a recipe fits.
     *
     * @param recipeOfSlots makes the recipe for a number of slots; may refuse with an IllegalArgumentException
     * @param limits bounds
     * @return the plan
     * @throws io.github.hecnn.mlr.plan.NoPlanException if it fits at no ring degree from 2^13 to 2^17; the text names the nearest
     */
    public static TrainingPlan smallest(IntFunction<? extends TrainingRecipe> recipeOfSlots, Limits limits) {
        return new PlanSearch(limits).smallest(recipeOfSlots);
    }

    /**
     * The plan at the smallest ring degree at which a training fits.
     *
     * @param config shape and settings of the training
     * @param recipes makes the recipe
     * @param limits bounds
     * @return the plan
     * @throws io.github.hecnn.mlr.plan.NoPlanException if it fits at no ring degree from 2^13 to 2^17; the text names the nearest, and
     *     how many iterations, samples or features would fit
     */
    public static TrainingPlan smallest(MlrConfig config, Recipes recipes, Limits limits) {
        return new PlanSearch(limits).smallest(config, recipes);
    }

    /** Why it does not fit into so many bytes. */
    String tooMuchMemory(long bytes) {
        return "expected at most " + megabytes(bytes) + " of memory, found " + megabytes(memoryBytes()) + ": " + keys()
                + " keys of " + megabytes(parameters.keyBytes()) + " and " + recipe.workingCiphertexts()
                + " ciphertexts of " + megabytes(parameters.ciphertextBytes(parameters.levels())) + "; allow more (-Xmx"
                + heapMebibytes() + "m), or choose fewer samples, features or iterations";
    }

    /** What the virtual machine should have: a tenth more than it needs, and what the parallel collector keeps free. */
    private long heapMebibytes() {
        return ((memoryBytes() + memoryBytes() / 4) >> 20) + 1;
    }

    /** The recipe. */
    public TrainingRecipe recipe() {
        return recipe;
    }

    /** Parameters with exactly the levels needed. */
    public ParameterProposal parameters() {
        return parameters;
    }

    /** Levels the training takes. */
    public int levels() {
        return rehearsal.levels();
    }

    /** Operations of the whole training. */
    public OperationCounts counts() {
        return rehearsal.counts();
    }

    /** Level and operations of each iteration; the seconds mean nothing. */
    public List<IterationReport> iterations() {
        return rehearsal.iterations();
    }

    /** Rotations there have to be keys for, to the left, normalised to {@code -slots/2 < step <= slots/2}. */
    public NavigableSet<Integer> rotationSteps() {
        return counts().rotationSteps();
    }

    /** Whether a conjugation key is needed. */
    public boolean needsConjugation() {
        return counts().usesConjugation();
    }

    /** Switching keys: rotations, conjugation and relinearisation. */
    public int keys() {
        return rotationSteps().size() + (needsConjugation() ? 1 : 0) + (counts().relinearizations() > 0 ? 1 : 0);
    }

    /** Size of all uploads in files, near enough, encrypted with the secret key and seeded. */
    public long uploadBytes() {
        return recipe.uploads() * parameters.ciphertextWireBytes(parameters.levels(), true);
    }

    /** Size of all evaluation keys in a file, near enough. */
    public long evaluationKeyWireBytes() {
        return keys() * parameters.keyWireBytes();
    }

    /** Memory of all evaluation keys. */
    public long evaluationKeyBytes() {
        return keys() * parameters.keyBytes();
    }

    /**
     * Heap that every role gets by with, also one after another in one process: the largest of {@link #encryptMemoryBytes},
     * {@link #trainMemoryBytes} and {@link #decryptMemoryBytes}. It is a bound from above of what is held at the same time; the virtual
     * machine should have a tenth more, so that its collector has room to work.
     */
    public long memoryBytes() {
        return Math.max(trainMemoryBytes(), Math.max(encryptMemoryBytes(), decryptMemoryBytes()));
    }

    /** Heap of the owner's process while it makes keys and encrypts; test data comes on top. */
    public long encryptMemoryBytes() {
        return memory().ownerEncrypts();
    }

    /** Heap of the cloud's process: keys and ciphertexts, every one at the top level, masks, tables and scratch. */
    public long trainMemoryBytes() {
        return memory().cloudTrains();
    }

    /** Heap of the owner's process while it decrypts and rehearses; test data comes on top. */
    public long decryptMemoryBytes() {
        return memory().ownerDecrypts();
    }

    private MemoryEstimate memory() {
        return new MemoryEstimate(parameters, recipe, rehearsal, evaluationKeyBytes());
    }

    /** Size of the encrypted weights of all iterations in files, near enough. */
    public long downloadBytes() {
        long bytes = 0;
        for (IterationReport report : iterations()) {
            bytes += rehearsal.weightCiphertexts() * parameters.ciphertextWireBytes(report.level(), false);
        }
        return bytes;
    }

    /** Seconds of the training on one thread with vector kernels: an estimate from operation counts, not a promise. */
    public double predictedSeconds() {
        return new TimeEstimate(parameters).training(rehearsal);
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
                "N = 2^" + parameters.logRingDegree() + ", " + levels() + " levels, scale 2^"
                        + parameters.scaleBits() + ", log2(Q) " + parameters.logQ() + ", log2(P) " + parameters.logP()
                        + ", "
                        + parameters.digits() + " digits, "
                        + (parameters.security() == SecurityLevel.NONE ? "NOT SECURE" : "128-bit secure"));
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
                rehearsal.weightCiphertexts() + " ciphertexts an iteration, " + megabytes(downloadBytes()));
        line(out, "memory", "at most " + megabytes(memoryBytes()) + " of heap (-Xmx" + heapMebibytes() + "m)");
        line(out, "training", String.format(Locale.ROOT, "about %.1f s on one thread", predictedSeconds()));
        return out.toString();
    }

    private static void line(StringBuilder out, String what, String value) {
        out.append(String.format(Locale.ROOT, "%-16s %s%n", what, value));
    }
}
