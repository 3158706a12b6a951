package io.github.hecnn.mlr.encoder.image;

import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.WholeFile;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** The two texts that USPS comes in. */
final class UspsText {
    private static final int SIDE = 16;
    private static final int AREA = SIDE * SIDE;
    private static final int DIGITS = 10;
    private static final int LONGEST_LINE = 1 << 14;
    private static final long MAX_BYTES = 256L << 20;
    private static final String FIX = "give zip.train or zip.test of USPS, or LIBSVM's usps, unpacked or gzip";

    private UspsText() {}

    static ImageSource read(Path file) {
        byte[] bytes = WholeFile.bytes(file, MAX_BYTES, FIX);
        boolean gzip = bytes.length > 1 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
        List<byte[]> pixels = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        int number = 0;
        try (InputStream raw = new ByteArrayInputStream(bytes);
                InputStream in = gzip ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.length() > LONGEST_LINE) {
                    throw error(file, number, "a label and 256 values", line.length() + " characters");
                }
                if (!line.isBlank()) {
                    byte[] image = new byte[AREA];
                    labels.add(parse(file, number, line.strip().split("\\s+", -1), image));
                    pixels.add(image);
                }
            }
        } catch (IOException e) {
            throw new DataFormatException(
                    file + ", line " + number + ": expected a sound gzip file, found: " + e.getMessage()
                            + "; copy it again",
                    e);
        }
        if (pixels.isEmpty()) {
            throw new DataFormatException(file + ": expected at least one image, found none; " + FIX);
        }
        return new PixelImages(
                file.getFileName().toString(),
                pixels.toArray(new byte[0][]),
                SIDE,
                SIDE,
                true,
                labels.stream().mapToInt(i -> i).toArray(),
                IntStream.range(0, DIGITS).mapToObj(Integer::toString).toList());
    }

    /** Fills the image and returns its label. */
    private static int parse(Path file, int line, String[] words, byte[] image) {
        boolean sparse = words.length > 1 && words[1].indexOf(':') > 0;
        if (!sparse && words.length != AREA + 1) {
            throw error(file, line, "a label and 256 values", words.length + " numbers");
        }
        double label = number(file, line, words[0]) - (sparse ? 1 : 0);
        if (label != Math.rint(label) || label < 0 || label >= DIGITS) {
            throw error(file, line, sparse ? "a label 1..10" : "a label 0..9", words[0]);
        }
        double[] values = new double[AREA];
        Arrays.fill(values, -1);
        for (int w = 1; w < words.length; w++) {
            int colon = words[w].indexOf(':');
            if ((colon > 0) != sparse) {
                throw error(file, line, "values of one form", words[w]);
            }
            double at = sparse ? number(file, line, words[w].substring(0, colon)) - 1 : w - 1;
            if (at != Math.rint(at) || at < 0 || at >= AREA) {
                throw error(file, line, "indices 1..256", words[w]);
            }
            values[(int) at] = number(file, line, words[w].substring(colon + 1));
        }
        for (int i = 0; i < AREA; i++) {
            if (!(Math.abs(values[i]) <= 1)) {
                throw error(file, line, "values of -1..1", Double.toString(values[i]));
            }
            image[i] = (byte) Math.round((values[i] + 1) * 127.5);
        }
        return (int) label;
    }

    private static double number(Path file, int line, String word) {
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw error(file, line, "numbers", word);
        }
    }

    private static DataFormatException error(Path file, int line, String expected, String found) {
        String shown = found.length() <= 40 ? found : found.substring(0, 40) + "...";
        return new DataFormatException(
                file + ", line " + line + ": expected " + expected + ", found '" + shown + "'; " + FIX);
    }
}
