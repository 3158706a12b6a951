package io.github.hecnn.mlr.data;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The bytes of a text file and the encoding they are in, told by byte order mark, pattern of zeros or order. */
@SuppressWarnings("ArrayRecordComponent") // bulk data, never compared
record TextEncoding(Path file, byte[] bytes, int start, Charset charset) {
    private static final int LOOKED_AT = 4096;

    /** Finds the encoding, unless it is given. */
    static TextEncoding of(Path file, byte[] b, Charset given) {
        if (starts(b, 'P', 'K', 3, 4)) {
            throw foreign(file, "a ZIP archive or spreadsheet", "save the sheet as CSV in UTF-8");
        }
        if (starts(b, 0xFF, 0xFE, 0, 0) || starts(b, 0, 0, 0xFE, 0xFF)) {
            throw foreign(file, "UTF-32", "convert it to UTF-8");
        }
        boolean utf8 = starts(b, 0xEF, 0xBB, 0xBF);
        boolean little = starts(b, 0xFF, 0xFE);
        boolean big = starts(b, 0xFE, 0xFF);
        if (given != null) {
            boolean wide = given.name().startsWith("UTF-16");
            boolean marked = wide ? little || big : utf8 && given.equals(StandardCharsets.UTF_8);
            Charset charset = wide && little ? StandardCharsets.UTF_16LE : given;
            return new TextEncoding(file, b, marked ? (wide ? 2 : 3) : 0, charset);
        }
        if (utf8) {
            return new TextEncoding(
                    file, b, starts(b, 0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF) ? 6 : 3, StandardCharsets.UTF_8);
        }
        if (little || big) {
            return new TextEncoding(file, b, 2, little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
        }
        return new TextEncoding(file, b, 0, unmarked(file, b));
    }

    /** Latin text in UTF-16 has a zero in every other byte; UTF-8 has none at all. */
    private static Charset unmarked(Path file, byte[] b) {
        int[] zeros = new int[2];
        int looked = Math.min(b.length, LOOKED_AT);
        for (int i = 0; i < looked; i++) {
            zeros[i & 1] += b[i] == 0 ? 1 : 0;
        }
        if (zeros[0] + zeros[1] == 0) {
            return StandardCharsets.UTF_8;
        }
        if (zeros[0] == 0 && zeros[1] > looked / 4) {
            return StandardCharsets.UTF_16LE;
        }
        if (zeros[1] == 0 && zeros[0] > looked / 4) {
            return StandardCharsets.UTF_16BE;
        }
        throw foreign(file, "zero bytes, as binary files have them", "give a text file");
    }

    private static boolean starts(byte[] b, int... with) {
        boolean all = b.length >= with.length;
        for (int i = 0; i < with.length && all; i++) {
            all = (b[i] & 0xFF) == with[i];
        }
        return all;
    }

    private static DataFormatException foreign(Path file, String found, String fix) {
        return new DataFormatException(file + ": expected text in UTF-8 or UTF-16, found " + found + "; " + fix);
    }

    /** A reader that fails on bytes that are not of the encoding; {@link #misfit} then says where. */
    Reader reader() {
        return new InputStreamReader(new ByteArrayInputStream(bytes, start, bytes.length - start), strict());
    }

    private CharsetDecoder strict() {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** The error for a file whose bytes are not of the encoding, with the first such byte. */
    DataFormatException misfit() {
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        CharBuffer out = CharBuffer.allocate(LOOKED_AT);
        CharsetDecoder decoder = strict();
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        int at = Math.min(in.position(), bytes.length - 1);
        long line = 1;
        for (int i = start; i < at; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        boolean utf8 = charset.equals(StandardCharsets.UTF_8);
        return new DataFormatException(String.format(
                "%s, line %d: expected text in %s, found byte 0x%02x at offset %d%s; %s",
                file,
                line,
                utf8 ? "UTF-8 or UTF-16" : charset.name(),
                bytes[at] & 0xFF,
                at,
                utf8 ? ", as ISO-8859-1 and windows-1252 have them" : "",
                utf8
                        ? "convert it to UTF-8, or name its encoding with CsvOptions.withCharset"
                        : "copy the file again, or convert it to UTF-8"));
    }
}
