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
            "features",
            "iteration",
            "owner",
            "refresh",
            "rehearsal",
            "score",
            "security of 128 bits",
            "sigmoid polynomial",
            "test samples");

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
                + Html.section("Scores against the interval", scores(report))
                + Html.section("Where the time went", Html.amounts(time, Html::seconds))
                + Html.section(
                        "Traffic and memory",
                        "<h3>From the owner to the cloud</h3>" + Html.amounts(traffic, Html::bytes)
                                + "<h3>Most that was held</h3>" + Html.amounts(memory, Html::bytes))
                + Html.folded("All facts of the run", Html.facts(facts(report)))
                + Html.folded("Job", Html.facts(job(report.job())))
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
                        "%.1f %% of answers are right, on samples that it was not trained with. The same training without"
                                + " encryption: %.1f %%.",
                        100 * report.accuracy(),
                        100 * plain));
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
                        Charts.Scale.FITTED,
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

    private static List<Double> percents(List<Double> fractions) {
        return fractions.stream().map(f -> 100 * f).toList();
    }

    private static Map<String, String> facts(LongReport report) {
        Map<String, String> facts = new LinkedHashMap<>();
        LongReport.Seconds seconds = report.seconds();
        LongReport.Predicted predicted = report.predicted();
        facts.put("features", report.features() + ", " + report.job().features() + " with the leading 1");
        facts.put("stopped by the owner", report.stopped() ? "yes" : "no");
        facts.put("reading data and features", seconds(seconds.features()));
        facts.put(
                "keys, encryption",
                seconds(seconds.keys()) + ", " + seconds(seconds.encryption()) + "; predicted "
                        + seconds(predicted.preparationSeconds()) + " in all");
        facts.put("training", seconds(seconds.training()) + "; predicted " + seconds(predicted.trainingSeconds()));
        facts.put("decryption and test", seconds(seconds.decryption()));
        facts.put("total", seconds(seconds.total()));
        facts.put("upload", gigabytes(report.bytes().upload()));
        facts.put("keys", gigabytes(report.bytes().keys()));
        facts.put("checkpoint", gigabytes(report.bytes().checkpoint()));
        facts.put(
                "peak memory of owner, cloud",
                gigabytes(report.owner()) + ", " + gigabytes(report.cloud()) + "; predicted "
                        + gigabytes(predicted.encryptBytes()) + ", " + gigabytes(predicted.trainBytes()) + " of heap");
        facts.put("ring degree", Integer.toString(report.ringDegree()));
        facts.put("log2 Q, log2 P", String.format(Locale.ROOT, "%.0f, %.0f", report.logQ(), report.logP()));
        facts.put("security", report.securityBits() + " bits");
        facts.put("kernels, threads", report.kernels() + ", " + report.threads());
        facts.put("Java", report.javaVersion());
        facts.put("system", report.operatingSystem());
        return facts;
    }

    private static Map<String, String> job(LongJobFile job) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("samples, classes", job.samples() + ", " + job.classes());
        facts.put("iterations", job.iterations() + "; at most " + job.mostIterations());
        facts.put("questions to the owner", job.validateEvery() == 0 ? "none" : "every " + job.validateEvery());
        facts.put("learning rate", Double.toString(job.learningRate()));
        facts.put(
                "degree of the polynomial",
                Integer.toString(job.sigmoidCoefficients().size() - 1));
        facts.put("group width, baby steps", job.groupWidth() + ", " + job.babySteps());
        facts.put("blocks of a minibatch", Integer.toString(job.blocksPerBatch()));
        facts.put("run", job.runId());
        return facts;
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }
}
