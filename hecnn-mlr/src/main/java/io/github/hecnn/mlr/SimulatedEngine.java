package io.github.hecnn.mlr;

import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.model.Provenance;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import io.github.hecnn.mlr.training.PreparedTraining;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** The encrypted circuit on slots in the clear, with the levels, keys and noise of the plan's parameters. */
final class SimulatedEngine implements TrainingEngine {
    @Override
    public String name() {
        return "rehearsal";
    }

    @Override
    public MlrModel train(PreparedTraining training, TrainingListener listener) {
        TrainingPlan plan = training.plan();
        TrainingRecipe recipe = plan.recipe();
        SimulatedSlotAlgebra algebra = algebra(plan);
        List<SimulatedVector> uploads = new ArrayList<>();
        for (PlainVector v : recipe.encodeInputs(training.design(), training.labels(), training.columnScaling())) {
            uploads.add(algebra.encrypt(part(v.size(), v::re), part(v.size(), v::im)));
        }
        List<List<SimulatedVector>> weights = recipe.train(algebra, uploads, listener);
        List<PlainVector> slots = new ArrayList<>();
        for (SimulatedVector v : weights.get(weights.size() - 1)) {
            PlainVector errors = algebra.possibleErrors(v, 0);
            slots.add(PlainVector.complex(
                    sum(algebra.decrypt(v), errors::re), sum(algebra.decryptImaginary(v), errors::im)));
        }
        return training.model(
                recipe.decodeWeights(slots, training.columnScaling()),
                Provenance.EMPTY.with("trainer", name()).with("recipe", recipe.name()));
    }

    private static SimulatedSlotAlgebra algebra(TrainingPlan plan) {
        SimulatedSlotAlgebra.Builder builder = SimulatedSlotAlgebra.builder(
                        NoiseModel.ofSecretKeyEncryption(plan.parameters()))
                .noiseDraws(1)
                .rotationSteps(plan.rotationSteps());
        if (plan.recipe().config().outsideInterval() == OutsideInterval.GO_ON) {
            builder.onOutsideInterval(outside -> {});
        }
        return (plan.needsConjugation() ? builder : builder.withoutConjugationKey()).build();
    }

    private static double[] sum(double[] values, IntToDoubleFunction errors) {
        return part(values.length, i -> values[i] + errors.applyAsDouble(i));
    }

    private static double[] part(int slots, IntToDoubleFunction of) {
        double[] out = new double[slots];
        for (int i = 0; i < slots; i++) {
            out[i] = of.applyAsDouble(i);
        }
        return out;
    }
}
