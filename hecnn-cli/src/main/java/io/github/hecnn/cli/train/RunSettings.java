package io.github.hecnn.cli.train;

import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.features.GridShape;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.recipe.Schedule;
import io.github.hecnn.mlr.report.RunDescription;
import io.github.hecnn.mlr.training.RecipeKind;
import io.github.hecnn.mlr.training.TrainingSettings;
import java.nio.file.Path;

/**
 * A run with every default worked out.
 *
 * @param features where samples and features come from
 * @param download whether to fetch MNIST into the folder of the data first
 * @param threads worker threads
 * @param seed of keys and encryption; null for secure randomness
 * @param out folder of all outputs
 * @param initialWeight every weight before the first iteration
 * @param preconditioner of the quadratic gradient; null to choose by rehearsal
 * @param outsideInterval what to do when a score leaves the sigmoid polynomial's interval
 */
record RunSettings(
        RecipeKind recipe,
        FeatureChoice features,
        boolean download,
        int iterations,
        ScalingKind scaling,
        boolean rehearse,
        int threads,
        Long seed,
        Path out,
        RoleChoice role,
        double initialWeight,
        Preconditioner preconditioner,
        OutsideInterval outsideInterval) {
    /** Whether this process plays that role. */
    boolean plays(RoleChoice one) {
        return role == RoleChoice.ALL || role == one;
    }

    /** These in another process, with its folder and threads, and with a preconditioner that was chosen. */
    RunSettings in(RunSettings process, Preconditioner chosen) {
        return new RunSettings(
                recipe,
                features,
                false,
                iterations,
                scaling,
                false,
                process.threads,
                seed,
                process.out,
                process.role,
                initialWeight,
                chosen,
                outsideInterval);
    }

    /** For reports. */
    RunDescription description() {
        return new RunDescription(features.program(), recipe.toString(), features.label(), seed, threads);
    }

    /** As the library takes them; the preconditioner is the program's bound where it is still to be chosen. */
    TrainingSettings training(GridShape grid) {
        TrainingSettings.Builder builder = TrainingSettings.builder()
                .scaling(scaling)
                .recipe(recipe)
                .iterations(iterations)
                .preconditioner(preconditioner == null ? Preconditioner.PROGRAM_BOUND : preconditioner)
                .sigmoid(SigmoidApproximation.PAPER_CUBIC)
                .schedule(Schedule.paper())
                .learningRate(1)
                .startWeight(initialWeight)
                .threads(threads)
                .outsideInterval(outsideInterval);
        return (grid == null ? builder : builder.grid(grid)).build();
    }
}
