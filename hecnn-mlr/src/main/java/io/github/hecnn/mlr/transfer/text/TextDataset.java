package io.github.hecnn.mlr.transfer.text;

import io.github.hecnn.core.sampling.RandomSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Texts with binary labels. Immutable.
 *
 * @param name what to call it
 * @param texts at least one
 * @param labels as many, each 0 or 1
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record TextDataset(String name, List<String> texts, int[] labels) {
    /**
     * Checks and copies the components.
     *
     * @param name what to call it
     * @param texts at least one
     * @param labels as many, each 0 or 1
     * @throws IllegalArgumentException if there are no texts, another number of labels or another label than 0 and 1
     */
    public TextDataset {
        texts = List.copyOf(texts);
        labels = labels.clone();
        if (texts.isEmpty() || texts.size() != labels.length) {
            throw new IllegalArgumentException(
                    "text data set " + name + ": expected as many labels as texts, at least one, found " + texts.size()
                            + " texts and " + labels.length + " labels; pass matching lists");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != 0 && labels[i] != 1) {
                throw new IllegalArgumentException("text data set " + name + ": expected labels 0 and 1, found "
                        + labels[i] + " for text " + i + "; map labels to those");
            }
        }
    }

    /** {@return the labels; a copy} */
    @Override
    public int[] labels() {
        return labels.clone();
    }

    /** {@return number of texts} */
    public int size() {
        return labels.length;
    }

    /** {@return [2] number of texts of class 0 and of class 1} */
    public int[] classCounts() {
        int ones = Arrays.stream(labels).sum();
        return new int[] {size() - ones, ones};
    }

    /**
     * This, if it has texts of both classes: with one alone nothing is learned, and whatever is answered is right.
     *
     * @param purpose what the texts are for, as in "training texts"
     * @return this
     * @throws IllegalArgumentException if all labels are the same
     */
    public TextDataset requireBothClasses(String purpose) {
        int[] counts = classCounts();
        if (counts[0] == 0 || counts[1] == 0) {
            throw new IllegalArgumentException("text data set " + name + ": expected " + purpose
                    + " of both classes, found " + counts[0] + " of class 0 and " + counts[1]
                    + " of class 1; add texts of the other class");
        }
        return this;
    }

    /**
     * Some of the texts.
     *
     * @param indices [texts] which, from 0, in that order; at least one
     * @return those texts with their labels
     * @throws IndexOutOfBoundsException for an index that is not there
     */
    public TextDataset subset(int[] indices) {
        List<String> t = new ArrayList<>(indices.length);
        int[] l = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            t.add(texts.get(indices[i]));
            l[i] = labels[indices[i]];
        }
        return new TextDataset(name, t, l);
    }

    /**
     * Splits at random: the first part has the wanted size and the class shares of the whole, rounded, with at least one of each
     * class that there is.
     *
     * @param first size of the first part, at least 2 and smaller than the whole
     * @param seed of the choice
     * @return the first part and the rest
     * @throws IllegalArgumentException if the size is not in that range
     */
    public List<TextDataset> split(int first, long seed) {
        if (first < 2 || first >= size()) {
            throw new IllegalArgumentException("split of " + name + ": expected a first part of 2.." + (size() - 1)
                    + " texts, found " + first + "; choose one in that range");
        }
        int[] order = shuffled(size(), seed);
        int ones = Arrays.stream(labels).sum();
        int wanted = (int) Math.round((double) first * ones / size());
        wanted = ones == 0 ? 0 : ones == size() ? first : Math.max(1, Math.min(first - 1, wanted));
        int[] a = new int[first];
        int[] b = new int[size() - first];
        int[] left = {first - wanted, wanted};
        int na = 0;
        int nb = 0;
        for (int i : order) {
            if (left[labels[i]] > 0) {
                left[labels[i]]--;
                a[na++] = i;
            } else {
                b[nb++] = i;
            }
        }
        return List.of(subset(a), subset(b));
    }

    private static int[] shuffled(int n, long seed) {
        RandomSource random = RandomSource.seeded(seed);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof TextDataset d
                && name.equals(d.name)
                && texts.equals(d.texts)
                && Arrays.equals(labels, d.labels);
    }

    @Override
    public int hashCode() {
        return 31 * texts.hashCode() + Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
        return name + ": " + size() + " texts, " + Arrays.stream(labels).sum() + " of class 1";
    }
}
