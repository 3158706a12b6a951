package io.github.hecnn.mlr.data.synthetic;

import io.github.hecnn.mlr.data.synthetic.Handwriting.Path;
import java.util.List;

/**
 * Inks pen paths into a 28 x 28 image the way MNIST images are normalised: the longer side of the digit fills about 20
 * pixels, the centre of mass lies in the middle. The pen has a width that follows the pressure and a soft edge.
 */
final class DigitPainter {
    static final int SIDE = 28;

    private static final double BOX = 20.0;

    private final double radius;
    private final double softness;
    private final double pressure;
    private final double pressurePhase;
    private final double taper;
    private final double fill;
    private final double gain;
    private final double blur;

    DigitPainter(IndexedRandom random) {
        radius = random.between(0.75, 1.75);
        softness = random.between(0.9, 1.6);
        pressure = random.between(0.0, 0.25);
        pressurePhase = random.between(0.0, 2.0 * StrictMath.PI);
        taper = random.between(0.5, 1.0);
        fill = random.between(0.92, 1.0);
        gain = random.between(1.0, 1.25);
        blur = random.between(0.0, 0.16);
    }

    /** The image, row by row, 0 for paper and 255 for full ink, as unsigned bytes. */
    byte[] paint(List<Path> paths) {
        double left = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (Path path : paths) {
            for (int i = 0; i < path.x().length; i++) {
                left = Math.min(left, path.x()[i]);
                right = Math.max(right, path.x()[i]);
                top = Math.min(top, path.y()[i]);
                bottom = Math.max(bottom, path.y()[i]);
            }
        }
        double scale = (BOX * fill - 2.0 * radius) / Math.max(right - left, bottom - top);
        List<double[]> thickness = paths.stream().map(this::thickness).toList();
        double mass = 0.0;
        double massX = 0.0;
        double massY = 0.0;
        for (int p = 0; p < paths.size(); p++) {
            double[] x = paths.get(p).x();
            double[] y = paths.get(p).y();
            for (int i = 0; i + 1 < x.length; i++) {
                double dx = x[i + 1] - x[i];
                double dy = y[i + 1] - y[i];
                double ink = Math.sqrt(dx * dx + dy * dy) * thickness.get(p)[i];
                mass += ink;
                massX += ink * (x[i] + x[i + 1]) / 2.0;
                massY += ink * (y[i] + y[i + 1]) / 2.0;
            }
        }
        double middle = (SIDE - 1) / 2.0;
        double offX = middle - scale * massX / mass;
        double offY = middle - scale * massY / mass;
        double[] image = new double[SIDE * SIDE];
        for (int p = 0; p < paths.size(); p++) {
            double[] x = paths.get(p).x();
            double[] y = paths.get(p).y();
            for (int i = 0; i + 1 < x.length; i++) {
                inkSegment(
                        image,
                        scale * x[i] + offX,
                        scale * y[i] + offY,
                        scale * x[i + 1] + offX,
                        scale * y[i + 1] + offY,
                        thickness.get(p)[i]);
            }
        }
        return quantise(soften(image));
    }

    /** Half the width of the line at each piece of a path: pressed here, lifted there, thin at the ends. */
    private double[] thickness(Path path) {
        int segments = path.x().length - 1;
        double[] out = new double[segments];
        for (int i = 0; i < segments; i++) {
            double along = (i + 0.5) / segments;
            out[i] = radius
                    * (1.0 + pressure * StrictMath.sin(6.0 * along + pressurePhase))
                    * (taper + (1.0 - taper) * Math.min(1.0, 6.0 * Math.min(along, 1.0 - along)));
        }
        return out;
    }

    /** Ink of one straight piece: full within its thickness, falling off linearly over the soft edge. */
    private void inkSegment(double[] image, double x0, double y0, double x1, double y1, double thickness) {
        double reach = thickness + 0.5 * softness;
        int fromX = Math.max(0, (int) Math.ceil(Math.min(x0, x1) - reach));
        int toX = Math.min(SIDE - 1, (int) Math.floor(Math.max(x0, x1) + reach));
        int fromY = Math.max(0, (int) Math.ceil(Math.min(y0, y1) - reach));
        int toY = Math.min(SIDE - 1, (int) Math.floor(Math.max(y0, y1) + reach));
        double dx = x1 - x0;
        double dy = y1 - y0;
        double inverse = 1.0 / (dx * dx + dy * dy + 1e-12);
        for (int y = fromY; y <= toY; y++) {
            for (int x = fromX; x <= toX; x++) {
                double t = Math.max(0.0, Math.min(1.0, ((x - x0) * dx + (y - y0) * dy) * inverse));
                double ex = x - x0 - t * dx;
                double ey = y - y0 - t * dy;
                double squared = ex * ex + ey * ey;
                int at = y * SIDE + x;
                if (squared < reach * reach && image[at] < 1.0) {
                    double cover = Math.min(1.0, (thickness - Math.sqrt(squared)) / softness + 0.5);
                    image[at] = Math.max(image[at], cover);
                }
            }
        }
    }

    private double[] soften(double[] image) {
        double[] down = new double[image.length];
        double[] out = new double[image.length];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double above = y > 0 ? image[(y - 1) * SIDE + x] : 0.0;
                double below = y < SIDE - 1 ? image[(y + 1) * SIDE + x] : 0.0;
                down[y * SIDE + x] = (1.0 - 2.0 * blur) * image[y * SIDE + x] + blur * (above + below);
            }
        }
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double before = x > 0 ? down[y * SIDE + x - 1] : 0.0;
                double after = x < SIDE - 1 ? down[y * SIDE + x + 1] : 0.0;
                out[y * SIDE + x] = (1.0 - 2.0 * blur) * down[y * SIDE + x] + blur * (before + after);
            }
        }
        return out;
    }

    private byte[] quantise(double[] image) {
        byte[] out = new byte[image.length];
        for (int i = 0; i < image.length; i++) {
            out[i] = (byte) (int) Math.rint(255.0 * Math.min(1.0, gain * image[i]));
        }
        return out;
    }
}
