package io.github.hecnn.mlr.features;

/**
 * How features lie on a grid: feature {@code k * cells * cells + row * cells + column} is orientation k in one cell.
 *
 * @param orientations at least 1
 * @param cells cells along each side, at least 1
 */
public record GridShape(int orientations, int cells) {
    /**
     * Checks the components.
     *
     * @param orientations at least 1
     * @param cells cells along each side, at least 1
     * @throws IllegalArgumentException if a number is below 1
     */
    public GridShape {
        if (orientations < 1 || cells < 1) {
            throw new IllegalArgumentException("grid of features: expected at least 1 orientation and 1 cell, found "
                    + orientations + " and " + cells + "; give the shape of the histogram");
        }
    }

    /** {@return number of features: orientations times cells squared} */
    public int features() {
        return orientations * cells * cells;
    }
}
