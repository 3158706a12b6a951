package io.github.hecnn.mlr.roles;

import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.RunFile;
import io.github.hecnn.mlr.plan.PlanLimits;
import io.github.hecnn.mlr.plan.PlanRole;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.Schedule;
import io.github.hecnn.mlr.training.RecipeKind;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What the owner asks the cloud to do, {@code job.json}; all of it public.
 *
 * @param runId names the run; results carry it, too
 * @param recipe {@code fast}, {@code paper} or {@code cheapest}
 * @param slots slots the recipe is laid out for
 * @param samples number of samples
 * @param features columns with the leading 1
 * @param classes number of classes
 * @param iterations number of iterations
 * @param sigmoidCoefficients constant first
 * @param sigmoidLow lower end of its interval
 * @param sigmoidHigh upper end of its interval
 * @param initialWeight every weight before the first iteration
 * @param startWeights whether weights to begin with are among the uploads
 * @param schedule of step sizes and momentum
 * @param learningRate factor of every step
 * @param l2 strength of the L2 penalty
 * @param maxUploads bound on uploads that the layout was chosen for
 * @param firstPrimeBits bits of the first prime, as in {@link PlanLimits}
 * @param scaleBits bits of the scale
 * @param maxSpecialPrimeBits largest special primes
 * @param digits digits of the key switch that were asked for
 * @param securityBits 128, 192 or 256, or 0 for tests
 * @param files parameters, keys and uploads
 */
