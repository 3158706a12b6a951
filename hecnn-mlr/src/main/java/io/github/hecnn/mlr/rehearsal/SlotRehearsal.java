package io.github.hecnn.mlr.rehearsal;

import io.github.hecnn.ckks.slots.OperationCounts;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole training on simulated slots, with just the levels and rotation keys of the plan, next to the same training in plain
 * doubles. What encrypted training gives must agree with it up to the noise of the scheme.
 *
 * @param simulated weights after each iteration, [classes][1 + features]
 * @param plain the same from plain doubles, [classes][1 + features]
 * @param scores what each iteration puts into the sigmoid polynomial, from plain doubles
 * @param counts operations of the simulated training
 * @param iterations what each iteration took, simulated
 */
public record SlotRehearsal(
        List<double[][]> simulated,
        List<double[][]> plain,
        List<ScoreRange> scores,
        OperationCounts counts,
        List<IterationReport> iterations) {

    /**
     * Rehearses.
     *
     * @param plan of the training
     * @param x design matrix [samples][features], ones in column 0
     * @param labels [samples], 0..classes-1
     * @param listener told after each iteration
     * @return what was rehearsed
     * @throws IllegalArgumentException if the data does not have the shape of the plan's settings, or a score leaves the interval of the
     *     sigmoid polynomial and these do not say to go on
     */
    public static SlotRehearsal of(TrainingPlan plan, double[][] x, int[] labels, TrainingListener listener) {
        TrainingRecipe recipe = plan.recipe();
        SimulatedSlotAlgebra.Builder builder =
                SimulatedSlotAlgebra.builder(plan.parameters()).rotationSteps(plan.rotationSteps());
        if (recipe.config().outsideInterval() == OutsideInterval.GO_ON) {
            builder.onOutsideInterval(outside -> {}); // the scores of plain doubles tell it
        }
        SimulatedSlotAlgebra algebra = (plan.needsConjugation() ? builder : builder.withoutConjugationKey()).build();
        List<SimulatedVector> uploads = new ArrayList<>();
        for (PlainVector input : recipe.encodeInputs(x, labels, recipe.scaling(x))) {
            uploads.add(algebra.encrypt(part(input, PlainVector::re), part(input, PlainVector::im)));
        }
        List<IterationReport> reports = new ArrayList<>();
        List<List<SimulatedVector>> history = recipe.train(algebra, uploads, new TrainingListener() {
            @Override
            public void iterationDone(IterationReport report) {
                reports.add(report);
                listener.iterationDone(report);
            }

            @Override
            public void progress(String phase, double fraction) {
                listener.progress(phase, fraction);
            }
        });
        List<double[][]> weights = new ArrayList<>();
        for (List<SimulatedVector> iteration : history) {
            List<PlainVector> slots = new ArrayList<>();
            for (SimulatedVector vector : iteration) {
                slots.add(PlainVector.complex(algebra.decrypt(vector), algebra.decryptImaginary(vector)));
            }
            weights.add(recipe.decodeWeights(slots, recipe.scaling(x)));
        }
        PlainTrainer.History plain = PlainTrainer.rehearse(x, labels, recipe.config());
        return new SlotRehearsal(weights, plain.weights(), plain.scores(), algebra.counts(), List.copyOf(reports));
    }

    /** Reads one slot of a vector. */
    @FunctionalInterface
    private interface Slot {
        double of(PlainVector vector, int index);
    }

    private static double[] part(PlainVector vector, Slot slot) {
        double[] out = new double[vector.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = slot.of(vector, i);
        }
        return out;
    }

    /**
     * {@return the largest difference of any weight, for each iteration}
     *
     * @param a weights of each iteration
     * @param b weights of the same iterations
     */
    public static List<Double> differences(List<double[][]> a, List<double[][]> b) {
        List<Double> out = new ArrayList<>();
        for (int t = 0; t < a.size(); t++) {
            double max = 0;
            for (int j = 0; j < a.get(t).length; j++) {
                for (int k = 0; k < a.get(t)[j].length; k++) {
                    max = Math.max(max, Math.abs(a.get(t)[j][k] - b.get(t)[j][k]));
                }
            }
            out.add(max);
        }
        return out;
    }
}
