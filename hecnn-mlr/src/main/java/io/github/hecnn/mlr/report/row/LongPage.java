package io.github.hecnn.mlr.report.row;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.report.Charts;
import io.github.hecnn.mlr.report.Html;
import io.github.hecnn.mlr.report.JsonReport;
import io.github.hecnn.mlr.report.WeightsCsv;
import io.github.hecnn.mlr.roles.row.LongJobFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code report.html} of a long training, and its other outputs. */
public final class LongPage {
    private static final Pattern OWN_FILES =
            Pattern.compile("weights(-iteration-\\d+|-errors)?\\.csv|model\\.bin|report\\.(html|json)");

    private static final List<String> WORDS = List.of(
            "accuracy",
            "ciphertext",
            "class",
            "cloud",
            "confusion matrix",
            "features",
            "iteration",
            "level",
            "owner",
            "recall",
            "refresh",
            "rehearsal",
            "scale",
            "score",
            "security of 128 bits",
            "sigmoid polynomial",
            "test samples");

    private static final int DRAWN_ITERATIONS = 3;

    private LongPage() {}

    /**
     * Writes {@code report.html}, {@code report.json}, {@code model.bin} and {@code weights.csv}, all or nothing.
     *
     * @param out folder
     * @param report of the run
     * @param model after the last iteration
     * @throws IOException if a file cannot be written; what was there stays
     */
    public static void write(Path out, LongReport report, MlrModel model) throws IOException {
        try (FileSet files = FileSet.in(out)) {
            files.write(
                    "weights.csv", Access.USUAL, WeightsCsv.text(model.linear().weights()));
            byte[] bytes = model.bytes();
            files.write("model.bin", Access.USUAL, bytes.length, stream -> stream.write(bytes));
            files.write("report.html", Access.USUAL, text(report));
            files.write("report.json", Access.USUAL, JsonReport.text(report));
            files.retire(OWN_FILES);
            files.commit();
        }
    }

    /**
     * {@return the page}
     *
     * @param report of the run
     */
    public static String text(LongReport report) {
        String samples = String.format(
                Locale.ROOT,
                "</b> of %,d test samples right after %d iterations on %,d encrypted samples.</p>",
                report.testSamples(),
                report.iterations(),
                report.job().samples());
        Map<String, Double> time = new LinkedHashMap<>();
        time.put("data and features", report.seconds().features());
        time.put("making keys", report.seconds().keys());
        time.put("encrypting", report.seconds().encryption());
        time.put("training", report.seconds().training());
        time.put("decrypting and testing", report.seconds().decryption());
        Map<String, Double> traffic = new LinkedHashMap<>();
        traffic.put("encrypted data", (double) report.bytes().upload());
        traffic.put("keys", (double) report.bytes().keys());
        Map<String, Double> memory = new LinkedHashMap<>();
        memory.put("owner", (double) report.owner());
        memory.put("cloud", (double) report.cloud());
        memory.put("state of the training on disk", (double) report.bytes().checkpoint());
        String body = "<h1>Trained on encrypted data, with refreshes</h1><p class=\"lead\">"
                + Html.escape(report.dataset())
                + ": <b>"
                + Html.percent(report.accuracy())
                + samples
                + Html.cards(cards(report))
                + Html.notes(report.notes())
                + Html.section("Accuracy", accuracy(report))
                + Html.section(
                        "Which classes are taken for which",
                        Html.heatMap(
                                report.classes().labelNames(),
                                report.classes().confusionMatrix(),
                                report.classes().recallPerClass()))
                + Html.section("Scores against the interval", scores(report))
                + Html.section("Levels and scale", levels(report))
                + Html.section(
                        "Where the time went",
                        Html.amounts(time, Html::seconds)
                                + Html.measured(
                                        report.secondsByOperation(),
                                        report.seconds().training(),
                                        report.threads()))
                + Html.section(
                        "Traffic and memory",
                        "<h3>From the owner to the cloud</h3>" + Html.amounts(traffic, Html::bytes)
                                + "<h3>Most that was held</h3>" + Html.amounts(memory, Html::bytes))
                + Html.folded("All facts of the run", Html.facts(LongFacts.of(report)))
                + Html.folded("Job", Html.facts(LongFacts.of(report.job())))
                + Html.glossary(WORDS);
        return Html.page(report.dataset(), report.version(), body);
    }

