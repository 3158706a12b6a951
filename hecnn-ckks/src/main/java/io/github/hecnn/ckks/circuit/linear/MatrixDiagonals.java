package io.github.hecnn.ckks.circuit.linear;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SlotChecks;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The diagonals of a matrix in its layout that are not zero; one of zeros for the zero matrix. */
final class MatrixDiagonals {
    private final MatrixLayout layout;
    private final NavigableMap<Integer, PlainVector> vectors = new TreeMap<>();

    private MatrixDiagonals(MatrixLayout layout) {
        this.layout = layout;
    }

    static MatrixDiagonals given(int slots, Map<Integer, PlainVector> diagonals) {
        MatrixDiagonals out = new MatrixDiagonals(new MatrixLayout(slots, slots, slots, slots));
        if (diagonals.isEmpty()) {
            throw new MismatchException(
                    "LinearTransform: expected at least 1 diagonal, found none; give one, if of zeros");
        }
        diagonals.forEach((k, p) -> {
            SlotChecks.size("LinearTransform", slots, p.size());
            if (out.vectors.put(Math.floorMod(k, slots), p) != null) {
                throw new MismatchException("LinearTransform: expected diagonals that differ modulo " + slots
                        + ", found " + k + " again; add the equal ones first");
            }
        });
        return out;
    }

    /**
     * Cuts a matrix.
     *
     * @param im null for a real matrix
     */
    static MatrixDiagonals of(int slots, int blockWidth, double[][] re, double[][] im) {
        int columns = columns(re);
        if (im != null && (columns(im) != columns || im.length != re.length)) {
            throw new MismatchException("LinearTransform: expected imaginary parts of shape " + re.length + " x "
                    + columns + ", found " + im.length + " x " + im[0].length + "; give both for every entry");
        }
        MatrixDiagonals out = new MatrixDiagonals(new MatrixLayout(slots, re.length, columns, blockWidth));
        out.cut(re, im);
        return out;
    }

    /** Number of columns of a matrix that is neither empty nor ragged, with finite entries only. */
    private static int columns(double[][] matrix) {
        int columns = matrix.length == 0 ? 0 : matrix[0].length;
        for (int i = 0; i < matrix.length; i++) {
            if (matrix[i].length != columns) {
                throw new MismatchException("LinearTransform: expected rows of " + columns + " entries, found "
                        + matrix[i].length + " in row " + i + "; pad the matrix to a rectangle");
            }
            for (double entry : matrix[i]) {
                if (!Double.isFinite(entry)) {
                    throw new InvalidParametersException("LinearTransform: expected finite entries, found " + entry
                            + " in row " + i + "; correct that entry");
                }
            }
        }
        if (columns == 0) {
            throw new MismatchException("LinearTransform: expected a matrix of at least 1 x 1, found " + matrix.length
                    + " x 0; give it an entry");
        }
        return columns;
    }

    MatrixLayout layout() {
        return layout;
    }

    /** By diagonal, from 0 to slots - 1. */
    NavigableMap<Integer, PlainVector> vectors() {
        return vectors;
    }

    private void cut(double[][] re, double[][] im) {
        int width = layout.blockWidth();
        boolean wraps = layout.blocks() > 1;
        for (int k = 0; k < Math.min(layout.paddedRows(), layout.paddedColumns()); k++) {
            diagonal(re, im, k, 0, wraps ? width - k : width, k);
            if (wraps && k > 0) {
                // the same entry of the repeated vector, taken from inside the block
                diagonal(re, im, k, width - k, width, k - layout.paddedColumns());
            }
        }
        if (vectors.isEmpty()) {
            vectors.put(0, PlainVector.real(new double[layout.slots()]));
        }
    }

    /** Slots from .. to - 1 of every block of the matrix' diagonal k, to be met by a rotation by so many steps. */
    private void diagonal(double[][] re, double[][] im, int k, int from, int to, int steps) {
        double[] outRe = new double[layout.slots()];
        double[] outIm = im == null ? null : new double[layout.slots()];
        boolean zero = true;
        for (int i = from; i < to; i++) {
            int row = i & (layout.paddedRows() - 1);
            int column = (i + k) & (layout.paddedColumns() - 1);
            if (row >= layout.rows() || column >= layout.columns()) {
                continue;
            }
            zero &= re[row][column] == 0 && (im == null || im[row][column] == 0);
            for (int block = 0; block < layout.slots(); block += layout.blockWidth()) {
                outRe[block + i] = re[row][column];
                if (im != null) {
                    outIm[block + i] = im[row][column];
                }
            }
        }
        if (!zero) {
            vectors.put(
                    Math.floorMod(steps, layout.slots()),
                    im == null ? PlainVector.real(outRe) : PlainVector.complex(outRe, outIm));
        }
    }
}
