package io.github.hecnn.mlr.recipe.packed;

import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.MlrConfig;
import java.util.ArrayList;
import java.util.List;

/** The client's side of the packed recipe: slot vectors to encrypt, and weights from decrypted ones. */
final class PackedEncoder {
    private final PackedLayout layout;

    PackedEncoder(PackedLayout layout) {
        this.layout = layout;
    }

    /**
     * The compact uploads: features, equal first weights if they are not zero, other first weights, then labels.
     *
     * @param labelOffset value of the sigmoid polynomial at 0, taken off the targets so that the server need not
     */
    List<PlainVector> encode(
            double[][] x, double[][] targets, ColumnScaling scaling, MlrConfig config, double labelOffset) {
        List<PlainVector> uploads = new ArrayList<>();
        for (int i = 0; i < layout.inputUploads(); i++) {
            uploads.add(inputUpload(i, x, scaling, config.initialWeight()));
        }
        for (int pair = 0; pair < layout.startUploads(); pair++) {
            uploads.add(startUpload(pair, scaling, config));
        }
        for (int i = 0; i < layout.labelUploads(); i++) {
            uploads.add(labelUpload(i, targets, labelOffset));
        }
        return uploads;
    }

    private PlainVector inputUpload(int upload, double[][] x, ColumnScaling scaling, double initialWeight) {
        Slots out = new Slots(layout.slots());
        int first = upload * layout.classSlots();
        int end = Math.min(first + layout.classSlots(), layout.inputBlocks());
        for (int block = first; block < end; block++) {
            int sampleBlock = block / layout.featurePairs();
            int pair = block % layout.featurePairs();
            for (int row = 0; row < layout.rows(); row++) {
                if (sampleBlock == layout.sampleBlocks()) {
                    fill(out, row, block - first, pair, k -> scaling.encodeWeight(initialWeight, k));
                } else if (layout.sample(sampleBlock, row) < layout.samples()) {
                    double[] features = x[layout.sample(sampleBlock, row)];
                    fill(out, row, block - first, pair, k -> features[k] * scaling.factor(k));
                }
            }
        }
        return out.toVector();
    }

    private PlainVector startUpload(int pair, ColumnScaling scaling, MlrConfig config) {
        Slots out = new Slots(layout.slots());
        for (int row = 0; row < layout.rows(); row++) {
            for (int j = 0; j < layout.classes(); j++) {
                int classIndex = j;
                fill(out, row, j, pair, k -> scaling.encodeWeight(config.startWeight(classIndex, k), k));
            }
        }
        return out.toVector();
    }

    private void fill(Slots out, int row, int position, int pair, FeatureValue value) {
        for (int u = 0; u < layout.width(); u++) {
            int slot = layout.slot(row, position, u);
            int real = 2 * pair * layout.width() + u;
            int imaginary = real + layout.width();
            if (real < layout.features()) {
                out.re[slot] = value.of(real);
            }
            if (imaginary < layout.features()) {
                out.im[slot] = value.of(imaginary);
            }
        }
    }

    private PlainVector labelUpload(int upload, double[][] targets, double offset) {
        Slots out = new Slots(layout.slots());
        int perUpload = layout.labelsPerUpload();
        for (int row = 0; row < layout.rows(); row++) {
            for (int u = 0; u < layout.width(); u++) {
                int pair = upload * perUpload + u / layout.labelSegment();
                for (int j = 0; j < layout.classes(); j++) {
                    int slot = layout.slot(row, j, u);
                    out.re[slot] = label(targets, layout.sample(2 * pair, row), j, offset);
                    out.im[slot] = label(targets, layout.sample(2 * pair + 1, row), j, offset);
                }
            }
        }
        return out.toVector();
    }

    private static double label(double[][] targets, int sample, int classIndex, double offset) {
        return sample >= targets.length ? 0 : targets[sample][classIndex] - offset;
    }

    /**
     * Weights [classes][features] from the first row of the decrypted vectors.
     *
     * @param vectors one for each pair of feature blocks
     */
    double[][] decode(List<PlainVector> vectors, ColumnScaling scaling, MlrConfig config) {
        double[][] weights = new double[layout.classes()][layout.features()];
        for (int j = 0; j < layout.classes(); j++) {
            for (int k = 0; k < layout.features(); k++) {
                int block = k / layout.width();
                PlainVector vector = vectors.get(block / 2);
                int slot = layout.slot(0, j, k % layout.width());
                double value = block % 2 == 0 ? vector.re(slot) : vector.im(slot);
                weights[j][k] = scaling.decodeWeight(value, k, config.startWeight(j, k));
            }
        }
        return weights;
    }

    private interface FeatureValue {
        double of(int feature);
    }

    private static final class Slots {
        final double[] re;
        final double[] im;

        Slots(int slots) {
            re = new double[slots];
            im = new double[slots];
        }

        PlainVector toVector() {
            return PlainVector.complex(re, im);
        }
    }
}
