package io.github.hecnn.mlr.features;

/**
 * Orthonormal transform of a grid of features: real Fourier along the orientations, which are cyclic, cosine (DCT-II) down and
 * across the cells.
 */
final class GridTransform {
    private final GridShape shape;
    private final double[][] fourier;
    private final double[][] cosine;

    GridTransform(GridShape shape) {
        this.shape = shape;
        fourier = realFourier(shape.orientations());
        cosine = cosine(shape.cells());
    }

    GridShape shape() {
        return shape;
    }

    double[] apply(double[] features) {
        int c = shape.cells();
        double[] out = new double[features.length];
        double[] plane = new double[c * c];
        double[] half = new double[c * c];
        for (int k = 0; k < shape.orientations(); k++) {
            System.arraycopy(features, k * c * c, plane, 0, c * c);
            across(plane, half);
            down(half, plane);
            for (int a = 0; a < shape.orientations(); a++) {
                double weight = fourier[a][k];
                for (int i = 0; i < plane.length; i++) {
                    out[a * c * c + i] += weight * plane[i];
                }
            }
        }
        return out;
    }

    private void across(double[] in, double[] out) {
        int c = cosine.length;
        for (int r = 0; r < c; r++) {
            for (int g = 0; g < c; g++) {
                double sum = 0;
                for (int s = 0; s < c; s++) {
                    sum += cosine[g][s] * in[r * c + s];
                }
                out[r * c + g] = sum;
            }
        }
    }

    private void down(double[] in, double[] out) {
        int c = cosine.length;
        for (int b = 0; b < c; b++) {
            for (int g = 0; g < c; g++) {
                double sum = 0;
                for (int r = 0; r < c; r++) {
                    sum += cosine[b][r] * in[r * c + g];
                }
                out[b * c + g] = sum;
            }
        }
    }

    /** Rows: cos(pi k (x + 1/2) / n), normalised. */
    static double[][] cosine(int n) {
        double[][] m = new double[n][n];
        for (int k = 0; k < n; k++) {
            double scale = k == 0 ? Math.sqrt(1.0 / n) : Math.sqrt(2.0 / n);
            for (int x = 0; x < n; x++) {
                m[k][x] = Math.cos(Math.PI * k * (x + 0.5) / n) * scale;
            }
        }
        return m;
    }

    /** Rows: constant, cos 1, sin 1, cos 2, sin 2, ..., and the alternating one if n is even; normalised. */
    static double[][] realFourier(int n) {
        double[][] m = new double[n][n];
        for (int x = 0; x < n; x++) {
            m[0][x] = 1 / Math.sqrt(n);
            for (int k = 1; 2 * k < n; k++) {
                double angle = 2 * Math.PI * k * x / n;
                m[2 * k - 1][x] = Math.cos(angle) * Math.sqrt(2.0 / n);
                m[2 * k][x] = Math.sin(angle) * Math.sqrt(2.0 / n);
            }
            if (n % 2 == 0) {
                m[n - 1][x] = (x % 2 == 0 ? 1 : -1) / Math.sqrt(n);
            }
        }
        return m;
    }
}
