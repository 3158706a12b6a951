package io.github.hecnn.mlr.features;

import io.github.hecnn.core.parallel.WorkerPool;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A map of features fitted on training features only, to be applied to any features of the same kind. It is the client's work, in the
 * clear, before encryption; the cloud never sees its statistics.
 *
 * <p>Immutable and thread-safe; results do not depend on the number of threads.
 */
public final class FeatureScaler {
    private static final int MAX_COMPONENTS = 255;

    private final ScalingKind kind;
    private final int inputs;
    /** Null without one. */
    private final GridTransform grid;
    /** Null without one. */
    private final double[] mean;
    /** Null without one. */
    private final double[] divisor;
    /** [inputs][outputs], null without one. */
    private final double[][] matrix;

    private FeatureScaler(
            ScalingKind kind, int inputs, GridTransform grid, double[] mean, double[] divisor, double[][] matrix) {
        this.kind = kind;
        this.inputs = inputs;
        this.grid = grid;
        this.mean = mean;
        this.divisor = divisor;
        this.matrix = matrix;
    }

    /**
     * Fits a map.
     *
     * @param kind what to do
     * @param train [samples][features], rectangular and finite
     * @param grid how the features lie, for {@link ScalingKind#DCT}; may be null for the others, which ignore it
     * @return the fitted map
     * @throws IllegalArgumentException if train is empty, ragged or not finite; if the grid is missing or of another size where it
     *     is needed; if no feature varies where deviations are needed
     */
    public static FeatureScaler fit(ScalingKind kind, double[][] train, GridShape grid) {
        int width = checked(train);
        return switch (kind) {
            case NONE -> new FeatureScaler(kind, width, null, null, null, null);
            case CENTER -> new FeatureScaler(kind, width, null, mean(train), null, null);
            case STANDARDIZE, STANDARDIZE_POOLED -> standardize(kind, train, null);
            case DCT -> standardize(kind, train, transform(grid, width));
            case WHITEN, WHITEN_STANDARDIZED -> whiten(kind, train);
        };
    }

    /**
     * What a fitted map is made of, to be kept in files; {@link #of(Statistics)} makes the map again.
     *
     * @param kind what it was fitted as
     * @param inputs features before
     * @param grid how features lie, null unless the kind needs a grid
     * @param mean [inputs], null where none is taken off
     * @param divisor [inputs], from 0; 0 leaves a feature out; null where nothing is divided
     * @param matrix [inputs][outputs], null without a whitening
     */
    @SuppressWarnings("ArrayRecordComponent") // copied by statistics() and of()
    public record Statistics(
            ScalingKind kind, int inputs, GridShape grid, double[] mean, double[] divisor, double[][] matrix) {}

    /** {@return a copy of the statistics this map is made of} */
    public Statistics statistics() {
        GridShape shape = grid == null ? null : grid.shape();
        return new Statistics(kind, inputs, shape, copy(mean), copy(divisor), copy(matrix));
    }

    /**
     * The map of given statistics.
     *
     * @param s as {@link #statistics} gives them; copied
     * @return an equal map
     * @throws IllegalArgumentException if something is missing that the kind has, is there that it does not have, of another size, not
     *     finite, or a divisor is negative
     */
    public static FeatureScaler of(Statistics s) {
        ScalingKind kind = Objects.requireNonNull(s.kind, "kind");
        boolean divided = kind != ScalingKind.NONE && kind != ScalingKind.CENTER && kind != ScalingKind.WHITEN;
        boolean whitened = kind == ScalingKind.WHITEN || kind == ScalingKind.WHITEN_STANDARDIZED;
        require(kind, s.inputs > 0, "at least 1 feature");
        require(kind, (s.grid != null) == kind.needsGrid(), "a grid of features only where it is needed");
        require(kind, s.grid == null || isGridOf(s.grid, s.inputs), "a grid of all features");
        requireNumbers(kind, kind != ScalingKind.NONE, s.mean, s.inputs, "means");
        requireNumbers(kind, divided, s.divisor, s.inputs, "divisors");
        require(kind, !divided || Arrays.stream(s.divisor).allMatch(d -> d >= 0), "divisors of 0 or more");
        require(kind, (s.matrix != null) == whitened, "a matrix only with a whitening");
        if (whitened) {
            require(kind, s.matrix.length == s.inputs && s.matrix[0].length > 0, "a matrix of all features");
            for (double[] row : s.matrix) {
                requireNumbers(kind, true, row, s.matrix[0].length, "a matrix");
            }
        }
        GridTransform transform = s.grid == null ? null : new GridTransform(s.grid);
        return new FeatureScaler(kind, s.inputs, transform, copy(s.mean), copy(s.divisor), copy(s.matrix));
    }

