package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.ckks.circuit.PlainVector;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import java.util.AbstractList;
import java.util.List;

/** What the owner encrypts, block by block, made when it is asked for. */
final class RowInputs extends AbstractList<PlainVector> {
    private final RowRecipe recipe;
    private final double[][] x;
    private final double[][] targets;
    private final double[] factors;
    private final RowEncoder encoder;

    RowInputs(RowRecipe recipe, double[][] x, double[][] targets, ColumnScaling scaling) {
        this.recipe = recipe;
        this.x = x;
        this.targets = targets;
        encoder = new RowEncoder(recipe.layout());
        double scale = RowSteps.featureScale(recipe.layout(), recipe.config().sigmoid());
        factors = new double[scaling.features()];
        for (int k = 0; k < factors.length; k++) {
            factors[k] = scale * RowUnits.factor(recipe.config(), scaling, k);
        }
    }

    @Override
    public PlainVector get(int index) {
        RowLayout layout = recipe.layout();
        int perBlock = layout.complexFeatures() + layout.groups();
        int block = java.util.Objects.checkIndex(index, size()) / perBlock;
        int part = index % perBlock;
        int from = recipe.firstSample(block);
        int count = recipe.samples(block);
        if (part >= layout.complexFeatures()) {
            return targets(from, count).get(part - layout.complexFeatures());
        }
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = x[from + i].clone();
            for (int k = 0; k < factors.length; k++) {
                rows[i][k] *= factors[k];
            }
        }
        return encoder.features(rows, part / layout.babySteps(), part % layout.babySteps());
    }

    /** Classes that do not exist should score what they start with, so their weights stay zero. */
    private List<PlainVector> targets(int from, int count) {
        SigmoidApproximation sigmoid = recipe.config().sigmoid();
        double start = sigmoid.applyAsDouble(recipe.config().startWeight(0, 0));
        return encoder.targets(java.util.Arrays.copyOfRange(targets, from, from + count), start);
    }

    @Override
    public int size() {
        return recipe.uploads();
    }
}
