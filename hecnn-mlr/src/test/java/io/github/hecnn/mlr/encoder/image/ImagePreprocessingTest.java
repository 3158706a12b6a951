package io.github.hecnn.mlr.encoder.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class ImagePreprocessingTest {
    private static RgbImage ramp(int width, int height) {
        byte[] grey = new byte[width * height];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) (10 * (i % width) + i / width);
        }
        return RgbImage.grey(width, height, grey);
    }

    private static float[] applied(RgbImage image, int resize, int crop) {
        double one = 1 / 255.0;
        return ImagePreprocessing.builder()
                .resize(resize)
                .crop(crop)
                .mean(0, 0, 0)
                .deviation(one, one, one)
                .build()
                .apply(image);
    }

    @Test
    void withoutAChangeOfSizeTheMiddleIsCutOut() {
        float[] out = applied(ramp(8, 6), 6, 4);
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < 4; y++) {
                for (int x = 0; x < 4; x++) {
                    assertThat(out[(c * 4 + y) * 4 + x]).isCloseTo(10 * (x + 2) + y + 1, within(1e-4f));
                }
            }
        }
    }

    /** Made with Resize(256) and CenterCrop(224) of torchvision 0.14.1 on Pillow 9.4. */
    @Test
    void pixelsAreThoseOfTorchvisionToTheBit() throws IOException {
        byte[] file;
        try (InputStream in = ImagePreprocessingTest.class.getResourceAsStream("noise-28.png")) {
            file = in.readAllBytes();
        }
        RgbImage image = ImagePreprocessing.imageNet().square(ImageDecoder.decode("noise-28.png", file));
        CRC32 crc = new CRC32();
        for (int y = 0; y < 224; y++) {
            for (int x = 0; x < 224; x++) {
                for (int c = 0; c < RgbImage.CHANNELS; c++) {
                    crc.update(image.sample(x, y, c));
                }
            }
        }
        assertThat(new int[] {image.sample(0, 0, 0), image.sample(0, 0, 1), image.sample(0, 0, 2)})
                .containsExactly(246, 201, 27);
        assertThat(crc.getValue()).isEqualTo(3528432868L);
    }

    @Test
    void halvingAveragesWithATriangleOverFourSamples() {
        float[] out = applied(ramp(16, 16), 8, 2);
        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 2; x++) {
                int column = 2 * (x + 3);
                int row = 2 * (y + 3);
                double expected = 10 * (column + 0.5) + row + 0.5; // a plane stays a plane away from the border
                assertThat(out[y * 2 + x]).isCloseTo((float) expected, within(1.01f));
            }
        }
    }

    /** A bright column of a dark image: at twice the size its weights are 1/4, 3/4, 3/4, 1/4. */
    @Test
    void enlargingInterpolatesBetweenNeighbours() {
        byte[] grey = new byte[16];
        for (int y = 0; y < 4; y++) {
            grey[4 * y + 1] = (byte) 200;
        }
        float[] out = applied(RgbImage.grey(4, 4, grey), 8, 8);
        float[] row = Arrays.copyOf(out, 8);
        assertThat(row).containsExactly(new float[] {0, 50, 150, 150, 50, 0, 0, 0}, within(1e-3f));
    }

    @Test
    void channelsAreShiftedAndDividedByTheirOwn() {
        RgbImage one = new RgbImage(1, 1, new byte[] {(byte) 255, 0, 51});
        float[] out = ImagePreprocessing.builder()
                .resize(1)
                .crop(1)
                .mean(0.5, 0.25, 0)
                .deviation(0.5, 0.25, 0.1)
                .build()
                .apply(one);
        assertThat(out).containsExactly(new float[] {1, -1, 2}, within(1e-6f));
    }

    @Test
    void anyShapeIsCutToTheSquare() {
        assertThat(applied(ramp(400, 3), 32, 20)).hasSize(3 * 20 * 20);
        assertThat(applied(ramp(1, 500), 32, 32)).hasSize(3 * 32 * 32);
        assertThat(ImagePreprocessing.imageNet().apply(ramp(28, 28))).hasSize(3 * 224 * 224);
    }

    @Test
    void aThumbnailKeepsItsShapeAndColoursAsAFile() {
        RgbImage small = Thumbnail.of(ramp(20, 10), 10);
        assertThat(small.width()).isEqualTo(10);
        assertThat(small.height()).isEqualTo(5);
        assertThat(small.sample(5, 2, 1)).isBetween(107, 111);
        RgbImage file = ImageDecoder.decode("thumbnail", Thumbnail.png(small));
        for (int i = 0; i < 50; i++) {
            assertThat(file.sample(i % 10, i / 10, 2)).isEqualTo(small.sample(i % 10, i / 10, 2));
        }
        assertThat(Thumbnail.of(small, 10)).isSameAs(small);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> ImagePreprocessing.builder().resize(200).build())
                .hasMessageContaining("expected 1 <= crop <= resize", "crop 224 and resize 200");
        assertThatThrownBy(() -> ImagePreprocessing.builder().crop(0).build()).hasMessageContaining("crop 0");
        assertThatThrownBy(() -> ImagePreprocessing.builder().mean(0.5).build()).hasMessageContaining("3 means");
        assertThatThrownBy(() -> ImagePreprocessing.builder().deviation(1, 0, 1).build())
                .hasMessageContaining("positive deviations");
        assertThatThrownBy(() -> new RgbImage(2, 2, new byte[11])).hasMessageContaining("found 11 bytes");
    }
}