public record JobFile(
        String runId,
        String recipe,
        int slots,
        int samples,
        int features,
        int classes,
        int iterations,
        List<Double> sigmoidCoefficients,
        double sigmoidLow,
        double sigmoidHigh,
        double initialWeight,
        boolean startWeights,
        Schedule schedule,
        double learningRate,
        double l2,
        int maxUploads,
        int firstPrimeBits,
        int scaleBits,
        int maxSpecialPrimeBits,
        int digits,
        int securityBits,
        List<FileSeal> files)
        implements RunFile {
    /** Bounds of what the cloud even begins to plan for a stranger. */
    private static final int MAX_SIZE = 1 << 16;

    private static final int MAX_CLASSES = 1 << 10;
    private static final int MAX_ITERATIONS = 1000;
    private static final long MAX_START_WEIGHTS = 1 << 22;

    /** Rings of 2^13 to 2^17, as in the security table; masks of that many slots are made before anything else is checked. */
    private static final int LEAST_SLOTS = 1 << 12;

    private static final int MOST_SLOTS = 1 << 16;

    private static final SecurityLevel SECURE = SecurityLevel.CLASSICAL_128;

    /**
     * Copies the lists; as it comes from a file, nothing may be missing.
     *
     * @param runId names the run; results carry it, too
     * @param recipe {@code fast} or {@code paper}
     * @param slots slots the recipe is laid out for
     * @param samples number of samples
     * @param features columns with the leading 1
     * @param classes number of classes
     * @param iterations number of iterations
     * @param sigmoidCoefficients constant first
     * @param sigmoidLow lower end of its interval
     * @param sigmoidHigh upper end of its interval
     * @param initialWeight every weight before the first iteration
     * @param startWeights whether weights to begin with are among the uploads
     * @param schedule of step sizes and momentum
     * @param learningRate factor of every step
     * @param l2 strength of the L2 penalty
     * @param maxUploads bound on uploads that the layout was chosen for
     * @param firstPrimeBits bits of the first prime, as in {@link PlanLimits}
     * @param scaleBits bits of the scale
     * @param maxSpecialPrimeBits largest special primes
     * @param digits digits of the key switch that were asked for
     * @param securityBits 128, or 0 for tests
     * @param files parameters, keys and uploads
     */
    public JobFile {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(recipe, "recipe");
        Objects.requireNonNull(schedule, "schedule");
        sigmoidCoefficients = List.copyOf(sigmoidCoefficients);
        files = List.copyOf(files);
    }

    /** The job of a plan that was made within those limits. */
    static JobFile of(String runId, RecipeKind recipe, TrainingPlan plan, PlanLimits limits) {
        MlrConfig config = plan.recipe().config();
        SigmoidApproximation sigmoid = config.sigmoid();
        return new JobFile(
                runId,
                recipe.toString(),
                plan.recipe().slots(),
                config.samples(),
                config.features(),
                config.classes(),
                config.iterations(),
                Arrays.stream(sigmoid.coefficients()).boxed().toList(),
                sigmoid.lo(),
                sigmoid.hi(),
                config.initialWeight(),
                config.hasStartWeights(),
                config.schedule(),
                config.learningRate(),
                config.l2(),
                limits.maxUploads(),
                limits.firstPrimeBits(),
                limits.scaleBits(),
                limits.maxSpecialPrimeBits(),
                limits.digits(),
                limits.security().bits(),
                List.of());
    }

    /** The same with what is said about its files. */
    JobFile withFiles(List<FileSeal> seals) {
        return new JobFile(
                runId,
                recipe,
                slots,
                samples,
                features,
                classes,
                iterations,
                sigmoidCoefficients,
                sigmoidLow,
                sigmoidHigh,
                initialWeight,
                startWeights,
                schedule,
                learningRate,
                l2,
                maxUploads,
                firstPrimeBits,
                scaleBits,
                maxSpecialPrimeBits,
                digits,
                securityBits,
                seals);
    }

    /**
     * {@return the public settings of the training; what the owner alone knows is left at its default}
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public MlrConfig config() {
        double[] coefficients = sigmoidCoefficients.stream().mapToDouble(c -> c).toArray();
        MlrConfig.Builder builder = MlrConfig.builder(samples, features, classes, iterations)
                .sigmoid(new SigmoidApproximation(coefficients, sigmoidLow, sigmoidHigh))
                .initialWeight(initialWeight)
                .schedule(schedule)
                .learningRate(learningRate)
                .l2(l2);
        // What they are is encrypted; the cloud knows that there are some.
        return (startWeights ? builder.startWeights(new double[classes][features]) : builder).build();
    }

    /**
     * The plan of the job, the same on both sides.
     *
     * @param security what the parameters must have at least
     * @param fix said at the end of an error
     * @param role whose memory it must fit into
     * @param owners adds what the owner alone knows; changes nothing at the cloud
     * @throws DataFormatException if a number is beyond what anybody would ask for
     * @throws IllegalArgumentException if there is no such training, or parameters would not be secure
     */
    TrainingPlan plan(SecurityLevel security, String fix, PlanRole role, UnaryOperator<MlrConfig> owners) {
        if (securityBits < security.bits()) {
            throw new DataFormatException("job: expected parameters of " + security.bits()
                    + "-bit security, found a job of " + securityBits
                    + "; " + fix + ", or take it in a test with TrainingJob.readOfAnySecurity");
        }
        if (Math.max(samples, features) > MAX_SIZE || classes > MAX_CLASSES || iterations > MAX_ITERATIONS) {
            throw new DataFormatException("job: expected at most " + MAX_SIZE + " samples and features, " + MAX_CLASSES
                    + " classes and " + MAX_ITERATIONS + " iterations, found " + samples + " x " + features + " x "
                    + classes + ", " + iterations + "; " + fix);
        }
        if (startWeights && (long) classes * features > MAX_START_WEIGHTS) {
            throw new DataFormatException("job: expected at most " + MAX_START_WEIGHTS + " start weights, found "
                    + classes + " x " + features + "; " + fix);
        }
        int least = securityBits >= SECURE.bits() ? LEAST_SLOTS : 1;
        if (Integer.bitCount(slots) != 1 || slots < least || slots > MOST_SLOTS) {
            throw new DataFormatException("job: expected a power of two of slots from " + least + " to " + MOST_SLOTS
                    + ", found " + slots + "; " + fix);
        }
        MlrConfig config = owners.apply(config());
        RecipeKind kind;
        try {
            kind = RecipeKind.named(recipe);
        } catch (IllegalArgumentException e) {
            throw new DataFormatException(
                    "job: expected fast|paper, found '" + recipe.replaceAll("\\p{Cntrl}", " ") + "'; " + fix, e);
        }
        return TrainingPlan.of(kind.recipe(config, slots, maxUploads), limits(role));
    }

    /** The heap of this virtual machine, for the role that it plays. */
    private PlanLimits limits(PlanRole role) {
        return new PlanLimits(
                maxUploads,
                Runtime.getRuntime().maxMemory(),
                Set.of(role),
                firstPrimeBits,
                scaleBits,
                maxSpecialPrimeBits,
                digits,
                SecurityLevel.reachedBy(securityBits));
    }
}
