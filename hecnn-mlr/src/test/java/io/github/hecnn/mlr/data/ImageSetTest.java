package io.github.hecnn.mlr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ImageSetTest {
    private static final byte[][] PIXELS = {{1, 2, 3, 4, 5, 6}, {6, 5, 4, 3, 2, (byte) 200}};

    @Test
    void takesLabelsLater() {
        ImageSet set = new ImageSet(PIXELS, 2, 3, new int[0]);
        assertThat(set.labeled()).isFalse();
        assertThat(set).hasToString("2 images of 2 x 3");
        ImageSet labelled = set.withLabels(new int[] {7, 1});
        assertThat(labelled.labeled()).isTrue();
        assertThat(labelled.first(1)).isEqualTo(new ImageSet(new byte[][] {PIXELS[0]}, 2, 3, new int[] {7}));
        assertThat(set.first(1).size()).isEqualTo(1);
        assertThat(labelled).isNotEqualTo(set);
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        assertThatThrownBy(() -> new ImageSet(PIXELS, 0, 6, new int[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0 x 6");
        assertThatThrownBy(() -> new ImageSet(PIXELS, 3, 3, new int[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 3 x 3 pixels, found 6 for image 0");
        assertThatThrownBy(() -> new ImageSet(PIXELS, 2, 3, new int[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 2 images and 1 labels");
        assertThatThrownBy(() -> new ImageSet(PIXELS, 2, 3, new int[] {0, -3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found -3 for image 1");
        assertThatThrownBy(() -> new ImageSet(PIXELS, 2, 3, new int[0]).first(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected to take 0..2 images, found 3");
    }
}
