package io.github.hecnn.mlr.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.data.synthetic.SyntheticDigits;
import io.github.hecnn.mlr.data.synthetic.SyntheticDigits.Split;
import io.github.hecnn.mlr.features.OrientationHistogram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images become features and classes, chosen as asked. */
class ImageSamplesTest {
    private static final OrientationHistogram H200 = OrientationHistogram.named("H200");

    @TempDir
    private Path folder;

    /** Files in MNIST's form: digits below the number of classes, labelled from 1. */
    private void dataset(int classes, int count) throws IOException {
        for (Split split : Split.values()) {
            ByteBuffer images = ByteBuffer.allocate(16 + count * 784);
            images.putInt(0x803).putInt(count).putInt(28).putInt(28);
            ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
            int written = 0;
            for (int i = 0; written < count; i++) {
                int digit = SyntheticDigits.label(split, i);
                if (digit < classes) {
                    images.put(SyntheticDigits.pixels(split, i));
                    labels.put((byte) (digit + 1));
                    written++;
                }
            }
            String name = split == Split.TRAINING ? "train" : "t10k";
            Files.write(folder.resolve(name + "-images.idx3-ubyte"), images.array());
            Files.write(folder.resolve(name + "-labels.idx1-ubyte"), labels.array());
        }
    }

    @Test
    void anotherDataSetInThisFormIsNotCalledMnistAndHasItsOwnClasses() throws IOException {
        dataset(4, 100);
        Samples samples = ImageSamples.idx(folder, H200, new SampleChoice(40, 3L), true);
        assertThat(samples.dataset()).isEqualTo("images of " + folder.getFileName());
        assertThat(samples.synthetic()).isFalse();
        assertThat(samples.training().labelNames()).containsExactly("1", "2", "3", "4");
        assertThat(samples.training().samples()).isEqualTo(40);
        assertThat(samples.training().width()).isEqualTo(200);
        assertThat(samples.test().samples()).isEqualTo(100);
        assertThat(samples.testImages().labels()).startsWith(samples.test().labels()[0] + 1);
        assertThat(samples.notes()).contains("40 of 100 images train, chosen by class with seed 3.");
        assertThat(ImageSamples.idx(folder, H200, SampleChoice.first(SampleChoice.ALL), false)
                        .training()
                        .samples())
                .isEqualTo(100);
        assertThatThrownBy(() -> ImageSamples.idx(folder, H200, SampleChoice.first(101), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("SampleChoice.count: expected at most 100 as in ")
                .hasMessageContaining("found 101; take fewer");
        assertThatThrownBy(() -> ImageSamples.idx(folder, H200, SampleChoice.first(2), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("choose the training samples by class with SampleChoice.seed 1");
    }

    @Test
    void theBuiltInDigitsSayThatTheyAreSynthetic() {
        Samples first = ImageSamples.synthetic(H200, SampleChoice.first(30), false);
        assertThat(first.synthetic()).isTrue();
        assertThat(first.test()).isNull();
        assertThat(first.labels().test().samples()).isEqualTo(10_000);
        assertThat(first.notes().get(0)).contains("It is not MNIST");
        assertThat(first.training().labels()).startsWith(SyntheticDigits.label(Split.TRAINING, 0));
        Samples chosen = ImageSamples.synthetic(H200, new SampleChoice(30, 5L), false);
        assertThat(chosen.training().classCounts()).containsOnly(3);
        assertThat(chosen.fingerprint()).isNotEqualTo(first.fingerprint());
    }

    @Test
    void aHistogramThatIsNoneIsRefused() {
        assertThatThrownBy(() -> OrientationHistogram.named("h300"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "orientation histogram: expected one of [h392, h400, h200], found 'h300'; choose one of these");
        assertThatThrownBy(() -> SampleChoice.first(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at least 2 to train on");
    }
}
