package io.github.hecnn.ckks.circuit.linear;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.slots.SlotChecks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where the vectors of a {@link LinearTransform} lie: blocks of slots with one repeated vector each. */
final class MatrixLayout {
    private final int slots;
    private final int rows;
    private final int columns;
    private final int blockWidth;

    MatrixLayout(int slots, int rows, int columns, int blockWidth) {
        if (blockWidth < 1 || blockWidth > slots || Integer.bitCount(blockWidth) != 1) {
            throw new InvalidParametersException("LinearTransform: expected a power of two up to " + slots
                    + " as block width, found " + blockWidth + "; leave it out for a single block");
        }
        this.slots = slots;
        this.rows = rows;
        this.columns = columns;
        this.blockWidth = blockWidth;
        if (Math.max(rows, columns) > blockWidth) {
            throw new MismatchException("LinearTransform: expected a matrix of at most " + blockWidth
                    + " rows and columns, found " + rows + " x " + columns
                    + "; split the matrix, or take wider blocks");
        }
    }

    private static int padded(int n) {
        return n == 1 ? 1 : 2 * Integer.highestOneBit(n - 1);
    }

    int slots() {
        return slots;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    int blockWidth() {
        return blockWidth;
    }

    int paddedRows() {
        return padded(rows);
    }

    int paddedColumns() {
        return padded(columns);
    }

    int blocks() {
        return slots / blockWidth;
    }

    /** Steps that add up the parts of a wide matrix, in the order they are taken. */
    List<Integer> foldingSteps() {
        List<Integer> steps = new ArrayList<>();
        for (int step = paddedRows(); step < paddedColumns(); step *= 2) {
            steps.add(step);
        }
        return Collections.unmodifiableList(steps);
    }

    double[] pack(double[][] x) {
        if (x.length == 0 || x.length > blocks()) {
            throw new MismatchException("pack: expected from 1 to " + blocks() + " vectors, found " + x.length
                    + "; give at most one for each block");
        }
        double[] out = new double[slots];
        for (int b = 0; b < x.length; b++) {
            if (x[b].length != columns) {
                throw new MismatchException("pack: expected vectors of " + columns + " entries, found " + x[b].length
                        + " in vector " + b + "; give one for each column of the matrix");
            }
            for (int i = 0; i < blockWidth; i++) {
                int column = i & (paddedColumns() - 1);
                out[b * blockWidth + i] = column < columns ? x[b][column] : 0;
            }
        }
        return out;
    }

    double[][] unpack(double[] resultSlots) {
        SlotChecks.size("unpack", slots, resultSlots.length);
        double[][] out = new double[blocks()][rows];
        for (int b = 0; b < out.length; b++) {
            System.arraycopy(resultSlots, b * blockWidth, out[b], 0, rows);
        }
        return out;
    }

    @Override
    public String toString() {
        return rows + " x " + columns + " matrix in " + blocks() + (blocks() == 1 ? " block" : " blocks");
    }
}
