package io.github.hecnn.mlr.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Small grey images within a page. */
final class GreyPng {
    private GreyPng() {}

    /** A grey image, 0 for paper, as a data address: a PNG of one block. */
    static String address(byte[] pixels, int rows, int columns) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(columns).putInt(rows).put(new byte[] {8, 0, 0, 0, 0});
        ByteBuffer lines = ByteBuffer.allocate(rows * (columns + 1));
        for (int i = 0; i < pixels.length; i++) {
            if (i % columns == 0) {
                lines.put((byte) 0);
            }
            lines.put((byte) (255 - (pixels[i] & 0xFF)));
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        chunk(png, "IHDR", header.array());
        chunk(png, "IDAT", deflated(lines.array()));
        chunk(png, "IEND", new byte[0]);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }

    private static byte[] deflated(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream stream = new DeflaterOutputStream(out)) {
            stream.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(content);
        png.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        png.writeBytes(name);
        png.writeBytes(content);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }
}
