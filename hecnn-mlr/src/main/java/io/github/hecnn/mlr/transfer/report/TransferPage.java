package io.github.hecnn.mlr.transfer.report;

import io.github.hecnn.mlr.report.Charts;
import io.github.hecnn.mlr.report.Html;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code report.html} of a run of CryptoTL: one file without outside references, in light and dark. */
public final class TransferPage {
    private TransferPage() {}

    /**
     * {@return the page}
     *
     * @param r of the run
     */
    public static String text(TransferReport r) {
        String lead = "<h1>Transfer learning on encrypted texts</h1><p class=\"lead\">"
                + Html.escape(r.source() + " to " + r.target()) + ": <b>"
                + Html.percent(r.heads().get(TransferHeads.ENCRYPTED).accuracy()) + "</b> of " + r.tests()
                + " test texts right, learned from " + r.samples() + ".</p>";
        return Html.page(
                "CryptoTL",
                r.version(),
                lead
                        + Html.notes(r.notes())
                        + Html.section("Accuracy of the heads", heads(r))
                        + Html.section("Training of the heads", losses(r))
                        + Html.section("Evaluation of the encoder", evaluation(r))
                        + Html.section("Run", Html.facts(facts(r))));
    }

    private static String heads(TransferReport r) {
        List<List<String>> rows = new ArrayList<>();
        List<Double> percents = new ArrayList<>();
        r.heads().forEach((name, s) -> {
            percents.add(100 * s.accuracy());
            rows.add(List.of(
                    name,
                    Html.percent(s.accuracy()),
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

    private static String three(double v) {
        return String.format(Locale.ROOT, "%.3f", v);
    }
}
