package io.github.hecnn.mlr.text;

import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.WholeFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads labelled texts. Files are UTF-8, with or without a byte order mark, and small enough for memory.
 *
 * <p>Every method throws {@link UncheckedIOException} if a file cannot be read and {@link DataFormatException}, naming file and
 * line, if its content is not as described or there is none.
 */
public final class TextReader {
    private static final long MAX_BYTES = 1L << 28;

    private TextReader() {}

    /**
     * The SMS Spam Collection: {@code ham} or {@code spam}, a tab, the text, one message a line.
     *
     * @param file the file
     * @return texts in order; label 1 is spam
     */
    public static TextDataset smsSpam(Path file) {
        Collected out = new Collected(file);
        forEachLine(file, (line, number) -> {
            int tab = line.indexOf('\t');
            String label = tab < 0 ? line : line.substring(0, tab);
            if (tab < 0 || !(label.equals("ham") || label.equals("spam"))) {
                throw error(file, number, "ham or spam, a tab and a text", line, "correct the line");
            }
            out.add(line.substring(tab + 1), label.equals("spam") ? 1 : 0);
        });
        return out.dataset("sms");
    }

    /**
     * Sentiment labelled sentences: the text, a tab, 0 or 1. Lines end at line feeds only: the films' file has other line
     * separators inside its texts.
     *
     * @param name what to call the data set
     * @param file the file
     * @return texts in order
     */
    public static TextDataset labelledSentences(String name, Path file) {
        Collected out = new Collected(file);
        forEachLine(file, (line, number) -> {
            int tab = line.lastIndexOf('\t');
            String label = tab < 0 ? "" : line.substring(tab + 1).strip();
            if (!(label.equals("0") || label.equals("1"))) {
                throw error(file, number, "a text, a tab and 0 or 1", line, "correct the line");
            }
            out.add(line.substring(0, tab).strip(), label.charAt(0) - '0');
        });
        return out.dataset(name);
    }

    /**
     * The YouTube Spam Collection: CSV with a header that names at least CONTENT and CLASS; quoted fields may span lines.
     *
     * @param files one or more files, put one after the other
     * @return texts in order; label 1 is spam
     */
    public static TextDataset youtube(List<Path> files) {
        List<String> texts = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (Path file : files) {
            Collected out = new Collected(file);
            readCsv(file, out);
            texts.addAll(out.texts);
            labels.addAll(out.labels);
        }
        return new TextDataset(
                "youtube", texts, labels.stream().mapToInt(i -> i).toArray());
    }

    private static void readCsv(Path file, Collected out) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .get();
        try (Reader in = new StringReader(WholeFile.text(file, MAX_BYTES, "give a text file in UTF-8"));
                CSVParser parser = CSVParser.parse(in, format)) {
            if (!parser.getHeaderNames().containsAll(List.of("CONTENT", "CLASS"))) {
                throw error(
                        file,
                        1,
                        "a header with CONTENT and CLASS",
                        String.join(",", parser.getHeaderNames()),
                        "add the header line");
            }
            for (CSVRecord r : parser) {
                String label = r.isConsistent() ? r.get("CLASS") : "a record of " + r.size() + " fields";
                if (!(label.equals("0") || label.equals("1"))) {
                    throw error(file, parser.getCurrentLineNumber(), "CLASS 0 or 1", label, "correct the record");
                }
                out.add(r.get("CONTENT"), label.charAt(0) - '0');
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw new DataFormatException(
                    file + ": expected CSV with quoted fields, found damage (" + e.getMessage() + "); copy it again",
                    e);
        }
        out.dataset("youtube"); // refuses an empty file by name
    }

    private interface LineReader {
        void line(String line, int number);
    }

    private static void forEachLine(Path file, LineReader reader) {
        String text = WholeFile.text(file, MAX_BYTES, "give a text file in UTF-8");
        int number = 0;
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            String line = text.substring(from, end > from && text.charAt(end - 1) == '\r' ? end - 1 : end);
            number++;
            if (!line.isEmpty()) {
                reader.line(line, number);
            }
            from = end + 1;
        }
    }

    private static DataFormatException error(Path file, long line, String expected, String found, String fix) {
        String shown = found.length() <= 40 ? found : found.substring(0, 40) + "...";
        return new DataFormatException(
                file + ", line " + line + ": expected " + expected + ", found '" + shown + "'; " + fix);
    }

    private static final class Collected {
        private final Path file;
        private final List<String> texts = new ArrayList<>();
        private final List<Integer> labels = new ArrayList<>();

        Collected(Path file) {
            this.file = file;
        }

        void add(String text, int label) {
            texts.add(text);
            labels.add(label);
        }

        TextDataset dataset(String name) {
            if (texts.isEmpty()) {
                throw new DataFormatException(file + ": expected labelled texts, found none; give a file with data");
            }
            return new TextDataset(name, texts, labels.stream().mapToInt(i -> i).toArray());
        }
    }
}
