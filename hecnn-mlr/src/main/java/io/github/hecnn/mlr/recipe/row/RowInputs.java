package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.MlrConfig;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What the owner encrypts, block by block, made when it is asked for. */
final class RowInputs extends AbstractList<PlainVector> {
    private final RowBatches batches;
    private final MlrConfig config;
    private final double[][] x;
    private final double[][] targets;
    private final double[] factors;
    private final RowEncoder encoder;

    RowInputs(RowBatches batches, MlrConfig config, double[][] x, double[][] targets, ColumnScaling scaling) {
        this.batches = batches;
        this.config = config;
        this.x = x;
        this.targets = targets;
        encoder = new RowEncoder(batches.layout());
        double scale = RowSteps.featureScale(batches.layout(), config.sigmoid());
        factors = new double[scaling.features()];
        for (int k = 0; k < factors.length; k++) {
            factors[k] = scale * RowUnits.factor(config, scaling, k);
        }
    }

    @Override
    public PlainVector get(int index) {
        RowLayout layout = batches.layout();
        int perBlock = batches.uploadsPerBlock();
        int block = Objects.checkIndex(index, size()) / perBlock;
        int part = index % perBlock;
        int from = batches.firstSample(block);
        int count = batches.samplesOf(block);
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
        SigmoidApproximation sigmoid = config.sigmoid();
        double start = sigmoid.applyAsDouble(config.startWeight(0, 0));
        return encoder.targets(Arrays.copyOfRange(targets, from, from + count), start);
    }

    @Override
    public int size() {
        return batches.uploads();
    }
}
