package io.github.hecnn.mlr.encoder.image;

import java.util.List;

/** What all images with labels tell about themselves. */
abstract class LabeledImages implements ImageSource {
    private final String name;
    private final int[] labels;
    private final List<String> classNames;

    /**
     * With copies of labels and names.
     *
     * @param labels [images], 0..classes-1
     * @param classNames [classes]
     */
    LabeledImages(String name, int[] labels, List<String> classNames) {
        this.name = name;
        this.labels = labels.clone();
        this.classNames = List.copyOf(classNames);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int[] labels() {
        return labels.clone();
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }
}
