package io.github.hecnn.mlr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LabeledDatasetTest {
    private static final double[][] FEATURES = {{1, 2}, {3, 4}, {5, 6}};
    private static final int[] LABELS = {2, 0, 2};

    @Test
    void knowsItsShape() {
        LabeledDataset d = new LabeledDataset(FEATURES, LABELS, 3);
        assertThat(d.samples()).isEqualTo(3);
        assertThat(d.width()).isEqualTo(2);
        assertThat(d.classCounts()).containsExactly(1, 0, 2);
        assertThat(d).hasToString("3 samples of 2 features in 3 classes");
    }

    @Test
    void slicesAndReplacesFeatures() {
        LabeledDataset d = new LabeledDataset(FEATURES, LABELS, 3);
        assertThat(d.slice(1, 3)).isEqualTo(new LabeledDataset(new double[][] {{3, 4}, {5, 6}}, new int[] {0, 2}, 3));
        assertThat(d.withFeatures(new double[][] {{1}, {2}, {3}}).width()).isEqualTo(1);
        assertThat(d.withFeatures(new double[][] {{1}, {2}, {3}})).isNotEqualTo(d);
        assertThatThrownBy(() -> d.slice(1, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("inside 0..3, found 1..4");
        assertThatThrownBy(() -> d.slice(2, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatIsNotADataSet() {
        refused(FEATURES, LABELS, 1, "expected at least 2 classes, found 1");
        refused(FEATURES, LABELS, 2, "expected labels 0..1, found 2 for sample 0");
        refused(FEATURES, new int[] {0, -1, 0}, 2, "found -1 for sample 1");
        refused(FEATURES, new int[] {0, 1}, 2, "found 3 samples and 2 labels");
        refused(new double[0][], new int[0], 2, "expected at least 1 sample");
        refused(new double[][] {{}}, new int[1], 2, "expected at least 1 sample of 1 feature");
        refused(new double[][] {{1, 2}, {3}}, new int[2], 2, "found 1 for sample 1");
        refused(new double[][] {{1, 2}, {3, Double.NaN}}, new int[2], 2, "found NaN for sample 1, feature 1");
        refused(new double[][] {{Double.NEGATIVE_INFINITY}}, new int[1], 2, "found -Infinity for sample 0, feature 0");
    }

    private static void refused(double[][] features, int[] labels, int classes, String message) {
        assertThatThrownBy(() -> new LabeledDataset(features, labels, classes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