    private static boolean isGridOf(GridShape grid, int features) {
        boolean small = grid.orientations() <= features && (long) grid.cells() * grid.cells() <= features;
        return small && (long) grid.orientations() * grid.cells() * grid.cells() == features;
    }

    private static void requireNumbers(ScalingKind kind, boolean wanted, double[] v, int length, String what) {
        require(kind, (v != null) == wanted, what + " only where the kind has them");
        require(kind, v == null || v.length == length, what + " of all features");
        require(kind, v == null || Arrays.stream(v).allMatch(Double::isFinite), "finite " + what);
    }

    private static void require(ScalingKind kind, boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException("statistics of scaling " + kind + ": expected " + what
                    + ", found others; take them from FeatureScaler.statistics");
        }
    }

    private static double[] copy(double[] v) {
        return v == null ? null : v.clone();
    }

    private static double[][] copy(double[][] m) {
        return m == null ? null : Arrays.stream(m).map(double[]::clone).toArray(double[][]::new);
    }

    private static int checked(double[][] train) {
        if (train.length == 0 || train[0].length == 0) {
            throw new IllegalArgumentException(
                    "fit scaling: expected at least 1 sample of 1 feature, found none; give training features");
        }
        for (int i = 0; i < train.length; i++) {
            if (train[i].length != train[0].length) {
                throw new IllegalArgumentException(
                        "fit scaling: expected " + train[0].length + " features like sample 0, found " + train[i].length
                                + " for sample " + i + "; make rows equally long");
            }
            for (double v : train[i]) {
                if (!Double.isFinite(v)) {
                    throw new IllegalArgumentException("fit scaling: expected finite features, found " + v
                            + " for sample " + i + "; remove or impute it");
                }
            }
        }
        return train[0].length;
    }

    private static GridTransform transform(GridShape grid, int width) {
        if (grid == null) {
            throw new IllegalArgumentException(
                    "fit scaling dct: expected a grid of features, found none; use features of an "
                            + "orientation histogram, or another scaling");
        }
        if (grid.features() != width) {
            throw new IllegalArgumentException("fit scaling dct: expected " + grid.features() + " features for " + grid
                    + ", found " + width + "; pass the shape of the same histogram");
        }
        return new GridTransform(grid);
    }

    private static FeatureScaler standardize(ScalingKind kind, double[][] train, GridTransform grid) {
        double[][] rows = grid == null ? train : parallel(train, grid::apply);
        double[] mean = mean(rows);
        double[] deviation = ColumnSpread.deviations(rows, mean);
        double sum = Arrays.stream(deviation).sum();
        requireSpread(kind, sum);
        for (int k = 0; k < mean.length; k++) {
            deviation[k] += kind.lambda() * (sum / mean.length);
        }
        return new FeatureScaler(kind, mean.length, grid, mean, deviation, null);
    }

    private static FeatureScaler whiten(ScalingKind kind, double[][] train) {
        FeatureScaler before = kind == ScalingKind.WHITEN
                ? new FeatureScaler(kind, train[0].length, null, mean(train), null, null)
                : standardize(ScalingKind.STANDARDIZE, train, null);
        double[][] centered = before.transform(train);
        double spread = 0;
        for (double[] row : centered) {
            for (double v : row) {
                spread += Math.abs(v);
            }
        }
        requireSpread(kind, spread);
        int most = Math.min(MAX_COMPONENTS, train.length - 1);
        double[][] matrix = Whitening.fit(centered, kind.lambda(), most);
        return new FeatureScaler(kind, before.inputs, null, before.mean, before.divisor, matrix);
    }

    private static void requireSpread(ScalingKind kind, double spread) {
        if (!(spread > 0)) {
            throw new IllegalArgumentException(
                    "fit scaling " + kind + ": expected features that vary between samples, found every "
                            + "feature constant; give more samples or use scaling none");
        }
    }

    private static double[] mean(double[][] rows) {
        return ColumnSpread.means(rows);
    }

    /** {@return what it was fitted as} */
    public ScalingKind kind() {
        return kind;
    }

    /** {@return features before} */
    public int inputs() {
        return inputs;
    }

    /**
     * {@return features after} The same number, except with a whitening: 255, or one less than the training samples, or the rank of
     * their covariance, whichever is least.
     */
    public int outputs() {
        return matrix == null ? inputs : matrix[0].length;
    }

    /**
     * Features that are constant in training and therefore left out: they are zero in whatever is scaled. Only where each column is
     * divided by its own deviation, with {@link ScalingKind#STANDARDIZE} and {@link ScalingKind#WHITEN_STANDARDIZED}.
     *
     * @return columns of the features, from 0, ascending; empty if there are none
     */
    public int[] constantFeatures() {
        return divisor == null
                ? new int[0]
                : IntStream.range(0, divisor.length)
                        .filter(k -> divisor[k] == 0)
                        .toArray();
    }

    /**
     * Applies the map, on the common workers.
     *
     * @param features [samples][inputs()]; not changed
     * @return [samples][outputs()], new rows, without a column of ones
     * @throws IllegalArgumentException if a row has another width
     */
    public double[][] transform(double[][] features) {
        for (int i = 0; i < features.length; i++) {
            if (features[i].length != inputs) {
                throw new IllegalArgumentException(
                        "scale features: expected " + inputs + " features as in training, found " + features[i].length
                                + " for sample " + i + "; extract them the same way");
            }
        }
        return parallel(features, this::transformRow);
    }

    private double[] transformRow(double[] row) {
        double[] out = grid == null ? row.clone() : grid.apply(row);
        if (mean != null) {
            for (int k = 0; k < out.length; k++) {
                out[k] -= mean[k];
            }
        }
        if (divisor != null) {
            for (int k = 0; k < out.length; k++) {
                out[k] = divisor[k] == 0 ? 0 : out[k] / divisor[k];
            }
        }
        return matrix == null ? out : times(out, matrix);
    }

    private static double[] times(double[] row, double[][] matrix) {
        double[] out = new double[matrix[0].length];
        for (int i = 0; i < row.length; i++) {
            double v = row[i];
            double[] m = matrix[i];
            for (int k = 0; k < out.length; k++) {
                out[k] += v * m[k];
            }
        }
        return out;
    }

    /**
     * The design matrix: a leading 1 before every row.
     *
     * @param features [samples][features]; not changed
     * @return [samples][1 + features], new rows
     */
    public static double[][] withOnes(double[][] features) {
        return parallel(features, row -> {
            double[] out = new double[row.length + 1];
            out[0] = 1;
            System.arraycopy(row, 0, out, 1, row.length);
            return out;
        });
    }

    private interface RowMap {
        double[] apply(double[] row);
    }

    private static double[][] parallel(double[][] rows, RowMap map) {
        double[][] mapped = new double[rows.length][];
        WorkerPool.common().forEach(rows.length, i -> mapped[i] = map.apply(rows[i]));
        return mapped;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof FeatureScaler s
                && kind == s.kind
                && inputs == s.inputs
                && Objects.equals(statistics().grid(), s.statistics().grid())
                && Arrays.equals(mean, s.mean)
                && Arrays.equals(divisor, s.divisor)
                && Arrays.deepEquals(matrix, s.matrix);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * kind.hashCode() + Arrays.hashCode(mean)) + Arrays.hashCode(divisor);
    }

    @Override
    public String toString() {
        return kind + " scaling of " + inputs + " features to " + outputs();
    }
}
