package io.github.hecnn.mlr.transfer.report;

import io.github.hecnn.mlr.report.Html;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The few lines a run ends with. */
public final class TransferSummary {
    private TransferSummary() {}

    /**
     * Prints them.
     *
     * @param report of the run
     * @param folder of {@code report.html} and {@code report.json}
     * @param to takes the text
     */
    public static void print(TransferReport report, Path folder, PrintStream to) {
        to.println();
        line(
                to,
                "texts",
                "%d %s to train on, %d %s to test on",
                report.samples(),
                counts(report.trainingClassCounts()),
                report.tests(),
                counts(report.testClassCounts()));
        report.heads()
                .forEach((name, head) -> line(
                        to,
                        name,
                        "%.2f %% right, F1 %.3f, kappa %.3f",
                        100 * head.accuracy(),
                        head.f1(),
                        head.kappa()));
        if (report.comparison() != null) {
            line(
                    to,
                    "encryption costs",
                    "%+.2f points, largest error of an output %.1e",
                    0.0 - report.comparison().accuracyPoints(),
                    report.comparison().largestError());
        }
        line(
                to,
                "evaluation",
                "%.3f s a ciphertext, %.3f s a text",
                report.seconds().medianPerCiphertext(),
                report.seconds().perText());
        line(
                to,
                "traffic",
                "%s up, %s down a query; evaluation keys %s",
                Html.bytes((double) report.traffic().bytesUpPerQuery()),
                Html.bytes((double) report.traffic().bytesDownPerQuery()),
                Html.bytes((double) report.traffic().evaluationKeyBytes()));
        report.notes().forEach(note -> line(to, "note", "%s", note));
        line(to, "outputs", "%s, report.json", folder.resolve("report.html"));
    }

    private static String counts(List<Integer> counts) {
        return "(0: " + counts.get(0) + ", 1: " + counts.get(1) + ")";
    }

    private static void line(PrintStream to, String name, String format, Object... values) {
        to.printf(Locale.ROOT, "%-18s %s%n", name, String.format(Locale.ROOT, format, values));
    }
}
