package io.github.hecnn.mlr.encoder.image;

import io.github.hecnn.mlr.data.DataFormatException;

/** The header of a JPEG file up to its frame, which says how many channels there are; the platform's reader takes four for colours with alpha. */
final class JpegFrame {
    private static final int FIRST_FRAME = 0xc0;
    private static final int LAST_FRAME = 0xcf;

    private JpegFrame() {}

    static boolean isJpeg(byte[] bytes) {
        return bytes.length > 2 && byteAt(bytes, 0) == 0xff && byteAt(bytes, 1) == 0xd8 && byteAt(bytes, 2) == 0xff;
    }

    /** Refuses an image that is not grey or of three channels. */
    static void check(String place, byte[] bytes) {
        int at = 2;
        while (at + 9 < bytes.length && byteAt(bytes, at) == 0xff) {
            int marker = byteAt(bytes, at + 1);
            boolean frame =
                    marker >= FIRST_FRAME && marker <= LAST_FRAME && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame) {
                int channels = byteAt(bytes, at + 9);
                if (channels != 1 && channels != RgbImage.CHANNELS) {
                    throw new DataFormatException(place + ": expected a grey JPEG image or one of 3 channels, found "
                            + channels + ", such as CMYK; convert it to RGB");
                }
                return;
            }
            at += marker == 0xff ? 1 : 2 + (byteAt(bytes, at + 2) << 8 | byteAt(bytes, at + 3));
        }
        throw new DataFormatException(place + ", offset " + at
                + ": expected a sound JPEG image, found damage (no frame); copy it again, or remove it");
    }

    private static int byteAt(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }
}
