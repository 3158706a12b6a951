package io.github.hecnn.mlr.encoder.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.data.DataFormatException;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
    private static final int WIDTH = 13;
    private static final int HEIGHT = 9;

    private final Random random = new Random(7);

    private static RgbImage decode(byte[] bytes) {
        return ImageDecoder.decode("x.png", bytes);
    }

    private static void refused(byte[] bytes, String... words) {
        assertThatThrownBy(() -> decode(bytes))
                .isInstanceOf(DataFormatException.class)
                .hasMessageStartingWith("x.png")
                .hasMessageContainingAll(words);
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_BYTE_INDEXED})
    void coloursComeAsTheyAre(int type) throws IOException {
        BufferedImage image = TestImages.noise(WIDTH, HEIGHT, type, random);
        RgbImage read = decode(TestImages.png(image));
        assertThat(read.width()).isEqualTo(WIDTH);
        assertThat(read.height()).isEqualTo(HEIGHT);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int rgb = image.getRGB(x, y);
                for (int c = 0; c < 3; c++) {
                    assertThat(read.sample(x, y, c)).isEqualTo((rgb >> (16 - 8 * c)) & 0xff);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_BYTE_BINARY})
    void greyIsRepeatedWithoutACurve(int type) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        WritableRaster raster = image.getRaster();
        int most = type == BufferedImage.TYPE_BYTE_BINARY ? 1 : type == BufferedImage.TYPE_BYTE_GRAY ? 255 : 65535;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                raster.setSample(x, y, 0, random.nextInt(most + 1));
            }
        }
        RgbImage read = decode(TestImages.png(image));
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int expected = (int) Math.round(255.0 * raster.getSample(x, y, 0) / most);
                for (int c = 0; c < 3; c++) {
                    assertThat(read.sample(x, y, c)).isEqualTo(expected);
                }
            }
        }
        assertThat(read.grey()[0]).isEqualTo((byte) read.sample(0, 0, 0));
    }

    @Test
    void alphaIsDroppedWhereverItIs() throws IOException {
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                true,
                false,
                Transparency.TRANSLUCENT,
                DataBuffer.TYPE_BYTE);
        WritableRaster raster = model.createCompatibleWritableRaster(WIDTH, HEIGHT);
        raster.setSample(3, 2, 0, 99);
        raster.setSample(3, 2, 1, 17);
        RgbImage read = decode(TestImages.png(new BufferedImage(model, raster, false, null)));
        assertThat(new int[] {read.sample(3, 2, 0), read.sample(3, 2, 1), read.sample(3, 2, 2)})
                .containsExactly(99, 99, 99);
    }

    @Test
    void jpegIsReadAndItsEndMissed() throws IOException {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 48; i++) {
            image.setRGB(i % 64, i / 64, (((i % 64) * 3) << 16) | (((i / 64) * 4) << 8) | 90);
        }
        byte[] good = TestImages.bytes(image, "jpeg");
        RgbImage read = decode(good);
        for (int c = 0; c < 3; c++) {
            assertThat(read.sample(40, 20, c)).isBetween(new int[] {110, 70, 80}[c], new int[] {130, 90, 100}[c]);
        }
        refused(Arrays.copyOf(good, good.length * 3 / 4), "expected a sound JPEG image, found damage");
        refused(Arrays.copyOf(good, 40), "expected a sound JPEG image, found damage");
    }

    @Test
    void fourColoursAreRefused() throws IOException {
        byte[] jpeg = TestImages.bytes(TestImages.noise(16, 16, BufferedImage.TYPE_BYTE_GRAY, random), "jpeg");
        int frame = 2; // walk to the frame's header, and say that it has four channels like CMYK
        while ((jpeg[frame + 1] & 0xff) != 0xc0) {
            frame += 2 + length(jpeg, frame);
        }
        int scan = frame + 2 + length(jpeg, frame);
        byte[] four = new byte[jpeg.length + 9];
        System.arraycopy(jpeg, 0, four, 0, scan);
        System.arraycopy(jpeg, scan, four, scan + 9, jpeg.length - scan);
        four[frame + 3] = (byte) (four[frame + 3] + 9);
        four[frame + 9] = 4;
        for (int c = 1; c < 4; c++) {
            System.arraycopy(new byte[] {(byte) (c + 1), 0x11, 0}, 0, four, scan + 3 * (c - 1), 3);
        }
        refused(four, "found 4, such as CMYK; convert it to RGB");
    }

    private static int length(byte[] jpeg, int marker) {
        return ((jpeg[marker + 2] & 0xff) << 8) | (jpeg[marker + 3] & 0xff);
    }

    @Test
    void everyDamageOfAPngIsSeen() throws IOException {
        byte[] good = TestImages.png(TestImages.noise(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB, random));
        for (int cut = 0; cut < good.length; cut += 7) {
            refused(Arrays.copyOf(good, cut), "expected");
        }
        for (int i = 0; i < good.length; i += 5) {
            byte[] bad = good.clone();
            bad[i] ^= 16;
            refused(bad, "expected");
        }
        refused(new byte[0], "found an empty file");
        refused("GIF89a and so on".getBytes(StandardCharsets.US_ASCII), "found something else", "convert or remove it");
    }

    @Test
    void aHugeImageIsRefusedBeforeItIsRead() throws IOException {
        byte[] png = TestImages.png(TestImages.noise(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB, random));
        for (int[] size : new int[][] {{60_000, 1}, {20_000, 20_000}}) {
            ByteBuffer head = ByteBuffer.wrap(png);
            head.putInt(16, size[0]).putInt(20, size[1]);
            CRC32 crc = new CRC32();
            crc.update(png, 12, 17);
            head.putInt(29, (int) crc.getValue());
            refused(png, "expected at most 67108864 pixels and 32768 on a side", size[0] + " x " + size[1]);
        }
    }
}
