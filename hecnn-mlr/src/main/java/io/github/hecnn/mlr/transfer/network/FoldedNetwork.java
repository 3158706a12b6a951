package io.github.hecnn.mlr.transfer.network;

import io.github.hecnn.core.parallel.WorkerPool;
import java.util.ArrayList;
import java.util.List;

/**
 * A network as alternating dense maps and polynomials: convolutions, dense layers and poolings with nothing between them are one
 * matrix and one bias, so that they cost one level together. Immutable and thread-safe.
 *
 * @param stages dense maps and polynomials; no two dense maps in a row
 */
record FoldedNetwork(List<Layer> stages) {
    private static final double AFFINE_TOLERANCE = 1e-9;

    /** @throws IllegalArgumentException if a stage is neither dense nor a polynomial, or two dense ones follow each other */
    FoldedNetwork {
        stages = List.copyOf(stages);
        for (int i = 0; i < stages.size(); i++) {
            boolean dense = stages.get(i) instanceof Dense;
            boolean known = dense || stages.get(i) instanceof PolynomialActivation;
            if (!known || (dense && i > 0 && stages.get(i - 1) instanceof Dense)) {
                throw new IllegalArgumentException("folded network: expected dense maps between polynomials, found "
                        + stages.get(i) + " as stage " + i + "; fold the layers first");
            }
        }
    }

    /**
     * Folds a network.
     *
     * @param network any network
     * @return the same function up to rounding, of the same inputs and outputs; it starts with a dense map
     */
    static FoldedNetwork of(Network network) {
        List<Layer> stages = new ArrayList<>();
        int width = network.inputs();
        Fold fold = new Fold(width);
        boolean pending =
                true; // a leading polynomial gets an identity before it: packing and padding are the dense map's work
        for (Layer layer : network.layers()) {
            if (isPolynomial(layer)) {
                if (pending) {
                    stages.add(fold.dense());
                }
                stages.add(layer);
                pending = false;
            } else {
                fold = pending ? fold : new Fold(width);
                fold.append(layer);
                pending = true;
            }
            width = layer.outputs(width);
        }
        if (pending) {
            stages.add(fold.dense());
        }
        return new FoldedNetwork(stages);
    }

    /** An affine map of vectors of that length as a dense layer. */
    static Dense matrixOf(Layer.Affine layer, int inputs) {
        Fold fold = new Fold(inputs);
        fold.append(layer);
        return fold.dense();
    }

    /** Length of what the first dense map of the folded network gives. */
    static int firstOutputs(Network network) {
        int width = network.inputs();
        for (Layer layer : network.layers()) {
            if (isPolynomial(layer)) {
                break;
            }
            width = layer.outputs(width);
        }
        return width;
    }

    /** Degree 1 is a linear map like others. */
    static boolean isPolynomial(Layer layer) {
        return layer instanceof PolynomialActivation p && p.degree() > 1;
    }

    /** Length of the input. */
    public int inputs() {
        return ((Dense) stages.get(0)).inputs();
    }

    /**
     * Evaluates in the clear.
     *
     * @param input [inputs]
     * @return [outputs]
     * @throws IllegalArgumentException if the input has another length
     */
    public double[] apply(double[] input) {
        double[] x = input;
        for (Layer stage : stages) {
            x = stage.apply(x);
        }
        return x;
    }

    /** The columns of a product of linear maps, and where it takes 0: images of the unit vectors, layer by layer. */
    private static final class Fold {
        private final double[][] columns;
        private double[] origin;

        Fold(int inputs) {
            columns = new double[inputs][inputs];
            for (int k = 0; k < inputs; k++) {
                columns[k][k] = 1;
            }
            origin = new double[inputs];
        }

        void append(Layer layer) {
            double[] zero = layer.apply(new double[origin.length]);
            if (layer instanceof Layer.Affine) {
                requireAffine(layer, zero);
            }
            origin = layer.apply(origin);
            WorkerPool.common().forEach(columns.length, k -> {
                double[] image = layer.apply(columns[k]);
                for (int i = 0; i < image.length; i++) {
                    image[i] -= zero[i];
                }
                columns[k] = image;
            });
        }

        /** f(2 v) - f(0) = 2 (f(v) - f(0)), or the layer is no linear map plus a constant. */
        private void requireAffine(Layer layer, double[] zero) {
            double[] v = new double[origin.length];
            double[] twice = new double[v.length];
            for (int i = 0; i < v.length; i++) {
                v[i] = Math.sin(i + 1);
                twice[i] = 2 * v[i];
            }
            double[] once = layer.apply(v);
            double[] doubled = layer.apply(twice);
            for (int i = 0; i < zero.length; i++) {
                double size = Math.abs(once[i]) + Math.abs(zero[i]) + 1;
                if (!(Math.abs(doubled[i] - 2 * once[i] + zero[i]) <= AFFINE_TOLERANCE * size)) {
                    throw new IllegalArgumentException("folded network: expected an affine map, found " + layer
                            + ", whose output " + i + " does not double; make it a PolynomialActivation");
                }
            }
        }

        Dense dense() {
            double[][] rows = new double[origin.length][columns.length];
            for (int i = 0; i < rows.length; i++) {
                for (int k = 0; k < columns.length; k++) {
                    rows[i][k] = columns[k][i];
                }
            }
            return new Dense(rows, origin);
        }
    }
}
