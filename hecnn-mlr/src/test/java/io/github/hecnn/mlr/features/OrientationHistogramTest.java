package io.github.hecnn.mlr.features;

import static io.github.hecnn.mlr.features.OrientationHistogram.H200;
import static io.github.hecnn.mlr.features.OrientationHistogram.H392;
import static io.github.hecnn.mlr.features.OrientationHistogram.H400;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.data.ImageSet;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OrientationHistogramTest {
    /** A slanted stroke that needs no data file. */
    static byte[] stroke() {
        byte[] pixels = new byte[784];
        for (int r = 5; r <= 22; r++) {
            for (int c = 0; c < 28; c++) {
                pixels[r * 28 + c] = (byte) Math.max(0, 255 - 45 * Math.abs(2 * c - r - 10));
            }
        }
        return pixels;
    }

    /** Known answers from a numpy implementation of the same definition (float64): sum, sum of (k+1) f_k, largest, where. */
    @Test
    void agreesWithTheReferenceOnAStroke() {
        check(H392, 11.530806898498934, 1971.3861421153756, 0.1832233763320723, 24);
        check(H400, 10.913858771385243, 1958.0059040294072, 0.20787475974214104, 12);
        check(H200, 8.30944485441556, 719.9913440511149, 0.24631864358579852, 12);
    }

    private static void check(OrientationHistogram h, double sum, double weighted, double max, int argmax) {
        checkVector(h.extract(stroke()), sum, weighted, max);
        assertThat(h.extract(stroke())[argmax]).isCloseTo(max, within(1e-12));
    }

    static void checkVector(double[] f, double sum, double weighted, double max) {
        double w = 0;
        for (int k = 0; k < f.length; k++) {
            w += (k + 1) * f[k];
        }
        assertThat(Arrays.stream(f).sum()).isCloseTo(sum, within(1e-9));
        assertThat(w).isCloseTo(weighted, within(1e-7));
        assertThat(Arrays.stream(f).max().orElseThrow()).isCloseTo(max, within(1e-12));
    }

    @Test
    void deskewAgreesWithTheReferenceAndKeepsItsRange() {
        double[] d = Deskew.apply(stroke());
        checkVector(d, 51.352941176470594, 20156.02941214785, 0.8235294118482407);
        assertThat(Arrays.stream(d).min().orElseThrow()).isNotNegative();
        assertThat(Deskew.apply(new byte[784])).containsOnly(0);
    }

    @Test
    void deskewUndoesShiftAndShear() {
        byte[] shifted = new byte[784];
        System.arraycopy(stroke(), 0, shifted, 2 * 28 + 3, 784 - 2 * 28 - 3);
        double[] a = Deskew.apply(stroke());
        double[] b = Deskew.apply(shifted);
        for (int i = 0; i < a.length; i++) {
            assertThat(b[i]).isCloseTo(a[i], within(1e-6));
        }
        // Upright: all ink within six columns round the middle, where the stroke itself is five to six wide; it leant
        // over fourteen.
        double middle = 0;
        for (int i = 0; i < a.length; i++) {
            middle += i % 28 >= 11 && i % 28 <= 16 ? a[i] : 0;
        }
        assertThat(middle).isGreaterThan(0.98 * Arrays.stream(a).sum());
    }

    @Test
    void hasUnitLengthUnlessTheImageIsFlat() {
        for (OrientationHistogram h : new OrientationHistogram[] {H392, H400, H200}) {
            double[] f = h.extract(stroke());
            assertThat(f).hasSize(h.shape().features());
            assertThat(h.name()).isEqualTo("h" + f.length);
            assertThat(Arrays.stream(f).map(v -> v * v).sum()).isCloseTo(1, within(1e-8));
            assertThat(h.extract(new byte[784])).containsOnly(0);
        }
    }

    @Test
    void manyImagesGiveWhatOneByOneGives() {
        byte[][] images = new byte[40][];
        for (int i = 0; i < images.length; i++) {
            images[i] = stroke();
            images[i][300 + i] = (byte) (200 + i);
        }
        double[][] all = H200.extractAll(images);
        for (int i = 0; i < images.length; i++) {
            assertThat(all[i]).isEqualTo(H200.extract(images[i]));
        }
        assertThat(H200.extractAll(new ImageSet(images, 28, 28, new int[0]))).isDeepEqualTo(all);
    }

    @Test
    void refusesOtherSizes() {
        assertThatThrownBy(() -> H392.extract(new byte[783]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 28 x 28 = 784 pixels, found 783");
        ImageSet wide = new ImageSet(new byte[][] {new byte[784]}, 14, 56, new int[0]);
        assertThatThrownBy(() -> H392.extractAll(wide))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected images of 28 x 28, found 14 x 56");
        assertThatThrownBy(() -> new GridShape(0, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0 and 5");
        assertThatThrownBy(() -> new GridShape(8, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
