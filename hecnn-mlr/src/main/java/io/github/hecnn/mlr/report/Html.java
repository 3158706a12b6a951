package io.github.hecnn.mlr.report;

import io.github.hecnn.ckks.cost.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/** Small pieces of HTML. */
public final class Html {
    private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB");

    private Html() {}

    /**
     * {@return text as it may stand in HTML}
     *
     * @param text any text
     */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /**
     * {@return a table of two columns}
     *
     * @param facts values by name, in order
     */
    public static String facts(Map<String, String> facts) {
        StringBuilder out = new StringBuilder("<table class=\"facts\">");
        facts.forEach((name, value) -> out.append("<tr><th>")
                .append(escape(name))
                .append("</th><td>")
                .append(escape(value))
                .append("</td></tr>"));
        return out.append("</table>").toString();
    }

    /**
     * {@return a table with a head line}
     *
     * @param head names of columns
     * @param rows cells, as many as names
     */
    public static String table(List<String> head, List<List<String>> rows) {
        StringBuilder out = new StringBuilder("<table class=\"numbers\"><thead><tr>");
        head.forEach(cell -> out.append("<th>").append(escape(cell)).append("</th>"));
        out.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            out.append("<tr>");
            row.forEach(cell -> out.append("<td>").append(escape(cell)).append("</td>"));
            out.append("</tr>");
        }
        return out.append("</tbody></table>").toString();
    }

    /**
     * {@return the style sheet of every report}
     *
     * @throws UncheckedIOException if it cannot be read from the library
     */
    public static String css() {
        try (InputStream stream = Html.class.getResourceAsStream("report.css")) {
            return new String(Objects.requireNonNull(stream, "report.css").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("read report.css of this library", e);
        }
    }

    /**
     * {@return a whole page without outside references, in light and dark}
     *
     * @param title of the page
     * @param version of the library, for the last line
     * @param body HTML
     * @throws UncheckedIOException as {@link #css}
     */
    public static String page(String title, String version, String body) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<meta name=\"color-scheme\" content=\"light dark\"><title>hecnn: "
                + escape(title) + "</title><style>" + css() + "</style></head><body>" + body + "<footer>hecnn "
                + escape(version) + "</footer></body></html>\n";
    }

    /**
     * {@return a part of a page under a title of its own}
     *
     * @param title heading
     * @param content HTML
     */
    public static String section(String title, String content) {
        return "<section><h2>" + escape(title) + "</h2><div class=\"wide\">" + content + "</div></section>";
    }

    /**
     * {@return a part of a page that is folded until somebody wants it}
     *
     * @param title heading
     * @param content HTML
     */
    public static String folded(String title, String content) {
        return "<section><details><summary>" + escape(title) + "</summary>" + content + "</details></section>";
    }

    /**
     * {@return what the first screen says, a card for each question}
     *
     * @param cards answers by question
     */
    public static String cards(Map<String, String> cards) {
        StringBuilder out = new StringBuilder("<div class=\"cards\">");
        cards.forEach((question, answer) -> out.append("<div class=\"card\"><h2>")
                .append(escape(question))
                .append("</h2><p>")
                .append(escape(answer))
                .append("</p></div>"));
        return out.append("</div>").toString();
    }

    /**
     * {@return amounts as bars beside each other, the longest as wide as there is room}
     *
     * @param amounts from 0 on, by what they are amounts of
     * @param words an amount as it is to be read
     */
    public static String amounts(Map<String, Double> amounts, DoubleFunction<String> words) {
        double most = amounts.values().stream().mapToDouble(v -> v).max().orElse(0);
        StringBuilder out = new StringBuilder("<table class=\"amounts\"><tbody>");
        amounts.forEach((name, amount) -> out.append("<tr><th>")
                .append(escape(name))
                .append("</th><td>")
                .append(escape(words.apply(amount)))
                .append("<div class=\"bar\" style=\"width:")
                .append(String.format(Locale.ROOT, "%.1f", most > 0 ? 100 * amount / most : 0))
                .append("%\"></div></td></tr>"));
        return out.append("</tbody></table>").toString();
    }

    /**
     * {@return the bars and words of what the cloud measured by kind of operation; nothing if it measured nothing}
     *
     * @param seconds of each kind of operation, by the names of {@link #operationNames}
     * @param trainingSeconds wall clock time of the training
     * @param threads of the cloud
     */
    public static String measured(Map<String, Double> seconds, double trainingSeconds, int threads) {
        if (seconds.isEmpty()) {
            return "";
        }
        double sum = seconds.values().stream().mapToDouble(v -> v).sum();
        return "<h3>The training by operation, as measured</h3>"
                + amounts(OperationNames.longest(seconds), Html::seconds)
                + "<p>The cloud took the time of every operation, from call to return, and added up over the threads that"
                + " call: " + seconds(sum) + " in all, in a training of " + seconds(trainingSeconds) + " on " + threads
                + (threads == 1 ? " thread" : " threads")
                + ". The first use of a plain vector has its encoding in it.</p>";
    }

    /**
     * {@return times by the names that reports have}
     *
     * @param seconds of each kind of operation
     */
    public static Map<String, Double> operationNames(Map<Operation, Double> seconds) {
        return OperationNames.byName(seconds);
    }

    /**
     * {@return explanations of words, for the end of a page}
     *
     * @param words those that it has, such as {@code level}
     * @throws IllegalArgumentException if there is no explanation of one
     */
    public static String glossary(List<String> words) {
        return section(
                "Words",
                words.stream()
                        .sorted()
                        .map(word -> "<dt>" + escape(word) + "</dt><dd>" + escape(Glossary.meaning(word)) + "</dd>")
                        .collect(Collectors.joining("", "<dl class=\"words\">", "</dl>")));
    }

    /**
     * {@return seconds for people: as many digits as are worth reading}
     *
     * @param seconds 0 or more
     */
    public static String seconds(double seconds) {
        if (seconds < 0.0095) {
            return "under 0.01 s";
        }
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, seconds < 0.995 ? "%.2f s" : "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 120 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }

    /**
     * {@return bytes for people, in units of 1,000}
     *
     * @param bytes 0 or more
     */
    public static String bytes(long bytes) {
        return bytes((double) bytes);
    }

    /**
     * {@return the same, of a position on an axis}
     *
     * @param bytes 0 or more
     */
    public static String bytes(double bytes) {
        if (bytes < 1000) {
            return Math.round(bytes) + " bytes";
        }
        int unit = 0;
        double value = bytes / 1000;
        while (value >= 999.5 && unit < 3) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f" : "%.0f", value) + " " + UNITS.get(unit);
    }

    /**
     * {@return remarks, one below another}
     *
     * @param notes plain text
     */
    public static String notes(List<String> notes) {
        return notes.stream()
                .map(note -> "<li>" + escape(note) + "</li>")
                .collect(Collectors.joining("", "<ul class=\"notes\">", "</ul>"));
    }

    /**
     * {@return a confusion matrix as a heat map: shade is the share of the row}
     *
     * @param names of the classes, as the data has them
     * @param matrix [true][predicted] counts
     * @param recall of each class; null without samples of it
     */
    public static String heatMap(List<String> names, int[][] matrix, List<Double> recall) {
        StringBuilder out = new StringBuilder("<table class=\"heat\"><thead><tr><th>true \\ predicted</th>");
        for (int j = 0; j < matrix.length; j++) {
            out.append("<th>").append(escape(names.get(j))).append("</th>");
        }
        out.append("<th>recall</th></tr></thead><tbody>");
        for (int i = 0; i < matrix.length; i++) {
            long total = 0;
            for (int count : matrix[i]) {
                total += count;
            }
            out.append("<tr><th>").append(escape(names.get(i))).append("</th>");
            for (int j = 0; j < matrix.length; j++) {
                double share = total == 0 ? 0 : (double) matrix[i][j] / total;
                out.append(String.format(
                        Locale.ROOT,
                        "<td class=\"%s\" style=\"--s:%.3f\">%s</td>",
                        i == j ? "hit" : "miss",
                        i == j ? share : Math.min(1, 6 * share),
                        matrix[i][j] == 0 ? "" : Integer.toString(matrix[i][j])));
            }
            out.append("<td>").append(percent(recall.get(i))).append("</td></tr>");
        }
        return out.append("</tbody></table>").toString();
    }

    /**
     * {@return a fraction as a percentage of two decimals; a dash for null and NaN}
     *
     * @param fraction 0..1; null gives a dash
     */
    public static String percent(Double fraction) {
        return fraction == null || fraction.isNaN() ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
    }
}