    private static Map<String, String> cards(LongReport report) {
        Map<String, String> cards = new LinkedHashMap<>();
        cards.put(
                "What was trained?",
                String.format(
                        Locale.ROOT,
                        "A model that tells %d classes apart, from %,d samples of %s, in %d iterations.",
                        report.job().classes(),
                        report.job().samples(),
                        report.dataset(),
                        report.iterations()));
        double plain = report.plainAccuracyPerIteration().get(report.iterations() - 1);
        cards.put(
                "How good is it?",
                String.format(
                        Locale.ROOT,
                        "%.1f %% of answers are right, on samples that it was not trained with. Always saying the commonest"
                                + " class would be right for %.1f %%. The same training without encryption%s.",
                        100 * report.accuracy(),
                        100 * commonest(report),
                        Math.abs(plain - report.accuracy()) < 5e-5
                                ? " does just as well"
                                : String.format(Locale.ROOT, ": %.1f %%", 100 * plain)));
        cards.put(
                "How long did it take?",
                Html.seconds(report.seconds().total()) + " in all, of which "
                        + Html.seconds(report.seconds().training()) + " were the training.");
        cards.put(
                "How safe is the data?",
                "The computer that trained saw neither data nor labels nor the model, only encrypted numbers and no key that"
                        + " opens them."
                        + (report.securityBits() > 0
                                ? " To break the encryption takes about 2^" + report.securityBits()
                                        + " steps by the best attacks known: out of reach."
                                : " But these parameters are for tests: they are not secure."));
        return cards;
    }

    /** The share of the class with the most test samples. */
    private static double commonest(LongReport report) {
        int most = 0;
        for (int[] row : report.classes().confusionMatrix()) {
            most = Math.max(most, Arrays.stream(row).sum());
        }
        return (double) most / report.testSamples();
    }

    private static String accuracy(LongReport report) {
        List<List<String>> rows = new ArrayList<>();
        for (int t = 0; t < report.iterations(); t++) {
            ScoreRange scores = report.scoresPerIteration().get(t);
            rows.add(List.of(
                    Integer.toString(t + 1),
                    Html.percent(report.accuracyPerIteration().get(t)),
                    Html.percent(report.plainAccuracyPerIteration().get(t)),
                    String.format(Locale.ROOT, "%.2f", scores.lowest()),
                    String.format(Locale.ROOT, "%.2f", scores.highest()),
                    String.format(Locale.ROOT, "%.2f", report.iterationSeconds().get(t))));
        }
        return Charts.plot(
                        "test accuracy",
                        "iteration",
                        "%",
                        Charts.Scale.FITTED_PERCENT,
                        List.of(
                                new Charts.Line("encrypted", percents(report.accuracyPerIteration())),
                                new Charts.Line("plain doubles", percents(report.plainAccuracyPerIteration()))))
                + Html.table(
                        List.of("iteration", "encrypted", "plain doubles", "lowest score", "highest score", "seconds"),
                        rows);
    }

    private static String scores(LongReport report) {
        LongJobFile job = report.job();
        List<ScoreRange> scores = report.scoresPerIteration();
        return Charts.plot(
                        "scores and the interval they must stay in",
                        "iteration",
                        "score",
                        Charts.Scale.FITTED,
                        List.of(
                                new Charts.Line(
                                        "highest",
                                        scores.stream().map(ScoreRange::highest).toList()),
                                new Charts.Line(
                                        "lowest",
                                        scores.stream().map(ScoreRange::lowest).toList()),
                                new Charts.Line(
                                        "edge of the interval", Collections.nCopies(scores.size(), job.sigmoidLow())),
                                new Charts.Line(
                                        "edge of the interval", Collections.nCopies(scores.size(), job.sigmoidHigh()))))
                + String.format(
                        Locale.ROOT,
                        "<p>The polynomial stands for the sigmoid on [%.0f, %.0f]; scores are those of the owner's"
                                + " rehearsal.</p>",
                        job.sigmoidLow(),
                        job.sigmoidHigh());
    }

    private static String levels(LongReport report) {
        LongReport.Levels levels = report.levels();
        int drawn = Math.min(DRAWN_ITERATIONS, report.iterations());
        List<Double> line = new ArrayList<>();
        for (int t = 0; t < drawn; t++) {
            for (int level : new int[] {levels.weights(), levels.scores(), levels.errors(), levels.gradients()}) {
                line.add((double) level);
            }
        }
        line.add((double) levels.weights());
        Map<String, Double> bars = new LinkedHashMap<>();
        bars.put("weights after a refresh", (double) levels.weights());
        bars.put("scores", (double) levels.scores());
        bars.put("errors, after the sigmoid polynomial", (double) levels.errors());
        bars.put("gradients, before the refresh", (double) levels.gradients());
        return Charts.plot(
                        drawn == 1 ? "level during an iteration" : "level during the first " + drawn + " iterations",
                        "step: weights, scores, errors, gradients, and again",
                        "level",
                        Charts.Scale.LINEAR,
                        List.of(new Charts.Line("level", line)))
                + Html.amounts(bars, level -> (int) level + (level == 1 ? " level" : " levels"))
                + "<p>Every iteration goes down the same levels, and its refresh brings the gradient back up. The scale is 2^"
                + levels.scaleBits() + " at all of them, so numbers have about "
                + Math.round(levels.scaleBits() * Math.log10(2))
                + " decimal places, less the noise of encryption and refreshes.</p>";
    }

    private static List<Double> percents(List<Double> fractions) {
        return fractions.stream().map(f -> 100 * f).toList();
    }
}
