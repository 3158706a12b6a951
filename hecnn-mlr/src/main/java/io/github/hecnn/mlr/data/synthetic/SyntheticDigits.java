package io.github.hecnn.mlr.data.synthetic;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.ImageSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The built-in data set: synthetic digits that look written by hand, made by this class alone. It is not MNIST.
 *
 * <p>Image i of a split depends only on the split and i, so any prefix may be asked for; all arithmetic is strict, so the
 * bytes are the same on every JVM. Labels are drawn uniformly, hence slightly unbalanced, as real ones are. Thread-safe.
 */
public final class SyntheticDigits {
    /** Width and height of an image in pixels. */
    public static final int SIDE = DigitPainter.SIDE;

    /** The two disjoint parts of the data set. */
    public enum Split {
        /** 60,000 images to learn from. */
        TRAINING(60_000, 0x68_65_63_6E_6E_2D_31L),
        /** 10,000 images to test on. */
        TEST(10_000, 0x68_65_63_6E_6E_2D_32L);

        private final int size;
        private final long seed;

        Split(int size, long seed) {
            this.size = size;
            this.seed = seed;
        }

        /** {@return how many images the split has} */
        public int size() {
            return size;
        }
    }

    private SyntheticDigits() {}

    /**
     * The digit shown by one image.
     *
     * @param split the part of the data set
     * @param index 0 .. {@code split.size() - 1}
     * @return 0..9
     * @throws IllegalArgumentException if the index is outside the split
     */
    public static int label(Split split, int index) {
        return generator(split, index).below(10);
    }

    /**
     * One image.
     *
     * @param split the part of the data set
     * @param index 0 .. {@code split.size() - 1}
     * @return 784 unsigned bytes, row by row, 0 for paper and 255 for full ink
     * @throws IllegalArgumentException if the index is outside the split
     */
    public static byte[] pixels(Split split, int index) {
        IndexedRandom random = generator(split, index);
        int digit = random.below(10);
        List<Skeleton> styles = DigitStyles.of(digit);
        Skeleton style = styles.get(random.below(styles.size()));
        Handwriting hand = new Handwriting(random);
        DigitPainter painter = new DigitPainter(random);
        return painter.paint(hand.write(style, random));
    }

    /**
     * {@return the first images of a split with their labels, made on the common workers}
     *
     * @param split the part of the data set
     * @param count 1 .. {@code split.size()}
     * @throws IllegalArgumentException if the count is out of range
     */
    public static ImageSet first(Split split, int count) {
        if (count < 1 || count > split.size) {
            throw new IllegalArgumentException("synthetic digits: expected 1.." + split.size + " images of " + split
                    + ", found " + count + "; ask for fewer");
        }
        return chosen(split, IntStream.range(0, count).toArray());
    }

    /**
     * {@return some images of a split with their labels, in the order asked for, made on the common workers}
     *
     * @param split a split
     * @param indices [images], each from 0 to the size of the split - 1
     * @throws IllegalArgumentException if one is outside of that range
     */
    public static ImageSet chosen(Split split, int[] indices) {
        byte[][] images = new byte[indices.length][];
        int[] labels = new int[indices.length];
        WorkerPool.common().forEach(indices.length, k -> {
            images[k] = pixels(split, indices[k]);
            labels[k] = label(split, indices[k]);
        });
        return new ImageSet(images, SIDE, SIDE, labels);
    }

    private static IndexedRandom generator(Split split, int index) {
        if (index < 0 || index >= split.size) {
            throw new IllegalArgumentException("synthetic digits: expected an index in 0.." + (split.size - 1) + " of "
                    + split + ", found " + index + "; ask for fewer images");
        }
        return new IndexedRandom(split.seed, index);
    }
}
