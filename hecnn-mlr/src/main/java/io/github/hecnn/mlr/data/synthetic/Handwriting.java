package io.github.hecnn.mlr.data.synthetic;

import io.github.hecnn.mlr.data.synthetic.Skeleton.Stroke;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a {@link Skeleton} the way one hand would on one occasion: every control point is jittered, the sheet is bent
 * smoothly, and the whole is stretched, sheared and turned. The result is a list of smooth pen paths.
 */
final class Handwriting {
    private static final int STEPS_PER_SPAN = 6;

    /** How far the hand strays; chosen so that 128 training digits teach much but not everything. */
    private static final double JITTER = 0.026;

    private static final double BEND = 0.040;
    private static final double SHEAR = 0.22;
    private static final double SLANT = 0.12;
    private static final double TURN = 0.10;

    private final double a11;
    private final double a12;
    private final double a21;
    private final double a22;
    private final double narrowing;
    private final double[] bend = new double[6];
    private final double jitter;

    Handwriting(IndexedRandom random) {
        double width = StrictMath.exp(0.17 * random.bell());
        double shear = SLANT + SHEAR * random.bell();
        double angle = TURN * random.bell();
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        // Stretch, then shear to the right going up, then turn.
        a11 = width * cos;
        a12 = -shear * cos - sin;
        a21 = width * sin;
        a22 = -shear * sin + cos;
        narrowing = 0.12 * random.bell();
        for (int i = 0; i < 3; i++) {
            bend[2 * i] = BEND * random.bell();
            bend[2 * i + 1] = random.between(0.0, 2.0 * StrictMath.PI);
        }
        jitter = JITTER * random.between(0.5, 1.5);
    }

    /** One pen path: positions in the deformed box. */
    @SuppressWarnings("ArrayRecordComponent") // package-private carrier, compared by nobody
    record Path(double[] x, double[] y) {}

    List<Path> write(Skeleton skeleton, IndexedRandom random) {
        List<Path> paths = new ArrayList<>();
        for (Stroke stroke : skeleton.strokes()) {
            int n = stroke.size();
            double[] x = new double[n];
            double[] y = new double[n];
            // A whole stroke also lands a little beside its place (a bar, the stem of an open 4).
            double offX = 0.6 * jitter * random.bell();
            double offY = 0.6 * jitter * random.bell();
            for (int i = 0; i < n; i++) {
                x[i] = stroke.x()[i] + offX + jitter * random.bell();
                y[i] = stroke.y()[i] + offY + jitter * random.bell();
            }
            paths.add(deform(smooth(x, y, stroke.corner())));
        }
        return paths;
    }

    /** Catmull-Rom interpolation; a corner ends the curve on its left and begins the one on its right. */
    private static Path smooth(double[] x, double[] y, boolean[] corner) {
        int spans = x.length - 1;
        double[] px = new double[spans * STEPS_PER_SPAN + 1];
        double[] py = new double[px.length];
        px[0] = x[0];
        py[0] = y[0];
        for (int i = 0; i < spans; i++) {
            int before = i == 0 || corner[i] ? i : i - 1;
            int after = i + 2 > spans || corner[i + 1] ? i + 1 : i + 2;
            for (int k = 1; k <= STEPS_PER_SPAN; k++) {
                double t = (double) k / STEPS_PER_SPAN;
                px[i * STEPS_PER_SPAN + k] = catmullRom(x[before], x[i], x[i + 1], x[after], t);
                py[i * STEPS_PER_SPAN + k] = catmullRom(y[before], y[i], y[i + 1], y[after], t);
            }
        }
        return new Path(px, py);
    }

    private static double catmullRom(double p0, double p1, double p2, double p3, double t) {
        double a = 2.0 * p1;
        double b = p2 - p0;
        double c = 2.0 * p0 - 5.0 * p1 + 4.0 * p2 - p3;
        double d = 3.0 * (p1 - p2) + p3 - p0;
        return 0.5 * (a + t * (b + t * (c + t * d)));
    }

    private Path deform(Path path) {
        int n = path.x().length;
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            double u = path.x()[i] - 0.5;
            double v = path.y()[i] - 0.5;
            double bentU = u * (1.0 + narrowing * v)
                    + bend[0] * StrictMath.sin(5.0 * v + bend[1])
                    + bend[4] * StrictMath.sin(7.0 * (u + v) + bend[5]);
            double bentV = v + bend[2] * StrictMath.sin(5.0 * u + bend[3]);
            x[i] = a11 * bentU + a12 * bentV;
            y[i] = a21 * bentU + a22 * bentV;
        }
        return new Path(x, y);
    }
}
