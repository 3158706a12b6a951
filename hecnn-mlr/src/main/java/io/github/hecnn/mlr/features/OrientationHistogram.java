package io.github.hecnn.mlr.features;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.ImageSet;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Soft histograms of gradient orientation on a grid of cells: a fixed, training-free one-layer CNN for 28 x 28 images.
 *
 * <p>The image is deskewed, perhaps blurred, and differentiated; each pixel's gradient answers to each of K orientations with its
 * magnitude times the e-th power of the cosine of the angle between them; answers are pooled over overlapping triangular cells; the
 * square root is taken and the whole brought to Euclidean length 1. Feature order: see {@link GridShape}. Features are 0..1.
 *
 * <p>Immutable and thread-safe. The result does not depend on the number of threads.
 */
public final class OrientationHistogram {
    /** 8 orientations on 7 x 7 cells, blurred: 392 features. */
    public static final OrientationHistogram H392 =
            new OrientationHistogram("h392", new GridShape(8, 7), 8, new Pooling(1.5, 4, 8), true);

    /** 16 orientations on 5 x 5 cells: 400 features. */
    public static final OrientationHistogram H400 =
            new OrientationHistogram("h400", new GridShape(16, 5), 16, new Pooling(3.5, 5, 7), false);

    /** 8 orientations on 5 x 5 cells: 200 features. */
    public static final OrientationHistogram H200 =
            new OrientationHistogram("h200", new GridShape(8, 5), 8, new Pooling(3.5, 5, 7), false);

    private static final int SIDE = Deskew.SIDE;
    private static final double TINY_GRADIENT = 1e-12;
    private static final double TINY_NORM = 1e-9;

    private static final List<OrientationHistogram> ALL = List.of(H392, H400, H200);

    private final String name;
    private final GridShape shape;
    private final int squarings;
    private final boolean blur;
    private final double[][] pool;
    private final int[] poolFrom;
    private final int[] poolTo;
    private final double[] cos;
    private final double[] sin;

    private record Pooling(double first, double stride, double width) {}

    /** The exponent is a power of two. */
    private OrientationHistogram(String name, GridShape shape, int exponent, Pooling pooling, boolean blur) {
        this.name = name;
        this.shape = shape;
        this.squarings = Integer.numberOfTrailingZeros(exponent);
        this.blur = blur;
        pool = new double[shape.cells()][SIDE];
        poolFrom = new int[shape.cells()];
        poolTo = new int[shape.cells()];
        Arrays.fill(poolFrom, SIDE);
        for (int i = 0; i < shape.cells(); i++) {
            for (int x = 0; x < SIDE; x++) {
                pool[i][x] = Math.max(0, 1 - Math.abs(x - (pooling.first + pooling.stride * i)) / pooling.width);
                if (pool[i][x] > 0) {
                    poolFrom[i] = Math.min(poolFrom[i], x);
                    poolTo[i] = x + 1;
                }
            }
        }
        cos = new double[shape.orientations()];
        sin = new double[shape.orientations()];
        for (int k = 0; k < cos.length; k++) {
            double angle = 2 * Math.PI * k / cos.length;
            cos[k] = Math.cos(angle);
            sin[k] = Math.sin(angle);
        }
    }

    /**
     * {@return the opposite of {@link #name}}
     *
     * @param name in any case
     * @throws IllegalArgumentException if there is none of that name
     */
    public static OrientationHistogram named(String name) {
        return ALL.stream()
                .filter(h -> h.name.equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("orientation histogram: expected one of "
                        + ALL.stream().map(OrientationHistogram::name).toList() + ", found '" + name
                        + "'; choose one of these"));
    }

    /** {@return name in options and reports: h392, h400 or h200} */
    public String name() {
        return name;
    }

    /** {@return the grid on which the features lie} */
    public GridShape shape() {
        return shape;
    }

