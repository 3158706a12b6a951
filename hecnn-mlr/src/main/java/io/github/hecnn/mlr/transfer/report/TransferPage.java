package io.github.hecnn.mlr.transfer.report;

import io.github.hecnn.mlr.report.Charts;
import io.github.hecnn.mlr.report.Html;
import io.github.hecnn.mlr.transfer.network.train.BinaryMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code report.html} of a run of CryptoTL: one file without outside references, in light and dark. */
public final class TransferPage {
    private static final List<String> WORDS = List.of(
            "accuracy",
            "ciphertext",
            "class",
            "client",
            "confusion matrix",
            "encoder",
            "evaluation keys",
            "head",
            "recall",
            "security of 128 bits",
            "server");

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
                        + Html.cards(TransferCards.of(r))
                        + Html.notes(r.notes())
                        + Html.section("Accuracy of the heads", heads(r))
                        + Html.section("Which classes are taken for which", confusion(r))
                        + Html.section("Training of the heads", losses(r))
                        + Html.section("Evaluation of the encoder", evaluation(r))
                        + Html.section("Where the time went", Html.amounts(time(r), Html::seconds))
                        + Html.section(
                                "Traffic and memory",
                                "<h3>Between client and server</h3>" + Html.amounts(traffic(r), Html::bytes)
                                        + "<h3>Most that was held</h3>" + Html.amounts(memory(r), Html::bytes))
                        + Html.folded("All facts of the run", Html.facts(facts(r)))
                        + Html.glossary(WORDS));
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

    private static String confusion(TransferReport r) {
        BinaryMetrics m = r.heads().get(TransferHeads.ENCRYPTED).counts();
        int[][] matrix = {{m.trueNegatives(), m.falsePositives()}, {m.falseNegatives(), m.truePositives()}};
        List<Double> recall = new ArrayList<>();
        for (int c = 0; c < 2; c++) {
            int all = matrix[c][0] + matrix[c][1];
            recall.add(all == 0 ? null : Double.valueOf((double) matrix[c][c] / all));
        }
        return Html.heatMap(List.of("0", "1"), matrix, recall) + "<p>Of the head on decrypted outputs.</p>";
    }

    private static Map<String, Double> time(TransferReport r) {
        Map<String, Double> out = new LinkedHashMap<>();
        out.put("making keys", r.seconds().keyGeneration());
        out.put("encrypting", r.seconds().encryption());
        out.put("the encoder on ciphertexts", TransferCards.evaluation(r));
        out.put("decrypting", r.seconds().decryption());
        out.put("training the heads", r.seconds().heads());
        return out;
    }

    private static Map<String, Double> traffic(TransferReport r) {
        TransferReport.Traffic t = r.traffic();
        Map<String, Double> out = new LinkedHashMap<>();
        out.put("evaluation keys and public key, up", (double) t.evaluationKeyBytes() + t.publicKeyBytes());
        out.put("encrypted texts, up", (double) t.queries() * t.bytesUpPerQuery());
        out.put("encrypted outputs, down", (double) t.queries() * t.bytesDownPerQuery());
        return out;
    }

    private static Map<String, Double> memory(TransferReport r) {
        Map<String, Double> out = new LinkedHashMap<>();
        out.put("client", (double) r.machine().clientPeakMemoryBytes());
        out.put("server", (double) r.machine().serverPeakMemoryBytes());
        out.put("planned for the server", (double) r.machine().serverNeededMemoryBytes());
        return out;
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
        out.put("up, a query", Html.bytes((double) r.traffic().bytesUpPerQuery()));
        out.put("down, a query", Html.bytes((double) r.traffic().bytesDownPerQuery()));
        out.put("evaluation keys", Html.bytes((double) r.traffic().evaluationKeyBytes()));
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
