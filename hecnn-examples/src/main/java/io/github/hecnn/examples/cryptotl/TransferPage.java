package io.github.hecnn.examples.cryptotl;

import io.github.hecnn.examples.report.Charts;
import io.github.hecnn.examples.report.Html;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code report.html} of a run of CryptoTL: one file without outside references, in light and dark. */
final class TransferPage {
    private TransferPage() {}

    /** The page. */
    public static String text(TransferReport r) throws IOException {
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<meta name=\"color-scheme\" content=\"light dark\"><title>hecnn: CryptoTL</title><style>");
        page.append(Html.css()).append("</style></head><body><h1>Transfer learning on encrypted texts</h1>");
        page.append("<p class=\"lead\">")
                .append(Html.escape(r.source() + " to " + r.target()))
                .append(": <b>")
                .append(percent(r.heads().get("encrypted").accuracy()))
                .append("</b> of ")
                .append(r.tests())
                .append(" test texts right, learned from ")
                .append(r.samples())
                .append(".</p><ul class=\"notes\">");
        r.notes().forEach(n -> page.append("<li>").append(Html.escape(n)).append("</li>"));
        page.append("</ul>");
        section(page, "Accuracy of the heads", heads(r));
        section(page, "Training of the heads", losses(r));
        section(page, "Evaluation of the encoder", evaluation(r));
        section(page, "Run", Html.facts(facts(r)));
        return page.append("<footer>hecnn ")
                .append(Html.escape(r.version()))
                .append("</footer></body></html>\n")
                .toString();
    }

    private static void section(StringBuilder page, String title, String content) {
        page.append("<section><h2>")
                .append(title)
                .append("</h2>")
                .append(content)
                .append("</section>");
    }

    private static String heads(TransferReport r) {
        List<List<String>> rows = new ArrayList<>();
        List<Double> percents = new ArrayList<>();
        r.heads().forEach((name, s) -> {
            percents.add(100 * s.accuracy());
            rows.add(List.of(
                    name,
                    percent(s.accuracy()),
                    three(s.f1()),
                    three(s.kappa()),
                    three(s.precision()),
                    three(s.recall())));
        });
        return Charts.bars("test accuracy", List.copyOf(r.heads().keySet()), percents)
                + Html.table(List.of("head", "accuracy", "F1", "kappa", "precision", "recall"), rows);
    }

    private static String losses(TransferReport r) {
        List<Charts.Line> lines = new ArrayList<>();
        r.losses().forEach((name, values) -> lines.add(new Charts.Line(name, values)));
        return Charts.plot("cross-entropy of the training texts", "epoch", "loss", Charts.Scale.LINEAR, lines);
    }

    private static String evaluation(TransferReport r) {
        List<Double> seconds = r.seconds().perCiphertext();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("first ciphertext", String.format(Locale.ROOT, "%.2f s (encodes the weights)", seconds.get(0)));
        facts.put("median", String.format(Locale.ROOT, "%.3f s", r.seconds().medianPerCiphertext()));
        facts.put(
                "for each text",
                String.format(Locale.ROOT, "%.3f s", r.seconds().perText()));
        if (r.comparison() != null) {
            facts.put(
                    "largest error",
                    String.format(Locale.ROOT, "%.1e", r.comparison().largestError()));
            facts.put(
                    "root mean square error",
                    String.format(Locale.ROOT, "%.1e", r.comparison().rootMeanSquareError()));
            facts.put(
                    "accuracy against in the clear",
                    String.format(Locale.ROOT, "%+.2f points", r.comparison().accuracyPoints()));
        }
        return Charts.plot(
                        "time of each evaluation",
                        "ciphertext",
                        "seconds",
                        Charts.Scale.LINEAR,
                        List.of(new Charts.Line("seconds", seconds)))
                + Html.facts(facts);
    }

    private static Map<String, String> facts(TransferReport r) {
        Map<String, String> out = new LinkedHashMap<>();
        out.put("training texts of class 0, 1", counts(r.trainingClassCounts()));
        out.put("test texts of class 0, 1", counts(r.testClassCounts()));
        out.put("texts embedded by", r.sentences());
        out.put("texts in a ciphertext", Integer.toString(r.lanes()));
        out.put("queries", Integer.toString(r.traffic().queries()));
        out.put("bytes up, a query", Long.toString(r.traffic().bytesUpPerQuery()));
        out.put("bytes down, a query", Long.toString(r.traffic().bytesDownPerQuery()));
        out.put("evaluation keys", Long.toString(r.traffic().evaluationKeyBytes()));
        out.put("parameters", r.scheme().parameters());
        out.put("circuit", r.scheme().circuit());
        out.put("flooding, deviation", Double.toString(r.scheme().floodingDeviation()));
        if (r.privacy() != null) {
            out.put("epsilon, delta", r.privacy().epsilon() + ", " + r.privacy().delta());
            out.put("noise multiplier", three(r.privacy().noiseMultiplier()));
        }
        out.put("keys", String.format(Locale.ROOT, "%.2f s", r.seconds().keyGeneration()));
        out.put("encryption", String.format(Locale.ROOT, "%.2f s", r.seconds().encryption()));
        out.put("decryption", String.format(Locale.ROOT, "%.2f s", r.seconds().decryption()));
        out.put("heads", String.format(Locale.ROOT, "%.2f s", r.seconds().heads()));
        out.put(
                "kernels, server threads",
                r.machine().kernels() + ", " + r.machine().serverThreads());
        out.put("Java", r.machine().clientJava());
        out.put("system", r.machine().operatingSystem());
        out.put("seed", Long.toString(r.seed()));
        return out;
    }

    private static String counts(List<Integer> counts) {
        return counts.get(0) + ", " + counts.get(1);
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
    }

    private static String three(double v) {
        return String.format(Locale.ROOT, "%.3f", v);
    }
}
