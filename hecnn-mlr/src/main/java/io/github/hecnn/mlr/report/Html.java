package io.github.hecnn.mlr.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Small pieces of HTML. */
public final class Html {
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

    /** {@return the style sheet of every report} */
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
        return "<section><h2>" + escape(title) + "</h2>" + content + "</section>";
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

    /** The confusion matrix as a heat map: rows are true classes, shade is the share of the row. */
    static String heatMap(List<String> names, int[][] matrix, List<Double> recall) {
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

    /** A grey image, 0 for paper, as a data address: a PNG of one block. */
    static String image(byte[] pixels, int rows, int columns) {
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

    /**
     * {@return a fraction as a percentage of two decimals; a dash for null and NaN}
     *
     * @param fraction 0..1; null gives a dash
     */
    public static String percent(Double fraction) {
        return fraction == null || fraction.isNaN() ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
    }
}
