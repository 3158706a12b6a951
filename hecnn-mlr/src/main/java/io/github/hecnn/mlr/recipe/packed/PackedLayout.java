package io.github.hecnn.mlr.recipe.packed;

import io.github.hecnn.mlr.recipe.MlrConfig;

/**
 * Where the packed recipe keeps samples, classes and features in the slots.
 *
 * <p>Slot {@code (row * classSlots + class) * width + u}: a row holds one sample, a class has {@code width} neighbouring slots, and
 * slot u of feature block t is feature {@code t * width + u}. Rows come last, so a sum over samples is a sum of cyclic rotations and
 * needs no mask. Feature blocks travel in pairs, block 2p as real and block 2p + 1 as imaginary part; in the forward pass blocks of
 * samples do the same.
 *
 * <p>Uploads are compact: a row has room for {@code classSlots} blocks of features, which the server spreads over the classes. The
 * blocks (sample block, feature pair) fill the uploads one after the other. Few samples are repeated every {@code period} rows, which
 * keeps their sum cyclic.
 *
 * @param slots slots of a ciphertext, a power of two
 * @param samples samples, n
 * @param features features with the leading 1, d
 * @param classes classes, c
 * @param width slots of a feature block, a power of two
 * @param start how the weights start
 */
record PackedLayout(int slots, int samples, int features, int classes, int width, Start start) {
    /** Where the first weights come from. */
    enum Start {
        /** They are zero. */
        ZERO,
        /** The same for all classes: one more block of rows. */
        EQUAL,
        /** An upload of its own for each feature pair. */
        BY_CLASS
    }

    /** The layout of settings, in blocks of a width. */
    static PackedLayout of(MlrConfig config, int slots, int width) {
        Start start =
                config.hasStartWeights() ? Start.BY_CLASS : config.initialWeight() == 0 ? Start.ZERO : Start.EQUAL;
        return new PackedLayout(slots, config.samples(), config.features(), config.classes(), width, start);
    }

    /** Larger than any number of slots. */
    private static final int LARGEST_POWER = 1 << 30;

    PackedLayout {
        if (slots < 1
                || width < 1
                || Integer.bitCount(slots) != 1
                || Integer.bitCount(width) != 1
                || samples < 1
                || features < 1
                || classes < 1) {
            throw new IllegalArgumentException(
                    "PackedLayout: expected powers of two of slots and width, and at least one sample, feature and class, found "
                            + slots + " slots, width " + width + ", " + samples + " x " + features + ", " + classes
                            + " classes; correct them");
        }
        if (classes > slots || (long) ceilPowerOfTwo(classes) * width > slots) {
            throw new IllegalArgumentException(
                    "PackedLayout: expected a row of at most " + slots + " slots, found " + ceilPowerOfTwo(classes)
                            + " classes x " + width + "; choose a larger ring degree or a smaller width");
        }
        int rows = slots / (ceilPowerOfTwo(classes) * width);
        long sampleBlocks = ceilDivide(samples, rows) + 1L;
        long pairs = ceilDivide(ceilDivide(features, width), 2);
        if (sampleBlocks * pairs > LARGEST_POWER) {
            throw new IllegalArgumentException("PackedLayout: expected at most 2^30 blocks of data, found "
                    + sampleBlocks * pairs + " for " + samples + " samples x " + features + " features in " + slots
                    + " slots; choose fewer samples or features");
        }
    }

    /** The least power of two that is not less than n, but never more than 2^30. */
    static int ceilPowerOfTwo(int n) {
        return n <= 1 ? 1 : n > LARGEST_POWER ? LARGEST_POWER : Integer.highestOneBit(n - 1) << 1;
    }

    /** For a of 1 and more, as large as an int can be. */
    static int ceilDivide(int a, int b) {
        return (a - 1) / b + 1;
    }

    /** Classes of a row, unused ones included. */
    int classSlots() {
        return ceilPowerOfTwo(classes);
    }

    int rowLength() {
        return classSlots() * width;
    }

    int rows() {
        return slots / rowLength();
    }

    /** Rows after which the samples repeat; all rows unless there are fewer samples. */
    int period() {
        return Math.min(rows(), ceilPowerOfTwo(samples));
    }

    int featureBlocks() {
        return ceilDivide(features, width);
    }

    int featurePairs() {
        return ceilDivide(featureBlocks(), 2);
    }

    /** Whether a pair of feature blocks has no second block, so that its ciphertexts are real. */
    boolean realFeaturePair(int pair) {
        return 2 * pair + 1 >= featureBlocks();
    }

    int sampleBlocks() {
        return ceilDivide(samples, period());
    }

    int samplePairs() {
        return ceilDivide(sampleBlocks(), 2);
    }

    /** Whether a pair of sample blocks has no second block. */
    boolean loneSampleBlock(int pair) {
        return 2 * pair + 1 >= sampleBlocks();
    }

    /** Compact blocks: one for each sample block and feature pair, then one for each feature pair of equal first weights. */
    int inputBlocks() {
        return (sampleBlocks() + (start == Start.EQUAL ? 1 : 0)) * featurePairs();
    }

    int inputUploads() {
        return ceilDivide(inputBlocks(), classSlots());
    }

    /** Pairs of sample blocks whose labels share an upload: each gets a segment of the width. */
    int labelsPerUpload() {
        return Math.min(width, ceilPowerOfTwo(samplePairs()));
    }

    int labelSegment() {
        return width / labelsPerUpload();
    }

    int labelUploads() {
        return ceilDivide(samplePairs(), labelsPerUpload());
    }

    int startUploads() {
        return start == Start.BY_CLASS ? featurePairs() : 0;
    }

    boolean startsAtZero() {
        return start == Start.ZERO;
    }

    int uploads() {
        return inputUploads() + startUploads() + labelUploads();
    }

    /** Sample of a row in a sample block, or a number of {@code samples} or more where there is none. */
    int sample(int block, int row) {
        return block * period() + row % period();
    }

    int slot(int row, int blockOfRow, int u) {
        return row * rowLength() + blockOfRow * width + u;
    }

    @Override
    public String toString() {
        return rows() + " rows x " + classSlots() + " classes x " + width + " features in " + slots + " slots, "
                + sampleBlocks() + " x " + featurePairs() + " blocks of data, " + uploads() + " uploads";
    }
}
