package io.github.hecnn.examples.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** {@code report.html}: one file without outside references, in light and dark. */
public final class HtmlReport {
    private HtmlReport() {}

    /**
     * A test image with its label and the model's answer.
     *
     * @param pixels unsigned bytes, row by row
     */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Sample(byte[] pixels, int rows, int columns, String label, String predicted) {}

    /** The page. */
    public static String text(RunReport report, List<Sample> samples) throws IOException {
        boolean encrypted = report.mode().equals("encrypted");
        String last = Html.percent(report.accuracyPerIteration().get(report.iterations() - 1));
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<meta name=\"color-scheme\" content=\"light dark\"><title>hecnn: ");
        page.append(Html.escape(report.dataset()))
                .append("</title><style>")
                .append(Html.css())
                .append("</style></head><body>");
        page.append("<h1>")
                .append(encrypted ? "Trained on encrypted data" : "Rehearsal on simulated slots")
                .append("</h1><p class=\"lead\">")
                .append(Html.escape(report.dataset()))
                .append(": <b>")
                .append(last)
                .append("</b> of ")
                .append(String.format(Locale.ROOT, "%,d", report.testSamples()))
                .append(" test samples right after ")
                .append(report.iterations())
                .append(" iterations on ")
                .append(report.samples())
                .append(encrypted ? " encrypted samples.</p>" : " samples; nothing was encrypted.</p>");
        page.append("<ul class=\"notes\">");
        report.details()
                .notes()
                .forEach(note -> page.append("<li>").append(Html.escape(note)).append("</li>"));
        page.append("</ul><section><h2>Accuracy</h2>").append(accuracy(report)).append("</section>");
        if (encrypted) {
            page.append("<section><h2>Error against the rehearsal</h2>")
                    .append(error(report))
                    .append("</section>");
        }
        page.append("<section><h2>Which classes are taken for which</h2>")
                .append(Html.heatMap(
                        report.details().labelNames(),
                        report.details().confusionMatrix(),
                        report.details().recallPerClass()))
                .append("</section>");
        page.append("<section><h2>Samples of each class</h2>")
                .append(counts(report.details()))
                .append("</section>");
        if (!samples.isEmpty()) {
            page.append("<section><h2>The first test images</h2><div class=\"images\">");
            for (Sample sample : samples) {
                page.append(image(sample));
            }
            page.append("</div></section>");
        }
        page.append("<section><h2>Run</h2>")
                .append(Html.facts(runFacts(report)))
                .append("</section>");
        page.append("<section><h2>Plan</h2>")
                .append(Html.facts(texts(report.details().plan())))
                .append("</section>");
        page.append("<section><h2>Settings</h2>")
                .append(Html.facts(texts(report.details().settings())))
                .append("</section><footer>hecnn ")
                .append(Html.escape(report.version()))
                .append("</footer></body></html>\n");
        return page.toString();
    }

    private static String accuracy(RunReport report) {
        List<Charts.Line> lines = new ArrayList<>();
        boolean encrypted = report.mode().equals("encrypted");
        lines.add(new Charts.Line(encrypted ? "encrypted" : "simulated", percents(report.accuracyPerIteration())));
        lines.add(new Charts.Line("plain doubles", percents(report.details().plainAccuracyPerIteration())));
        List<List<String>> rows = new ArrayList<>();
        for (int t = 0; t < report.iterations(); t++) {
            List<Double> seconds = report.details().iterationSeconds();
            rows.add(List.of(
                    Integer.toString(t + 1),
                    Html.percent(report.accuracyPerIteration().get(t)),
                    Html.percent(report.details().plainAccuracyPerIteration().get(t)),
                    String.format(
                            Locale.ROOT,
                            "%.3f",
                            report.details().largestScorePerIteration().get(t)),
                    String.format(Locale.ROOT, "%.2f", seconds.get(t))));
        }
        return Charts.plot("test accuracy", "iteration", "%", Charts.Scale.PERCENT, lines)
                + Html.table(
                        List.of(
                                "iteration",
                                encrypted ? "encrypted" : "simulated",
                                "plain doubles",
                                "largest |z|",
                                "seconds"),
                        rows);
    }

    private static String error(RunReport report) {
        List<Double> errors = report.details().errorAgainstRehearsalPerIteration();
        List<List<String>> rows = new ArrayList<>();
        for (int t = 0; t < errors.size(); t++) {
            RunReport.WeightErrors w =
                    report.details().weightErrorsPerIteration().get(t);
            List<String> row = new ArrayList<>(List.of(Integer.toString(t + 1)));
            for (double v : new double[] {
                errors.get(t), w.largestRelative(), Math.abs(w.error()), w.predictedDeviation(), w.limit()
            }) {
                row.add(String.format(Locale.ROOT, "%.2e", v));
            }
            rows.add(row);
        }
        // A logarithmic axis cannot show an error of exactly nothing.
        List<Double> shown = errors.stream().map(e -> Math.max(e, 1e-18)).toList();
        return Charts.plot(
                        "largest difference of a weight, encrypted against simulated",
                        "iteration",
                        "difference",
                        Charts.Scale.LOGARITHMIC,
                        List.of(new Charts.Line("difference", shown)))
                + Html.table(
                        List.of(
                                "iteration",
                                "largest difference",
                                "largest, relative to its column",
                                "difference nearest to its limit",
                                "its predicted deviation",
                                "its limit"),
                        rows)
                + "<p>A column is a feature's weights over all classes; its size is their root mean square. "
                + Html.escape(Html.margin(report.details().weightErrorsPerIteration()))
                + ". All of them are in weights-errors.csv.</p>";
    }

    private static String counts(RunReport.Details details) {
        List<List<String>> rows = new ArrayList<>();
        for (int c = 0; c < details.labelNames().size(); c++) {
            rows.add(List.of(
                    details.labelNames().get(c),
                    Integer.toString(details.trainingClassCounts().get(c)),
                    Integer.toString(details.testClassCounts().get(c))));
        }
        return Html.table(List.of("class", "training", "test"), rows);
    }

    private static String image(Sample sample) throws IOException {
        boolean right = sample.label().equals(sample.predicted());
        String words = right ? sample.predicted() : sample.predicted() + " (is " + sample.label() + ")";
        return "<figure class=\"" + (right ? "right" : "wrong") + "\"><img width=\"56\" height=\"56\" alt=\"class "
                + Html.escape(sample.label()) + "\" src=\""
                + Html.image(sample.pixels(), sample.rows(), sample.columns())
                + "\"><figcaption>" + Html.escape(words) + "</figcaption></figure>";
    }

    private static Map<String, String> runFacts(RunReport report) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("recipe", report.recipe());
        facts.put("features, scaling", report.features() + ", " + report.scaling());
        put(facts, "uploaded ciphertexts", report.uploadedCiphertexts());
        put(facts, "uploaded", bytes(report.uploadedBytes()));
        put(facts, "evaluation keys", bytes(report.evaluationKeyBytes()));
        put(facts, "key switches", report.keySwitches());
        put(facts, "levels used", report.levelsUsed());
        put(facts, "ring degree", report.ringDegree());
        put(facts, "log2 Q, log2 P", report.logQ() == null ? null : report.logQ() + ", " + report.logP());
        put(facts, "security", report.securityBits() == null ? null : report.securityBits() + " bits");
        facts.put("kernels, threads", report.kernels() + ", " + report.threads());
        facts.put("seed", report.details().seed());
        RunReport.Seconds seconds = report.seconds();
        put(facts, "key generation", seconds(seconds.keyGeneration()));
        put(facts, "encryption", seconds(seconds.encryption()));
        put(facts, "training", seconds(seconds.training()));
        put(facts, "decryption", seconds(seconds.decryption()));
        put(facts, "total", seconds(seconds.total()));
        put(facts, "peak memory", bytes(report.peakMemoryBytes()));
        facts.put("Java", report.javaVersion());
        facts.put("system", report.details().operatingSystem());
        return facts;
    }

    private static Map<String, String> texts(Map<String, Object> values) {
        Map<String, String> out = new LinkedHashMap<>();
        values.forEach((name, value) -> out.put(name, Objects.toString(value)));
        return out;
    }

    private static List<Double> percents(List<Double> fractions) {
        return fractions.stream().map(f -> 100 * f).toList();
    }

    private static void put(Map<String, String> facts, String name, Object value) {
        if (value != null) {
            facts.put(name, value.toString());
        }
    }

    private static String seconds(Double seconds) {
        return seconds == null ? null : String.format(Locale.ROOT, "%.2f s", seconds);
    }

    private static String bytes(Long bytes) {
        return bytes == null ? null : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
