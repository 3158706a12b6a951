package io.github.hecnn.examples.exchange;

import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.recipe.MlrConfig;
import java.util.List;
import java.util.Objects;

/**
 * What the owner asks the cloud to do; all of it public.
 *
 * @param runId names the run; results carry it, too
 * @param recipe {@code fast} or {@code paper}
 * @param slots slots the recipe is laid out for
 * @param files parameters, keys and uploads
 */
public record JobDescription(
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
        List<FileSeal> files) {

    /** Copies the lists; as it comes from a file, nothing may be missing. */
    public JobDescription {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(recipe, "recipe");
        sigmoidCoefficients = List.copyOf(sigmoidCoefficients);
        files = List.copyOf(files);
    }

    /** A job for a training. */
    public static JobDescription of(String runId, String recipe, int slots, MlrConfig config, List<FileSeal> files) {
        SigmoidApproximation sigmoid = config.sigmoid();
        List<Double> coefficients =
                java.util.Arrays.stream(sigmoid.coefficients()).boxed().toList();
        return new JobDescription(
                runId,
                recipe,
                slots,
                config.samples(),
                config.features(),
                config.classes(),
                config.iterations(),
                coefficients,
                sigmoid.lo(),
                sigmoid.hi(),
                config.initialWeight(),
                List.copyOf(files));
    }

    /** The settings of the training. */
    public MlrConfig config() {
        double[] coefficients = sigmoidCoefficients.stream().mapToDouble(c -> c).toArray();
        return MlrConfig.builder(samples, features, classes, iterations)
                .sigmoid(new SigmoidApproximation(coefficients, sigmoidLow, sigmoidHigh))
                .initialWeight(initialWeight)
                .build();
    }
}
