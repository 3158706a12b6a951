package io.github.hecnn.examples.report;

import io.github.hecnn.mlr.rehearsal.WeightComparison;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;

/** Small pieces of HTML. */
public final class Html {
    private Html() {}

    /** Text as it may stand in HTML. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A table of two columns. */
    public static String facts(Map<String, String> facts) {
        StringBuilder out = new StringBuilder("<table class=\"facts\">");
        facts.forEach((name, value) -> out.append("<tr><th>")
                .append(escape(name))
                .append("</th><td>")
                .append(escape(value))
                .append("</td></tr>"));
        return out.append("</table>").toString();
    }

    /** A table with a head line. */
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

    /** The style sheet of every report. */
    public static String css() throws IOException {
        try (InputStream stream = Html.class.getResourceAsStream("report.css")) {
            return new String(Objects.requireNonNull(stream, "report.css").readAllBytes(), StandardCharsets.UTF_8);
        }
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

    /** A grey image, 0 for paper, as a data address. */
    static String image(byte[] pixels, int rows, int columns) throws IOException {
        BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < pixels.length; i++) {
            image.getRaster().setSample(i % columns, i / columns, 0, 255 - (pixels[i] & 0xFF));
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }

    /** How much of its limit the error of a weight uses up, at most. */
    static String margin(List<RunReport.WeightErrors> errors) {
        double used = errors.stream()
                .mapToDouble(w -> w.error() == 0 ? 0 : Math.abs(w.error()) / w.limit())
                .max()
                .orElse(0);
        return String.format(
                Locale.ROOT,
                "Errors use up to %.0f %% of their limit, %d predicted deviations",
                100 * used,
                WeightComparison.DEVIATIONS);
    }

    static String percent(Double fraction) {
        return fraction == null || fraction.isNaN() ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
    }
}
