package io.github.hecnn.mlr.transfer.report;

import io.github.hecnn.mlr.report.Html;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the page of a run of CryptoTL says first, in words for those who know no cryptography. */
final class TransferCards {
    private TransferCards() {}

    static Map<String, String> of(TransferReport r) {
        Map<String, String> cards = new LinkedHashMap<>();
        cards.put(
                "What was trained?",
                String.format(
                        Locale.ROOT,
                        "A model that tells two classes of texts apart, from %,d texts of its owner, with the help of an"
                                + " encoder that another party had trained on other texts.",
                        r.samples()));
        cards.put("How good is it?", good(r));
        TransferReport.Seconds seconds = r.seconds();
        cards.put(
                "How long did it take?",
                Html.seconds(seconds.keyGeneration()
                                + seconds.encryption()
                                + evaluation(r)
                                + seconds.decryption()
                                + seconds.heads())
                        + " without embedding the texts, of which " + Html.seconds(evaluation(r))
                        + " were the encoder on encrypted numbers: " + Html.seconds(seconds.perText())
                        + " a text, once it is warm.");
        cards.put("How safe is the data?", safe(r));
        return cards;
    }

    /** Seconds of all evaluations. */
    static double evaluation(TransferReport r) {
        return r.seconds().perCiphertext().stream().mapToDouble(v -> v).sum();
    }

    private static String good(TransferReport r) {
        double accuracy = r.heads().get(TransferHeads.ENCRYPTED).accuracy();
        int most = Math.max(r.testClassCounts().get(0), r.testClassCounts().get(1));
        return String.format(
                        Locale.ROOT,
                        "%.1f %% of answers are right, on texts that it was not trained with. Always saying the commonest"
                                + " class would be right for %.1f %%.",
                        100 * accuracy,
                        100.0 * most / Math.max(1, r.tests()))
                + (r.comparison() == null
                        ? ""
                        : Math.abs(r.comparison().accuracyPoints()) < 0.005
                                ? " Without encryption it does just as well."
                                : String.format(
                                        Locale.ROOT,
                                        " That is %+.2f points against the same without encryption.",
                                        r.comparison().accuracyPoints()));
    }

    private static String safe(TransferReport r) {
        int bits = r.scheme().securityBits();
        return "The party with the encoder saw no text, only encrypted numbers and no key that opens them; the owner of the"
                + " texts did not see the encoder."
                + (bits > 0
                        ? " To break the encryption takes about 2^" + bits
                                + " steps by the best attacks known: out of reach."
                        : " But these parameters are for tests: they are not secure.");
    }
}
