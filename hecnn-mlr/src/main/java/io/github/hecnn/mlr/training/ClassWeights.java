package io.github.hecnn.mlr.training;

import io.github.hecnn.mlr.data.LabeledDataset;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How much the samples of each class count. The owner does it in the clear, by repeating samples before anything is encrypted: the
 * training costs as much as one on so many samples more, and the cloud sees their number, which then says something about the sizes of
 * classes. Weights are met as nearly as whole samples allow.
 *
 * <p>Immutable and thread-safe.
 */
public final class ClassWeights {
    /** Every sample counts once. */
    public static final ClassWeights EQUAL = new ClassWeights(false, new double[0]);
    /** Every class counts as much as the one with the most samples. */
    public static final ClassWeights BALANCED = new ClassWeights(true, new double[0]);

    private static final int MOST_TIMES = 1000;

    private final boolean balanced;
    /** [classes], or empty for one of the constants. */
    private final double[] relative;

    private ClassWeights(boolean balanced, double[] relative) {
        this.balanced = balanced;
        this.relative = relative;
    }

    /**
     * {@return weights of one's own}
     *
     * @param relative [classes] weight of a sample of each class, in the order of the data set's label names; only ratios matter
     * @throws IllegalArgumentException if there are fewer than 2, one is not positive and finite, or one is more than 1,000 times another
     */
    public static ClassWeights of(double... relative) {
        double least = DoubleStream.of(relative).min().orElse(0);
        double most = DoubleStream.of(relative).max().orElse(0);
        if (relative.length < 2 || !(least > 0) || !(most / least <= MOST_TIMES)) {
            throw new IllegalArgumentException("class weights: expected at least 2 positive weights, none more than "
                    + MOST_TIMES + " times another, found " + Arrays.toString(relative)
                    + "; give one for each class, or use ClassWeights.BALANCED");
        }
        return new ClassWeights(false, relative.clone());
    }

    /** {@return whether every sample counts once} */
    public boolean isEqual() {
        return !balanced && DoubleStream.of(relative).distinct().count() <= 1;
    }

    /**
     * The data with samples repeated: first all samples once, then the repetitions, class by class, in the order of the data. The class
     * of least weight is not repeated.
     *
     * @param data samples of all classes
     * @return the data itself if every sample counts once
     * @throws IllegalArgumentException if there are weights for another number of classes, or more than 2^30 samples come out
     */
    public LabeledDataset apply(LabeledDataset data) {
        if (isEqual()) {
            return data;
        }
        if (!balanced && relative.length != data.classes()) {
            throw new IllegalArgumentException("class weights: expected " + data.classes() + " for the classes "
                    + data.labelNames() + ", found " + relative.length + "; give one for each class");
        }
        int[] counts = data.classCounts();
        long[] wanted = wanted(counts);
        long all = Arrays.stream(wanted).sum();
        if (all > 1 << 30) {
            throw new IllegalArgumentException("class weights: expected at most 2^30 samples with repetitions, found "
                    + all + "; give weights that differ less");
        }
        int[] rows = new int[(int) all];
        int filled = 0;
        for (; filled < data.samples(); filled++) {
            rows[filled] = filled;
        }
        int[] labels = data.labels();
        for (int c = 0; c < counts.length; c++) {
            int[] own = own(labels, c, counts[c]);
            for (long i = counts[c]; i < wanted[c]; i++) {
                rows[filled++] = own[(int) (i % counts[c])];
            }
        }
        return data.rows(rows);
    }

    /** Samples of each class with repetitions; never fewer than without. */
    private long[] wanted(int[] counts) {
        long[] wanted = new long[counts.length];
        double least = DoubleStream.of(relative).min().orElse(1);
        int largest = Arrays.stream(counts).max().orElse(0);
        for (int c = 0; c < counts.length; c++) {
            long many = balanced ? largest : Math.round(relative[c] / least * counts[c]);
            wanted[c] = counts[c] == 0 ? 0 : Math.max(many, counts[c]);
        }
        return wanted;
    }

    private static int[] own(int[] labels, int c, int count) {
        int[] own = new int[count];
        int found = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == c) {
                own[found++] = i;
            }
        }
        return own;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ClassWeights w && balanced == w.balanced && Arrays.equals(relative, w.relative);
    }

    @Override
    public int hashCode() {
        return 31 * Boolean.hashCode(balanced) + Arrays.hashCode(relative);
    }

    /** {@code equal}, {@code balanced}, or the weights. */
    @Override
    public String toString() {
        return balanced ? "balanced" : relative.length == 0 ? "equal" : Arrays.toString(relative);
    }
}
