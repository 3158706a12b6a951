package io.github.hecnn.mlr.recipe;

import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Runs whole recipes on the slot simulator, and makes data for them. */
public final class RecipeSimulation {
    private RecipeSimulation() {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Data(double[][] x, int[] labels) {}

    public static Data data(int samples, int features, int classes, long seed) {
        Random random = new Random(seed);
        double[][] x = new double[samples][features];
        int[] labels = new int[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = random.nextInt(classes);
            x[i][0] = 1;
            for (int k = 1; k < features; k++) {
                x[i][k] = random.nextGaussian() * (1 + k % 3) + (k % classes == labels[i] ? 0.5 : 0);
            }
        }
        return new Data(x, labels);
    }

    /** Weights after each iteration, [iterations][classes][features]. */
    public static List<double[][]> train(TrainingRecipe recipe, SimulatedSlotAlgebra algebra, Data data) {
        List<double[][]> out = new ArrayList<>();
        recipe.train(
                algebra,
                uploads(recipe, algebra, data),
                null,
                TrainingListener.NONE,
                (state, weights) -> out.add(decoded(recipe, algebra, weights, data)));
        return out;
    }

    static List<SimulatedVector> uploads(TrainingRecipe recipe, SimulatedSlotAlgebra algebra, Data data) {
        List<SimulatedVector> uploads = new ArrayList<>();
        for (PlainVector v : recipe.encodeInputs(data.x(), data.labels(), recipe.scaling(data.x()))) {
            uploads.add(algebra.encrypt(parts(v, false), parts(v, true)));
        }
        return uploads;
    }

    static double[][] decoded(
            TrainingRecipe recipe, SimulatedSlotAlgebra algebra, List<SimulatedVector> weights, Data data) {
        List<PlainVector> slots = new ArrayList<>();
        for (SimulatedVector v : weights) {
            slots.add(PlainVector.complex(algebra.decrypt(v), algebra.decryptImaginary(v)));
        }
        return recipe.decodeWeights(slots, recipe.scaling(data.x()));
    }

    private static double[] parts(PlainVector v, boolean imaginary) {
        double[] out = new double[v.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = imaginary ? v.im(i) : v.re(i);
        }
        return out;
    }

    public static double largestDifference(List<double[][]> a, List<double[][]> b) {
        double max = a.size() == b.size() ? 0 : Double.POSITIVE_INFINITY;
        for (int t = 0; t < a.size(); t++) {
            for (int j = 0; j < a.get(t).length; j++) {
                for (int k = 0; k < a.get(t)[j].length; k++) {
                    max = Math.max(max, Math.abs(a.get(t)[j][k] - b.get(t)[j][k]));
                }
            }
        }
        return max;
    }
}
