package io.github.hecnn.mlr.report;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The few lines a run ends with. */
public final class Summary {
    private static final int SHOWN_CLASSES = 30;
    /** Names come from files, which may have line breaks in them, and worse. */
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private Summary() {}

    /**
     * Prints them.
     *
     * @param report of the run
     * @param out folder of the outputs
     * @param to where it is printed
     */
    public static void print(RunReport report, Path out, PrintStream to) {
        boolean encrypted = report.mode().equals("encrypted");
        to.println();
        line(
                to,
                encrypted ? "trained encrypted" : "rehearsed",
                report.dataset() + ", " + report.samples() + " samples, " + report.features() + " features, "
                        + report.scaling() + " scaling, " + report.recipe() + " recipe");
        RunReport.Details details = report.details();
        line(to, "training classes", counts(details.labelNames(), details.trainingClassCounts()));
        line(to, "test classes", counts(details.labelNames(), details.testClassCounts()));
        line(
                to,
                "test accuracy",
                report.accuracyPerIteration().stream().map(Html::percent).collect(Collectors.joining(" -> ")) + " on "
                        + String.format(Locale.ROOT, "%,d", report.testSamples()) + " samples (plain doubles: "
                        + Html.percent(
                                report.details().plainAccuracyPerIteration().get(report.iterations() - 1))
                        + ")");
        if (encrypted) {
            List<RunReport.WeightErrors> errors = report.details().weightErrorsPerIteration();
            line(
                    to,
                    "weights",
                    String.format(
                            Locale.ROOT,
                            "differ from the rehearsal by at most %.1e, %.1e of the size of their column",
                            report.maxErrorAgainstRehearsal(),
                            errors.stream()
                                    .mapToDouble(RunReport.WeightErrors::largestRelative)
                                    .max()
                                    .orElse(0)));
            line(to, "errors", RunReport.WeightErrors.margin(errors));
            line(
                    to,
                    "uploaded",
                    String.format(
                            Locale.ROOT,
                            "%d ciphertexts, %.1f MB; evaluation keys %.1f MB",
                            report.uploadedCiphertexts(),
                            report.uploadedBytes() / 1e6,
                            report.evaluationKeyBytes() / 1e6));
            line(
                    to,
                    "security",
                    String.format(
                            Locale.ROOT,
                            "%d bits: N = %d, log2 Q = %.0f, log2 P = %.0f",
                            report.securityBits(),
                            report.ringDegree(),
                            report.logQ(),
                            report.logP()));
        }
        line(to, "work", report.keySwitches() + " key switches, " + report.levelsUsed() + " levels");
        line(to, "time", times(report.seconds()));
        line(
                to,
                "machine",
                report.threads() + " threads, " + (encrypted ? report.kernels() + " kernels, " : "") + "peak memory "
                        + (report.peakMemoryBytes() >> 20) + " MiB");
        report.details().notes().forEach(note -> line(to, "note", note));
        line(
                to,
                "outputs",
                out.resolve("report.html") + ", report.json, weights.csv" + (encrypted ? ", weights-errors.csv" : ""));
    }

    private static String counts(List<String> names, List<Integer> counts) {
        int shown = Math.min(names.size(), SHOWN_CLASSES);
        return names.size() + " ("
                + IntStream.range(0, shown)
                        .mapToObj(c -> names.get(c) + ": " + counts.get(c))
                        .collect(Collectors.joining(", "))
                + (shown < names.size() ? ", ...; all in report.json)" : ")");
    }

    private static String times(RunReport.Seconds seconds) {
        StringBuilder text = new StringBuilder();
        part(text, "keys", seconds.keyGeneration());
        part(text, "encryption", seconds.encryption());
        part(text, "training", seconds.training());
        part(text, "decryption", seconds.decryption());
        part(text, "in all", seconds.total());
        return text.toString();
    }

    private static void part(StringBuilder text, String name, Double seconds) {
        if (seconds != null) {
            text.append(text.isEmpty() ? "" : ", ").append(String.format(Locale.ROOT, "%s %.1f s", name, seconds));
        }
    }

    private static void line(PrintStream to, String name, String text) {
        to.printf(Locale.ROOT, "%-18s %s%n", name, CONTROL.matcher(text).replaceAll(" "));
    }
}
