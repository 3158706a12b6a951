package io.github.hecnn.mlr.data.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.data.synthetic.SyntheticDigits.Split;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticDigitsTest {

    @Test
    void bytesAreTheSameOnEveryMachineAndForEver() throws Exception {
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        for (Split split : Split.values()) {
            for (int i = 0; i < 300; i++) {
                hash.update((byte) SyntheticDigits.label(split, i));
                hash.update(SyntheticDigits.pixels(split, i));
            }
        }
        // Known answer of this code itself: a change of any pixel changes published accuracies and must be deliberate.
        assertThat(HexFormat.of().formatHex(hash.digest()))
                .isEqualTo("924ea4c90f36b910d70fbe413cd9069d2d1113e8591e5e86c8c734b647cfbd12");
    }

    @Test
    void anImageDoesNotDependOnTheOnesBefore() {
        byte[] alone = SyntheticDigits.pixels(Split.TRAINING, 41);
        SyntheticDigits.pixels(Split.TRAINING, 7);
        assertThat(SyntheticDigits.pixels(Split.TRAINING, 41)).isEqualTo(alone);
    }

    @Test
    void everyDigitAppearsAboutEquallyOften() {
        int[] count = new int[10];
        for (int i = 0; i < 10_000; i++) {
            count[SyntheticDigits.label(Split.TEST, i)]++;
        }
        // Binomial with mean 1000 and deviation 30: five deviations.
        assertThat(Arrays.stream(count)).allSatisfy(c -> assertThat(c).isBetween(850, 1150));
    }

    @Test
    void imagesAreInkedCentredAndInsideTheFrame() {
        for (int i = 0; i < 500; i++) {
            byte[] image = SyntheticDigits.pixels(Split.TRAINING, i);
            assertThat(image).hasSize(SyntheticDigits.SIDE * SyntheticDigits.SIDE);
            double mass = 0;
            double x = 0;
            double y = 0;
            int border = 0;
            int darkest = 0;
            for (int p = 0; p < image.length; p++) {
                int value = image[p] & 0xFF;
                mass += value;
                x += value * (p % 28);
                y += value * (p / 28);
                darkest = Math.max(darkest, value);
                if (p % 28 == 0 || p % 28 == 27 || p / 28 == 0 || p / 28 == 27) {
                    border = Math.max(border, value);
                }
            }
            assertThat(mass / 255).as("ink of image %d", i).isBetween(15.0, 260.0);
            assertThat(x / mass).as("centre of image %d", i).isBetween(12.5, 14.5);
            assertThat(y / mass).as("centre of image %d", i).isBetween(12.5, 14.5);
            assertThat(darkest).as("darkest pixel of image %d", i).isGreaterThan(150);
            assertThat(border).as("frame of image %d", i).isLessThan(128);
        }
    }

    @Test
    void trainingAndTestImagesDiffer() {
        for (int i = 0; i < 100; i++) {
            assertThat(SyntheticDigits.pixels(Split.TRAINING, i)).isNotEqualTo(SyntheticDigits.pixels(Split.TEST, i));
        }
    }

    @Test
    void refusesAnIndexOutsideTheSplit() {
        assertThatThrownBy(() -> SyntheticDigits.pixels(Split.TEST, 10_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0..9999")
                .hasMessageContaining("10000");
        assertThatThrownBy(() -> SyntheticDigits.label(Split.TRAINING, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void theFirstImagesAreThoseAskedForOneByOne() {
        ImageSet first = SyntheticDigits.first(Split.TEST, 5);
        assertThat(first.labels()).hasSize(5);
        for (int i = 0; i < 5; i++) {
            assertThat(first.labels()[i]).isEqualTo(SyntheticDigits.label(Split.TEST, i));
            assertThat(first.pixels()[i]).isEqualTo(SyntheticDigits.pixels(Split.TEST, i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 10_001})
    void refusesACountOutsideTheSplit(int count) {
        assertThatThrownBy(() -> SyntheticDigits.first(Split.TEST, count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1..10000")
                .hasMessageContaining("found " + count);
    }
}
