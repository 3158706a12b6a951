package io.github.hecnn.ckks.volley;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;

/**
 * Rows and columns of a matrix.
 *
 * @param rows at least 1
 * @param columns at least 1
 */
public record MatrixShape(int rows, int columns) {
    /**
     * Checks the numbers.
     *
     * @param rows see the component
     * @param columns see the component
     * @throws InvalidParametersException if one is below 1
     */
    public MatrixShape {
        if (rows < 1 || columns < 1) {
            throw new InvalidParametersException("MatrixShape: expected at least 1 row and 1 column, found " + rows
                    + " x " + columns + "; leave empty matrices out");
        }
    }

    /**
     * Checks that a matrix has this shape.
     *
     * @param operation what it is for, in the text of the error
     * @param matrix [rows][columns]
     * @throws MismatchException if it has another shape
     */
    public void check(String operation, double[][] matrix) {
        if (matrix.length != rows) {
            throw new MismatchException(operation + ": expected a matrix of " + this + ", found " + matrix.length
                    + " rows; give the matrix of the layout");
        }
        for (int i = 0; i < rows; i++) {
            if (matrix[i].length != columns) {
                throw new MismatchException(operation + ": expected a matrix of " + this + ", found " + matrix[i].length
                        + " columns in row " + i + "; give the matrix of the layout");
            }
        }
    }

    @Override
    public String toString() {
        return rows + " x " + columns;
    }
}
