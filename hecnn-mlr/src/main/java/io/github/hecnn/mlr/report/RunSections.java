package io.github.hecnn.mlr.report;

import io.github.hecnn.mlr.approx.ScoreRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parts of a run's report with charts: accuracy, scores, levels, time, memory and traffic. */
final class RunSections {
    private RunSections() {}

    static String accuracy(RunReport report) {
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
                    Html.seconds(seconds.get(t))));
        }
        return Charts.plot("test accuracy", "iteration", "%", Charts.Scale.FITTED_PERCENT, lines)
                + Html.table(
                        List.of("iteration", encrypted ? "encrypted" : "simulated", "plain doubles", "time"), rows);
    }

    /** Scores within the interval of the polynomial. */
    static String scores(RunReport report) {
        List<ScoreRange> scores = report.details().scoresPerIteration();
        List<?> interval = (List<?>) report.details().plan().get("sigmoidInterval");
        List<Charts.Line> lines = new ArrayList<>();
        lines.add(new Charts.Line(
                "highest", scores.stream().map(ScoreRange::highest).toList()));
        lines.add(new Charts.Line(
                "lowest", scores.stream().map(ScoreRange::lowest).toList()));
        String words = "";
        if (interval != null) {
            lines.add(new Charts.Line("edge of the interval", constant(interval.get(0), scores.size())));
            lines.add(new Charts.Line("edge of the interval", constant(interval.get(1), scores.size())));
            words = "<p>The polynomial is right from " + number(interval.get(0)) + " to " + number(interval.get(1))
                    + ". Scores are those of the owner's rehearsal; the cloud cannot see any.</p>";
        }
        return Charts.plot(
                        "scores and the interval they must stay in", "iteration", "score", Charts.Scale.FITTED, lines)
                + words;
    }

    private static List<Double> constant(Object value, int times) {
        return Collections.nCopies(times, ((Number) value).doubleValue());
    }

    private static String number(Object value) {
        return String.format(Locale.ROOT, "%.4g", ((Number) value).doubleValue())
                .replaceAll("\\.?0+$", "");
    }

    /** What was left to compute with. */
    static String levels(RunReport report) {
        List<Integer> levels = report.details().levelsPerIteration();
        Map<String, Double> bars = new LinkedHashMap<>();
        for (int t = 0; t < levels.size(); t++) {
            bars.put(t == 0 ? "at the start" : "after iteration " + t, (double) levels.get(t));
        }
        Object bits = report.details().settings().get("scaleBits");
        return Html.amounts(bars, level -> FirstScreen.times((int) level, "level"))
                + "<p>The training was laid out to use its levels up"
                + (bits == null
                        ? "."
                        : "; the scale is 2^" + bits + " at each of them, so numbers have about "
                                + Math.round(Integer.parseInt(bits.toString()) * Math.log10(2))
                                + " decimal places, less the noise of the encryption.")
                + "</p>";
    }

    /** Measured by part of the run and by kind of operation; of a rehearsal, what the plan says. */
    static String time(RunReport report) {
        RunReport.Seconds seconds = report.seconds();
        Map<String, Double> parts = new LinkedHashMap<>();
        put(parts, "making keys", seconds.keyGeneration());
        put(parts, "encrypting", seconds.encryption());
        put(parts, "training", seconds.training());
        put(parts, "decrypting", seconds.decryption());
        double known = parts.values().stream().mapToDouble(v -> v).sum();
        parts.put("data, plan, files, checks", Math.max(0, seconds.total() - known));
        RunReport.Details details = report.details();
        String operations = Html.measured(details.secondsByOperation(), seconds.training(), report.threads());
        boolean rehearsed =
                operations.isEmpty() && !details.predictedSecondsByOperation().isEmpty();
        return Html.amounts(parts, Html::seconds)
                + operations
                + (rehearsed
                        ? "<h3>An encrypted training by operation, as predicted for one thread of warm code</h3>"
                                + Html.amounts(
                                        OperationNames.longest(details.predictedSecondsByOperation()), Html::seconds)
                        : "");
    }

    static String traffic(RunReport report) {
        Map<String, Double> bytes = new LinkedHashMap<>();
        put(bytes, "encrypted data", report.uploadedBytes());
        put(bytes, "evaluation keys", report.evaluationKeyBytes());
        return bytes.isEmpty() ? "" : "<h3>From the owner to the cloud</h3>" + Html.amounts(bytes, Html::bytes);
    }

    static String memory(RunReport report) {
        Map<String, Double> bytes = new LinkedHashMap<>();
        bytes.put("most that was held", (double) report.peakMemoryBytes());
        if (report.details().plan().get("memoryBytes") instanceof Number planned) {
            bytes.put("planned for the heap", planned.doubleValue());
        }
        return "<h3>Memory</h3>" + Html.amounts(bytes, Html::bytes);
    }

    private static void put(Map<String, Double> amounts, String name, Number amount) {
        if (amount != null) {
            amounts.put(name, amount.doubleValue());
        }
    }

    private static List<Double> percents(List<Double> fractions) {
        return fractions.stream().map(f -> 100 * f).toList();
    }
}
