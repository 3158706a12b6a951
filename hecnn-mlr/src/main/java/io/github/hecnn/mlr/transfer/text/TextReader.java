package io.github.hecnn.mlr.transfer.text;

import io.github.hecnn.mlr.data.CsvOptions;
import io.github.hecnn.mlr.data.CsvTable;
import io.github.hecnn.mlr.data.DataFormatException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads labelled texts. Files are UTF-8 or UTF-16, with or without a byte order mark, plain or gzip, and small enough for memory.
 *
 * <p>Every method throws {@link UncheckedIOException} if a file cannot be read and {@link DataFormatException}, naming file and
 * line, if its content is not as described or there is none.
 */
public final class TextReader {
    private static final String TAB = "\t";
    private static final CsvOptions LINES =
            CsvOptions.DEFAULT.withSeparator('\t').withHeader(false).withoutQuotes();

    private TextReader() {}

    /**
     * The SMS Spam Collection: {@code ham} or {@code spam}, a tab, the text, one message a line.
     *
     * @param file the file
     * @return texts in order; label 1 is spam
     */
    public static TextDataset smsSpam(Path file) {
        Collected out = new Collected(file);
        for (CsvTable.Row row : table(file, LINES).rows()) {
            String label = row.cells().get(0);
            if (row.cells().size() < 2 || !(label.equals("ham") || label.equals("spam"))) {
                throw error(
                        file,
                        row.line(),
                        "ham or spam, a tab and a text",
                        String.join(TAB, row.cells()),
                        "correct the line");
            }
            out.add(joined(row, 1, row.cells().size()), label.equals("spam") ? 1 : 0);
        }
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
        for (CsvTable.Row row : table(file, LINES).rows()) {
            int last = row.cells().size() - 1;
            String label = last == 0 ? "" : row.cells().get(last).strip();
            if (!(label.equals("0") || label.equals("1"))) {
                throw error(
                        file,
                        row.line(),
                        "a text, a tab and 0 or 1",
                        String.join(TAB, row.cells()),
                        "correct the line");
            }
            out.add(joined(row, 0, last).strip(), label.charAt(0) - '0');
        }
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
        CsvTable table = table(file, CsvOptions.DEFAULT.withSeparator(',').withHeader(true));
        int text = table.header().indexOf("CONTENT");
        int label = table.header().indexOf("CLASS");
        if (text < 0 || label < 0) {
            throw error(
                    file,
                    1,
                    "a header with CONTENT and CLASS",
                    String.join(",", table.header()),
                    "add the header line");
        }
        for (CsvTable.Row row : table.rows()) {
            boolean whole = row.cells().size() == table.header().size();
            String found = whole
                    ? row.cells().get(label)
                    : "a record of " + row.cells().size() + " fields";
            if (!(found.equals("0") || found.equals("1"))) {
                throw error(file, row.line(), "CLASS 0 or 1", found, "correct the record");
            }
            out.add(row.cells().get(text), found.charAt(0) - '0');
        }
        out.dataset("youtube"); // refuses an empty file by name
    }

    /** Of texts nobody names the encoding, as one may of numbers. */
    private static CsvTable table(Path file, CsvOptions options) {
        try {
            return CsvTable.read(file, options);
        } catch (DataFormatException e) {
            throw new DataFormatException(
                    e.getMessage().replace(", or name its encoding with CsvOptions.withCharset", ""), e);
        }
    }

    /** Cells of a line put together again: a text may have tabs inside. */
    private static String joined(CsvTable.Row row, int from, int to) {
        return String.join(TAB, row.cells().subList(from, to));
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
