package io.github.hecnn.mlr.features;

/**
 * Shears a digit upright and moves its centre of mass to the centre of the image: bilinear, zero outside. Stateless and thread-safe.
 */
public final class Deskew {
    /** Height and width of the images. */
    public static final int SIDE = 28;

    private static final int AREA = SIDE * SIDE;
    private static final double CENTER = (SIDE - 1) / 2.0;
    private static final double TINY = 1e-9;

    private Deskew() {}

    /**
     * Deskews one image.
     *
     * @param pixels [784], 28 rows of 28 unsigned bytes
     * @return [784], row-major, 0..1
     * @throws IllegalArgumentException if there are not 784 pixels
     */
    public static double[] apply(byte[] pixels) {
        if (pixels.length != AREA) {
            throw new IllegalArgumentException("deskew: expected " + SIDE + " x " + SIDE + " = " + AREA
                    + " pixels, found " + pixels.length + "; resize the image");
        }
        double[] image = new double[AREA];
        double sum = 0;
        double sumX = 0;
        double sumY = 0;
        for (int i = 0; i < AREA; i++) {
            double v = (pixels[i] & 0xff) / 255.0;
            image[i] = v;
            sum += v;
            int row = i / SIDE;
            sumX += v * (i % SIDE);
            sumY += v * row;
        }
        double mass = sum + TINY;
        double cx = sumX / mass;
        double cy = sumY / mass;
        double shear = shear(image, mass, cx, cy);
        double[] out = new double[AREA];
        for (int r = 0; r < SIDE; r++) {
            double y = r + (cy - CENTER);
            for (int c = 0; c < SIDE; c++) {
                out[r * SIDE + c] = sample(image, y, c + shear * (r - CENTER) + (cx - CENTER));
            }
        }
        return out;
    }

    /** Covariance of x and y over the variance of y. */
    private static double shear(double[] image, double mass, double cx, double cy) {
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < AREA; i++) {
            int row = i / SIDE;
            double dy = row - cy;
            xy += image[i] * (i % SIDE - cx) * dy;
            yy += image[i] * (dy * dy);
        }
        return (xy / mass) / (yy / mass + TINY);
    }

    private static double sample(double[] image, double y, double x) {
        double y0 = Math.floor(y);
        double x0 = Math.floor(x);
        double fy = y - y0;
        double fx = x - x0;
        int r = (int) y0;
        int c = (int) x0;
        return at(image, r, c) * (1 - fy) * (1 - fx)
                + at(image, r, c + 1) * (1 - fy) * fx
                + at(image, r + 1, c) * fy * (1 - fx)
                + at(image, r + 1, c + 1) * fy * fx;
    }

    private static double at(double[] image, int r, int c) {
        return r >= 0 && r < SIDE && c >= 0 && c < SIDE ? image[r * SIDE + c] : 0;
    }
}
