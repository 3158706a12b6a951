package io.github.hecnn.mlr.data;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A CSV file in memory, as bytes, that can be gone through more than once. */
final class CsvSource {
    private static final int MAX_BYTES = 1 << 30;
    private static final int MAX_LINE = 1 << 24;

    private final Path file;
    private final TextEncoding text;

    private CsvSource(Path file, TextEncoding text) {
        this.file = file;
        this.text = text;
    }

    /** Reads a file, plain or gzip. */
    static CsvSource of(Path file, Charset charset) {
        byte[] bytes = Sources.read(file, source -> source.stream().readNBytes(MAX_BYTES + 1));
        if (bytes.length > MAX_BYTES) {
            throw new DataFormatException(file + ": expected at most " + MAX_BYTES
                    + " bytes of text, found more; split the file, or take fewer columns");
        }
        return new CsvSource(file, TextEncoding.of(file, bytes, charset));
    }

    Charset charset() {
        return text.charset();
    }

    /** Takes records one after another. */
    interface Records {
        /** Takes one; answers whether it wants more. */
        boolean take(CSVRecord cells, long line);
    }

    /** How records come out of the text; trimming, blanks around cells are no part of them, so that quotes may follow. */
    record Format(char separator, boolean quotes, boolean trimming) {}

    /** Goes through all records that are not blank, until there are no more or none are wanted. */
    void forEach(Format format, Records records) {
        CSVFormat csv = CSVFormat.RFC4180
                .builder()
                .setDelimiter(format.separator())
                .setQuote(format.quotes() ? '"' : null)
                .setIgnoreSurroundingSpaces(format.trimming())
                .setIgnoreEmptyLines(true)
                .get();
        try (CSVParser parser = CSVParser.parse(new LimitedReader(file, text.reader()), csv)) {
            for (CSVRecord cells : parser) {
                boolean blank = cells.size() == 1 && cells.get(0).isBlank();
                if (!blank && !records.take(cells, parser.getCurrentLineNumber())) {
                    return;
                }
            }
        } catch (UncheckedIOException e) {
            throw broken(e.getCause());
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private DataFormatException broken(IOException e) {
        if (e instanceof CharacterCodingException) {
            return text.misfit();
        }
        return new DataFormatException(
                file + ": expected cells whose quotes are closed before a separator or the line's end, found damage ("
                        + e.getMessage() + "); close the quote, or double a quote inside a cell",
                e);
    }

    /** The error at a cell. */
    DataFormatException error(long line, int column, String expected, String found, String fix) {
        return new DataFormatException(file + ", line " + line + ", column " + column + ": expected " + expected
                + ", found " + found + "; " + fix);
    }

    /** The error of the file as a whole. */
    DataFormatException error(String expected, String found, String fix) {
        return new DataFormatException(file + ": expected " + expected + ", found " + found + "; " + fix);
    }

    /** Refuses endless lines instead of filling memory with one cell. */
    private static final class LimitedReader extends FilterReader {
        private final Path file;
        private int length;
        private long line = 1;

        LimitedReader(Path file, Reader in) {
            super(in);
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            char[] one = new char[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(char[] into, int from, int count) throws IOException {
            int got = super.read(into, from, count);
            for (int i = from; i < from + got; i++) {
                length++;
                if (into[i] == '\n' || into[i] == '\r') {
                    line += into[i] == '\n' ? 1 : 0;
                    length = 0;
                }
                if (length > MAX_LINE) {
                    throw new DataFormatException(file + ", line " + line + ", column 1: expected lines of at most "
                            + MAX_LINE + " characters, found a longer one; give a text file");
                }
            }
            return got;
        }
    }
}
