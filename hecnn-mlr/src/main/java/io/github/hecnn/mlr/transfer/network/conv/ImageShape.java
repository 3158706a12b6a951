package io.github.hecnn.mlr.transfer.network.conv;

/**
 * Size of an image of several channels, which lies in a vector as [channels][height][width], row-major.
 *
 * @param channels at least 1
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record ImageShape(int channels, int height, int width) {
    private static final long MOST = 1L << 24;

    /**
     * Checks the components.
     *
     * @param channels at least 1
     * @param height rows, at least 1
     * @param width columns, at least 1
     * @throws IllegalArgumentException if a number is not positive or there are more than 2^24 numbers in all
     */
    public ImageShape {
        if (channels < 1 || height < 1 || width < 1 || (double) channels * height * width > MOST) {
            throw new IllegalArgumentException("image shape: expected at least 1 channel, row and column and at most "
                    + MOST + " numbers, found " + channels + " x " + height + " x " + width + "; correct the sizes");
        }
    }

    /** {@return length of the vector} */
    public int length() {
        return channels * height * width;
    }

    /** {@return numbers of a channel} */
    public int area() {
        return height * width;
    }

    /** The sizes, as in {@code 3 x 28 x 28}. */
    @Override
    public String toString() {
        return channels + " x " + height + " x " + width;
    }

    void requireLength(String what, int found) {
        if (found != length()) {
            throw new IllegalArgumentException(what + ": expected an input of length " + length() + " (" + this
                    + "), found " + found + "; pass what the layer was made for");
        }
    }
}
