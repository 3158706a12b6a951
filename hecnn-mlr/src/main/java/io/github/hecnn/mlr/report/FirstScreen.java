package io.github.hecnn.mlr.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a report says before anybody scrolls: what was trained, on what, how good, how long, how safe. */
final class FirstScreen {
    private static final int NAMED = 6;

    private FirstScreen() {}

    static String of(RunReport report) {
        boolean encrypted = report.mode().equals("encrypted");
        double accuracy = report.accuracyPerIteration().get(report.iterations() - 1);
        Map<String, String> cards = new LinkedHashMap<>();
        cards.put("What was trained?", trained(report));
        cards.put("How good is it?", good(report, accuracy));
        cards.put("How long did it take?", took(report));
        cards.put("How safe is the data?", encrypted ? safe(report) : "Nothing was encrypted: this run only rehearsed.");
        return "<h1>" + (encrypted ? "Trained on encrypted data" : "Rehearsal of an encrypted training")
                + "</h1><p class=\"lead\">" + Html.escape(report.dataset()) + ": <b>" + percent(accuracy) + "</b> of "
                + String.format(Locale.ROOT, "%,d", report.testSamples()) + " test samples right after "
                + times(report.iterations(), "iteration") + " on " + String.format(Locale.ROOT, "%,d", report.samples())
                + (encrypted ? " encrypted samples.</p>" : " samples; nothing was encrypted.</p>") + Html.cards(cards);
    }

    private static String trained(RunReport report) {
        List<String> names = report.details().labelNames();
        String some = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return "A model that tells " + names.size() + " classes apart (" + some + (names.size() > NAMED ? ", ..." : "")
                + "), from " + String.format(Locale.ROOT, "%,d", report.samples()) + " samples of "
                + report.dataset() + ", in " + times(report.iterations(), "iteration") + ".";
    }

    private static String good(RunReport report, double accuracy) {
        List<Integer> counts = report.details().testClassCounts();
        int all = counts.stream().mapToInt(n -> n).sum();
        int most = counts.stream().mapToInt(n -> n).max().orElse(0);
        double plain = report.details().plainAccuracyPerIteration().get(report.iterations() - 1);
        String same = Math.abs(plain - accuracy) < 5e-5
                ? " The same training without encryption does just as well."
                : " The same training without encryption: " + percent(plain) + ".";
        return percent(accuracy) + " of answers are right, on samples that it was not trained with."
                + (all == 0 ? "" : " Always saying the commonest class would be right for " + percent((double) most / all) + ".")
                + same;
    }

    private static String took(RunReport report) {
        RunReport.Seconds seconds = report.seconds();
        StringBuilder out = new StringBuilder(Html.seconds(seconds.total())).append(" in all");
        if (seconds.training() != null) {
            out.append(", of which ").append(Html.seconds(seconds.training())).append(" were the training");
        }
        if (seconds.keyGeneration() != null) {
            out.append(" and ").append(Html.seconds(seconds.keyGeneration())).append(" making keys");
        }
        return out.append(", on ")
                .append(times(report.threads(), "thread"))
                .append(" of a processor.")
                .toString();
    }

    private static String safe(RunReport report) {
        String who = "The computer that trained saw neither data nor labels nor the model, only encrypted numbers and no"
                + " key that opens them.";
        boolean secure = report.securityBits() != null && report.securityBits() > 0;
        String bits = secure
                ? " To break the encryption takes about 2^" + report.securityBits()
                        + " steps by the best attacks known: out of reach."
                : " But these parameters are for tests: they are not secure.";
        boolean repeatable = !report.details().seed().equals("secure random");
        return who + bits + (repeatable ? " But the keys come from a number that can be repeated: for demonstrations only." : "");
    }

    static String times(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    /** For people: one digit after the point. */
    private static String percent(double fraction) {
        return Double.isNaN(fraction) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
    }
}
