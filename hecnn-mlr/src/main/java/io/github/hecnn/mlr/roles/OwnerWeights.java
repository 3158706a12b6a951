package io.github.hecnn.mlr.roles;

import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.model.Provenance;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import io.github.hecnn.mlr.training.PreparedTraining;
import io.github.hecnn.mlr.training.TrainingSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * What the owner keeps of its data to read weights later: scaling and names in an untrained model, a factor for each feature, and for
 * each iteration one number to know the right weights by. Immutable and thread-safe.
 */
final class OwnerWeights {
    /** Noise changes weights by far less; a wrong key makes them millions of times larger. */
    private static final double TOLERANCE = 0.05;

    private static final double ABSOLUTE_TOLERANCE = 0.01;

    private final TrainingPlan plan;
    private final MlrModel untrained;
    private final ColumnScaling columns;
    private final List<Double> norms;

    private OwnerWeights(TrainingPlan plan, MlrModel untrained, ColumnScaling columns, List<Double> norms) {
        this.plan = plan;
        this.untrained = untrained;
        this.columns = columns;
        this.norms = norms;
    }

    /**
     * From the data, by a rehearsal in the clear.
     *
     * @throws IllegalArgumentException if a score leaves the interval of the sigmoid polynomial and the settings do not say to go on
     */
    static OwnerWeights of(PreparedTraining training, TrainingPlan plan) {
        MlrConfig config = plan.recipe().config();
        PlainTrainer.History history = PlainTrainer.rehearse(training.design(), training.labels(), config);
        MlrModel untrained = training.model(
                config.hasStartWeights() ? config.startWeights() : new double[config.classes()][config.features()],
                Provenance.EMPTY
                        .with("trainer", "encrypted")
                        .with("recipe", plan.recipe().name())
                        .with("logRingDegree", plan.parameters().logRingDegree())
                        .with("levels", plan.levels())
                        .with("uploads", plan.recipe().uploads()));
        return new OwnerWeights(
                plan,
                untrained,
                plan.recipe().scaling(training.design()),
                history.weights().stream().map(OwnerWeights::norm).toList());
    }

    /** As it was kept. */
    static OwnerWeights of(TrainingPlan plan, OwnerFile state, MlrModel untrained) {
        double[] factors = state.columnFactors().stream().mapToDouble(f -> f).toArray();
        if (factors.length != plan.recipe().config().features()
                || state.weightNorms().size() != plan.recipe().config().iterations()) {
            throw new DataFormatException("owner's settings: expected factors of "
                    + plan.recipe().config().features() + " features and "
                    + plan.recipe().config().iterations() + " iterations, found " + factors.length + " and "
                    + state.weightNorms().size() + "; have the job prepared again");
        }
        return new OwnerWeights(plan, untrained, new ColumnScaling(factors), state.weightNorms());
    }

    OwnerFile state(JobFile job, TrainingSettings settings) {
        MlrConfig config = plan.recipe().config();
        return new OwnerFile(
                job,
                config.preconditioner().toString(),
                config.outsideInterval().name(),
                settings.limits().security().bits(),
                Arrays.stream(columns.factors()).boxed().toList(),
                norms,
                0,
                0,
                0,
                0,
                0,
                0,
                "",
                List.of());
    }

    ColumnScaling columns() {
        return columns;
    }

    TrainingPlan plan() {
        return plan;
    }

    int iterations() {
        return norms.size();
    }

    void writeUntrained(OutputStream out) throws IOException {
        out.write(untrained.bytes());
    }

    /** The model of decrypted slots. */
    MlrModel model(int iteration, List<PlainVector> slots) {
        double[][] weights = plan.recipe().decodeWeights(slots, columns);
        double found = norm(weights);
        double expected = norms.get(iteration - 1);
        if (!(Math.abs(found - expected) <= TOLERANCE * expected + ABSOLUTE_TOLERANCE)) {
            throw new IllegalArgumentException(
                    "decrypt weights of iteration " + iteration + ": expected a norm of about "
                            + expected + " as in the rehearsal, found " + found
                            + "; the secret key, the files of the run or the cloud's circuit are not those of this run: have the cloud"
                            + " train again with this version, or have the job prepared again");
        }
        return new MlrModel(
                new LinearModel(weights, untrained.labelNames()),
                untrained.scaling(),
                untrained.featureNames(),
                untrained.provenance());
    }

    private static double norm(double[][] weights) {
        return Math.sqrt(Arrays.stream(weights)
                .flatMapToDouble(Arrays::stream)
                .map(w -> w * w)
                .sum());
    }
}
