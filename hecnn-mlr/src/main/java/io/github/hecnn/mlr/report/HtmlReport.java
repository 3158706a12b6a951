package io.github.hecnn.mlr.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** {@code report.html}: one file without outside references, in light and dark. */
public final class HtmlReport {
    private static final List<String> WORDS = List.of(
            "accuracy",
            "ciphertext",
            "class",
            "cloud",
            "confusion matrix",
            "evaluation keys",
            "features",
            "iteration",
            "key switch",
            "level",
            "owner",
            "recall",
            "rehearsal",
            "scale",
            "score",
            "security of 128 bits",
            "sigmoid polynomial",
            "test samples");

    private HtmlReport() {}

    /**
     * A test image with its label and the model's answer.
     *
     * @param pixels unsigned bytes, row by row
     * @param rows height
     * @param columns width
     * @param label what it is
     * @param predicted what the model says
     */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Sample(byte[] pixels, int rows, int columns, String label, String predicted) {}

    /**
     * {@return the page}
     *
     * @param report of the run
     * @param samples to be shown
     */
    public static String text(RunReport report, List<Sample> samples) {
        boolean encrypted = report.mode().equals("encrypted");
        RunReport.Details details = report.details();
        StringBuilder body = new StringBuilder(FirstScreen.of(report))
                .append(Html.notes(details.notes()))
                .append(Html.section("Accuracy", RunSections.accuracy(report)))
                .append(Html.section(
                        "Which classes are taken for which",
                        Html.heatMap(details.labelNames(), details.confusionMatrix(), details.recallPerClass())))
                .append(Html.section("Scores against the interval", RunSections.scores(report)))
                .append(Html.section("Levels and scale", RunSections.levels(report)))
                .append(Html.section("Where the time went", RunSections.time(report)))
                .append(Html.section("Traffic and memory", RunSections.traffic(report) + RunSections.memory(report)));
        if (encrypted) {
            body.append(Html.section("Error against the rehearsal", error(report)));
        }
        body.append(Html.section("Samples of each class", counts(details)));
        if (!samples.isEmpty()) {
            String images = samples.stream().map(HtmlReport::image).collect(Collectors.joining());
            body.append(Html.section("The first test images", "<div class=\"images\">" + images + "</div>"));
        }
        return Html.page(
                report.dataset(),
                report.version(),
                body.append(Html.folded("All facts of the run", Html.facts(runFacts(report))))
                        .append(Html.folded("Plan", Html.facts(texts(details.plan()))))
                        .append(Html.folded("Settings", Html.facts(texts(details.settings()))))
                        .append(Html.glossary(WORDS))
                        .toString());
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
                + Html.escape(RunReport.WeightErrors.margin(report.details().weightErrorsPerIteration()))
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

    private static String image(Sample sample) {
        boolean right = sample.label().equals(sample.predicted());
        String words = right ? sample.predicted() : sample.predicted() + " (is " + sample.label() + ")";
        return "<figure class=\"" + (right ? "right" : "wrong") + "\"><img width=\"56\" height=\"56\" alt=\"class "
                + Html.escape(sample.label()) + "\" src=\""
                + GreyPng.address(sample.pixels(), sample.rows(), sample.columns())
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
        put(
                facts,
                "log2 Q, log2 P",
                report.logQ() == null ? null : String.format(Locale.ROOT, "%.0f, %.0f", report.logQ(), report.logP()));
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
        values.forEach((name, value) -> out.put(words(name), rounded(name, value)));
        return out;
    }

    /** {@code keySwitches} as key switches. */
    private static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static String rounded(String name, Object value) {
        if (value instanceof Number n && name.endsWith("Bytes")) {
            return Html.bytes(n.doubleValue());
        }
        return value instanceof Double d ? String.format(Locale.ROOT, "%.3g", d) : Objects.toString(value);
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