    /**
     * Features of one image.
     *
     * @param pixels [784], 28 rows of 28 unsigned bytes
     * @return [shape().features()]
     * @throws IllegalArgumentException if there are not 784 pixels
     */
    public double[] extract(byte[] pixels) {
        double[] image = Deskew.apply(pixels);
        if (blur) {
            image = blurred(image);
        }
        double[] gx = new double[image.length];
        double[] gy = new double[image.length];
        double[] magnitude = new double[image.length];
        differentiate(image, gx, gy, magnitude);
        double[] features = new double[shape.features()];
        double[] response = new double[image.length];
        int area = shape.cells() * shape.cells();
        for (int k = 0; k < shape.orientations(); k++) {
            for (int i = 0; i < image.length; i++) {
                double p = Math.max(0, (gx[i] * cos[k] + gy[i] * sin[k]) / magnitude[i]);
                for (int s = 0; s < squarings; s++) {
                    p *= p;
                }
                response[i] = magnitude[i] * p;
            }
            pool(response, features, k * area);
        }
        normalize(features);
        return features;
    }

    /**
     * Features of many images, on the common workers.
     *
     * @param images [images][784]
     * @return [images][shape().features()]
     * @throws IllegalArgumentException if an image does not have 784 pixels
     */
    public double[][] extractAll(byte[][] images) {
        double[][] features = new double[images.length][];
        WorkerPool.common().forEach(images.length, i -> features[i] = extract(images[i]));
        return features;
    }

    /**
     * Features of many images, on the common workers.
     *
     * @param images 28 x 28
     * @return [images][shape().features()]
     * @throws IllegalArgumentException if the images have another size
     */
    public double[][] extractAll(ImageSet images) {
        Objects.requireNonNull(images, "images");
        if (images.rows() != SIDE || images.columns() != SIDE) {
            throw new IllegalArgumentException("extract features: expected images of 28 x 28, found " + images.rows()
                    + " x " + images.columns() + "; resize them");
        }
        return extractAll(images.pixels());
    }

    /** [1 2 1]/4 down, then across, zero outside. */
    private static double[] blurred(double[] image) {
        double[] down = new double[image.length];
        for (int i = 0; i < image.length; i++) {
            double above = i >= SIDE ? image[i - SIDE] : 0;
            double below = i < image.length - SIDE ? image[i + SIDE] : 0;
            down[i] = (above + 2 * image[i] + below) / 4;
        }
        double[] out = new double[image.length];
        for (int i = 0; i < image.length; i++) {
            double left = i % SIDE > 0 ? down[i - 1] : 0;
            double right = i % SIDE < SIDE - 1 ? down[i + 1] : 0;
            out[i] = (left + 2 * down[i] + right) / 4;
        }
        return out;
    }

    /** Central differences, zero outside. */
    private static void differentiate(double[] image, double[] gx, double[] gy, double[] magnitude) {
        for (int i = 0; i < image.length; i++) {
            double left = i % SIDE > 0 ? image[i - 1] : 0;
            double right = i % SIDE < SIDE - 1 ? image[i + 1] : 0;
            double above = i >= SIDE ? image[i - SIDE] : 0;
            double below = i < image.length - SIDE ? image[i + SIDE] : 0;
            gx[i] = (right - left) / 2;
            gy[i] = (below - above) / 2;
            magnitude[i] = Math.sqrt(gx[i] * gx[i] + gy[i] * gy[i]) + TINY_GRADIENT;
        }
    }

    /** features[offset + row * cells + column] = sum over y, x of pool[row][y] response[y][x] pool[column][x]. */
    private void pool(double[] response, double[] features, int offset) {
        double[] band = new double[SIDE];
        for (int row = 0; row < pool.length; row++) {
            Arrays.fill(band, 0);
            for (int y = poolFrom[row]; y < poolTo[row]; y++) {
                for (int x = 0; x < SIDE; x++) {
                    band[x] += pool[row][y] * response[y * SIDE + x];
                }
            }
            for (int column = 0; column < pool.length; column++) {
                double sum = 0;
                for (int x = poolFrom[column]; x < poolTo[column]; x++) {
                    sum += band[x] * pool[column][x];
                }
                features[offset + row * pool.length + column] = sum;
            }
        }
    }

    private static void normalize(double[] features) {
        double squares = 0;
        for (int k = 0; k < features.length; k++) {
            squares += features[k];
            features[k] = Math.sqrt(features[k]);
        }
        double norm = Math.sqrt(squares) + TINY_NORM;
        for (int k = 0; k < features.length; k++) {
            features[k] /= norm;
        }
    }

    @Override
    public String toString() {
        return name + ": " + shape.orientations() + " orientations on " + shape.cells() + " x " + shape.cells()
                + " cells";
    }
}
