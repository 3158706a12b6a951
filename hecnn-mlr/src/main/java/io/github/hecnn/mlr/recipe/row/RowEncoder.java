package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.ckks.slots.PlainVector;
import java.util.ArrayList;
import java.util.List;

/** The owner's side of a {@link RowLayout}: slot vectors to encrypt, and weights from decrypted ones. Immutable and thread-safe. */
public final class RowEncoder {
    private final RowLayout layout;

    /**
     * An encoder.
     *
     * @param layout where everything goes
     */
    public RowEncoder(RowLayout layout) {
        this.layout = layout;
    }

    /**
     * Features of one block of samples, all ciphertexts of it in the order (0, 0), (0, 1), ...
     *
     * @param x [samples][features] as they are to be multiplied with, at most {@link RowLayout#rows} samples; what is missing is zero
     * @return {@link RowLayout#complexFeatures} complex vectors
     * @throws IllegalArgumentException if there are too many samples, or one has another number of features
     */
    public List<PlainVector> features(double[][] x) {
        List<PlainVector> out = new ArrayList<>(layout.complexFeatures());
        for (int a = 0; a < layout.giantSteps(); a++) {
            for (int b = 0; b < layout.babySteps(); b++) {
                out.add(features(x, a, b));
            }
        }
        return out;
    }

    /**
     * Features of one block of samples, one ciphertext of it.
     *
     * @param x [samples][features], at most {@link RowLayout#rows} samples; what is missing is zero
     * @param a giant step, from 0 to below {@link RowLayout#giantSteps}
     * @param b baby step, from 0 to below {@link RowLayout#babySteps}
     * @return a complex vector
     * @throws IllegalArgumentException if there are too many samples, or one has another number of features, or a step is out of range
     */
    public PlainVector features(double[][] x, int a, int b) {
        check(x, layout.features(), "features");
        if (a < 0 || a >= layout.giantSteps() || b < 0 || b >= layout.babySteps()) {
            throw new IllegalArgumentException("row encoding: expected a giant step in 0.." + (layout.giantSteps() - 1)
                    + " and a baby step in 0.." + (layout.babySteps() - 1) + ", found " + a + " and " + b
                    + "; take the steps of the layout");
        }
        double[] re = new double[layout.slots()];
        double[] im = new double[layout.slots()];
        int k = layout.complexFeatures();
        for (int i = 0; i < layout.rows(); i++) {
            int sample = Math.floorMod(i - a * layout.babySteps(), layout.rows());
            if (sample >= x.length) {
                continue;
            }
            int f = (i + b) % k;
            double real = f < layout.features() ? x[sample][f] : 0;
            double imaginary = f + k < layout.features() ? x[sample][f + k] : 0;
            for (int j = 0; j < layout.groupWidth(); j++) {
                re[layout.slot(i, j)] = real;
                im[layout.slot(i, j)] = imaginary;
            }
        }
        return PlainVector.complex(re, im);
    }

    /**
     * What samples should score, for each group of classes.
     *
     * @param targets [samples][classes], at most {@link RowLayout#rows} samples
     * @param elsewhere value for classes and samples that do not exist; the score of weights of zero leaves them at zero
     * @return {@link RowLayout#groups} real vectors
     * @throws IllegalArgumentException if there are too many samples, or one has another number of classes
     */
    public List<PlainVector> targets(double[][] targets, double elsewhere) {
        check(targets, layout.classes(), "classes");
        List<PlainVector> out = new ArrayList<>(layout.groups());
        for (int q = 0; q < layout.groups(); q++) {
            double[] values = new double[layout.slots()];
            for (int i = 0; i < layout.rows(); i++) {
                for (int j = 0; j < layout.groupWidth(); j++) {
                    int c = q * layout.groupWidth() + j;
                    boolean exists = i < targets.length && c < layout.classes();
                    values[layout.slot(i, j)] = exists ? targets[i][c] : elsewhere;
                }
            }
            out.add(PlainVector.real(values));
        }
        return out;
    }

    private void check(double[][] rows, int columns, String what) {
        if (rows.length > layout.rows()) {
            throw new IllegalArgumentException("row encoding: expected at most " + layout.rows()
                    + " samples in a block, found " + rows.length + "; encode more blocks");
        }
        for (double[] row : rows) {
            if (row.length != columns) {
                throw new IllegalArgumentException("row encoding: expected " + columns + " " + what
                        + " for every sample, found " + row.length + "; take the layout of this data");
            }
        }
    }

    /**
     * Weights, each group of classes by itself.
     *
     * @param weights [classes][features]
     * @return {@link RowLayout#groups} complex vectors
     * @throws IllegalArgumentException for another shape
     */
    public List<PlainVector> weights(double[][] weights) {
        if (weights.length != layout.classes()) {
            throw new IllegalArgumentException("row encoding: expected weights of " + layout.classes()
                    + " classes, found " + weights.length + "; take the layout of these weights");
        }
        int k = layout.complexFeatures();
        List<PlainVector> out = new ArrayList<>(layout.groups());
        for (int q = 0; q < layout.groups(); q++) {
            double[] re = new double[layout.slots()];
            double[] im = new double[layout.slots()];
            for (int j = 0; j < Math.min(layout.groupWidth(), layout.classes() - q * layout.groupWidth()); j++) {
                double[] w = weights[q * layout.groupWidth() + j];
                if (w.length != layout.features()) {
                    throw new IllegalArgumentException("row encoding: expected weights of " + layout.features()
                            + " features, found " + w.length + "; take the layout of these weights");
                }
                for (int i = 0; i < layout.rows(); i++) {
                    int f = i % k;
                    re[layout.slot(i, j)] = f < w.length ? w[f] : 0;
                    im[layout.slot(i, j)] = f + k < w.length ? -w[f + k] : 0;
                }
            }
            out.add(PlainVector.complex(re, im));
        }
        return out;
    }

    /**
     * The opposite of {@link #weights}.
     *
     * @param groups {@link RowLayout#groups} vectors
     * @return [classes][features]
     * @throws IllegalArgumentException for another number or size of vectors
     */
    public double[][] decodeWeights(List<PlainVector> groups) {
        if (groups.size() != layout.groups() || groups.stream().anyMatch(g -> g.size() != layout.slots())) {
            throw new IllegalArgumentException("row decoding: expected " + layout.groups() + " vectors of "
                    + layout.slots() + " slots, found " + groups.size() + " of "
                    + groups.stream().map(PlainVector::size).distinct().toList()
                    + "; take the layout they were made for");
        }
        int k = layout.complexFeatures();
        double[][] out = new double[layout.classes()][layout.features()];
        for (int c = 0; c < layout.classes(); c++) {
            PlainVector group = groups.get(c / layout.groupWidth());
            for (int f = 0; f < layout.features(); f++) {
                int slot = layout.slot(f % k, c % layout.groupWidth());
                out[c][f] = f < k ? group.re(slot) : -group.im(slot);
            }
        }
        return out;
    }

    /**
     * Weights from all groups in one vector, as the cloud's circuit merges them: taken apart in the clear.
     *
     * @param merged a vector of {@link RowLayout#slots} slots
     * @return [classes][features]
     * @throws IllegalArgumentException for another number of slots
     */
    public double[][] decodeMerged(PlainVector merged) {
        return decodeWeights(PlainGroups.split(layout, merged));
    }
}
