package io.github.hecnn.mlr.transfer.network.conv;

/**
 * How a convolution or pooling goes over an image: size of its window, steps, and zeros around the image.
 *
 * @param height rows of the window, at least 1
 * @param width columns of the window, at least 1
 * @param rowStride rows from one output to the next, at least 1
 * @param columnStride columns from one output to the next, at least 1
 * @param top rows of zeros above, less than the height
 * @param left columns of zeros on the left, less than the width
 * @param bottom rows of zeros below, less than the height
 * @param right columns of zeros on the right, less than the width
 */
public record Window(int height, int width, int rowStride, int columnStride, int top, int left, int bottom, int right) {
    private static final int MOST = 1 << 12;

    /**
     * Checks the components.
     *
     * @param height rows of the window, at least 1
     * @param width columns of the window, at least 1
     * @param rowStride rows from one output to the next, at least 1
     * @param columnStride columns from one output to the next, at least 1
     * @param top rows of zeros above, less than the height
     * @param left columns of zeros on the left, less than the width
     * @param bottom rows of zeros below, less than the height
     * @param right columns of zeros on the right, less than the width
     * @throws IllegalArgumentException if a number is not as described or a size is beyond 4,096
     */
    public Window {
        if (height < 1 || width < 1 || height > MOST || width > MOST) {
            throw new IllegalArgumentException("window: expected 1.." + MOST + " rows and columns, found " + height
                    + " x " + width + "; correct the size");
        }
        if (rowStride < 1 || columnStride < 1 || rowStride > MOST || columnStride > MOST) {
            throw new IllegalArgumentException("window: expected strides of 1.." + MOST + ", found " + rowStride
                    + " and " + columnStride + "; correct them");
        }
        if (Math.min(Math.min(top, bottom), Math.min(left, right)) < 0
                || Math.max(top, bottom) >= height
                || Math.max(left, right) >= width) {
            throw new IllegalArgumentException("window: expected padding of 0 or more and less than the window of "
                    + height + " x " + width + ", found " + top + ", " + left + ", " + bottom + " and " + right
                    + "; correct it");
        }
    }

    /**
     * A square window with the same steps and padding in both directions.
     *
     * @param size rows and columns
     * @param stride step
     * @param padding zeros on each side
     * @return the window
     * @throws IllegalArgumentException if a number is not as described
     */
    public static Window square(int size, int stride, int padding) {
        return new Window(size, size, stride, stride, padding, padding, padding, padding);
    }

    /** {@return numbers in the window} */
    public int area() {
        return height * width;
    }

    /**
     * Size of the output.
     *
     * @param image size of the input
     * @param channels channels of the output
     * @return its size
     * @throws IllegalArgumentException if the window is larger than the image with its padding, or there are too many numbers
     */
    public ImageShape over(ImageShape image, int channels) {
        int rows = image.height() + top + bottom - height;
        int columns = image.width() + left + right - width;
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException("window: expected at most the image of " + image
                    + " with its padding, found a window of " + height + " x " + width
                    + "; use a smaller window or more padding");
        }
        return new ImageShape(channels, rows / rowStride + 1, columns / columnStride + 1);
    }
}
