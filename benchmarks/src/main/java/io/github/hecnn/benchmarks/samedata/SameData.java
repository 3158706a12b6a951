package io.github.hecnn.benchmarks.samedata;

import io.github.hecnn.mlr.MlrTrainer;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.model.ClassificationReport;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.plain.Loss;
import io.github.hecnn.mlr.rehearsal.Baseline;
import io.github.hecnn.mlr.rehearsal.LearningCurve;
import io.github.hecnn.mlr.training.Combination;
import io.github.hecnn.mlr.training.RehearsalTable;
import io.github.hecnn.mlr.training.TrainingSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Trains, encrypted, on data that others have published encrypted trainings on, and writes what came out as a page. Settings that are
 * left open are chosen on the training samples.
 *
 * <p>{@code java -Xmx10g --add-modules jdk.incubator.vector -cp benchmarks.jar io.github.hecnn.benchmarks.samedata.SameData DATA
 * [PAGE]}, with the folders {@code mortality}, {@code mnist} and {@code paper} in DATA.
 */
public final class SameData {
    private static final int BASELINE_ITERATIONS = 8;

    private final StringBuilder page = new StringBuilder();

    private SameData() {}

    /**
     * Runs all cases.
     *
     * @param args the folder of the data, and the page to write, docs/same-data.md if it is not given
     * @throws IOException if the page cannot be written
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 1 || args.length > 2 || !Files.isDirectory(Path.of(args[0]))) {
            System.err.println("same data: expected the folder of the data and, if wanted, the page to write, found "
                    + List.of(args) + "; give them in that order");
            System.exit(2);
        }
        Path out = Path.of(args.length == 2 ? args[1] : "docs/same-data.md");
        TrainingSettings common = TrainingSettings.builder()
                .threads(Runtime.getRuntime().availableProcessors())
                .memoryBytes(Runtime.getRuntime().maxMemory())
                .build();
        List<SameDataCase> cases = new SameDataSets(Path.of(args[0]), common).all();
        SameData run = new SameData();
        run.head();
        for (SameDataCase c : cases) {
            run.section(c);
        }
        run.baselines(cases.get(cases.size() - 1).data().training());
        Files.writeString(out, run.page, StandardCharsets.UTF_8);
        System.out.println("written to " + out);
    }

    private void head() {
        line("# The same data as others");
        line("");
        line("Encrypted trainings on data that others have trained on, encrypted, too. Written by one run of");
        line(
                "`io.github.hecnn.benchmarks.samedata.SameData`: 128-bit parameters, no bootstrapping, owner and cloud in one process.");
        line("What the settings leave open was chosen on the training samples alone (`MlrTrainer.rehearse`).");
        line("");
        line(
                "- machine: %s, Java %s, %d threads, heap of %.0f GB",
                cpu(),
                Runtime.version().feature(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() / 1e9);
        line("");
    }

    private void section(SameDataCase c) {
        System.out.println(c.title());
        LabeledDataset training = c.data().training();
        long start = System.nanoTime();
        RehearsalTable table =
                MlrTrainer.encrypted().settings(c.settings()).build().rehearse(training);
        double rehearsed = seconds(start);
        System.out.println(table);
        TrainingSettings settings = TrainingSettings.builder()
                .settings(c.settings())
                .combination(table.chosen().combination())
                .build();
        List<IterationReport> reports = new ArrayList<>();
        start = System.nanoTime();
        MlrModel model = MlrTrainer.encrypted()
                .settings(settings)
                .listener(reports::add)
                .build()
                .fit(training);
        double all = seconds(start);
        double trained = reports.stream().mapToDouble(IterationReport::seconds).sum();
        MlrModel plain = MlrTrainer.plain().settings(settings).build().fit(training);
        ClassificationReport report = model.evaluate(c.data().test());
        System.out.printf(
                Locale.ROOT, "rehearsed %.1f s, trained %.1f s, in all %.1f s%n%s%n", rehearsed, trained, all, report);
        write(
                c,
                table,
                report,
                new double[] {rehearsed, trained, all},
                logLoss(model, c.data().test()),
                difference(model, plain));
    }

    private void write(
            SameDataCase c,
            RehearsalTable table,
            ClassificationReport report,
            double[] seconds,
            double loss,
            double difference) {
        Combination chosen = table.chosen().combination();
        RehearsalTable.Cost cost = table.chosen().cost();
        LabeledDataset training = c.data().training();
        line("## %s", c.title());
        line("");
        line(
                "%,d samples, %d features, %d classes; tested on %s.",
                training.samples(), training.width(), training.classes(), c.tested());
        line("");
        line("- others: %s", c.others());
        line("- the owner's work in the clear: %s", c.ownersWork());
        line(
                "- %s: %s",
                table.rows().size() == 1
                        ? "settings"
                        : "chosen among " + table.rows().size() + " ways in " + number(seconds[0]) + " s",
                chosen);
        line("");
        line("| | |");
        line("|---|---|");
        line("| accuracy | %.2f %% |", 100 * report.accuracy());
        report.auc().ifPresent(auc -> line("| AUC | %.4f |", auc));
        line("| loss, mean of -ln of the right label's sigmoid over samples and classes | %.4f |", loss);
        line("| encrypted training | %s s |", number(seconds[1]));
        line("| with keys, encryption and decryption | %s s |", number(seconds[2]));
        line("| uploads, evaluation keys | %.0f MB, %.0f MB |", cost.uploadBytes() / 1e6, cost.keyBytes() / 1e6);
        line("| ring degree, levels | 2^%d, %d |", cost.logRingDegree(), cost.levels());
        line("| largest difference of a weight from the training in doubles | %.1e |", difference);
        line("");
    }

    /** Figure 1 of the paper, on its 128 images. */
    private void baselines(LabeledDataset training) {
        double[][] x = FeatureScaler.withOnes(training.features());
        line("## Trainings in the clear on the paper's 128 images");
        line("");
        line(
                "The comparison of the paper's Figure 1, with exact exponentials, on the 128 training samples, unscaled: accuracy, SLE");
        line("(the objective of the sigmoid trainings) and log-likelihood (that of the softmax) after each iteration.");
        line("Steps without the quadratic gradient are 1/L, of the largest curvature.");
        line("");
        StringBuilder names = new StringBuilder("| iteration |");
        StringBuilder rule = new StringBuilder("|---|");
        List<LearningCurve> curves = new ArrayList<>();
        for (Baseline baseline : Baseline.values()) {
            List<double[][]> weights = baseline.train(x, training.labels(), training.classes(), BASELINE_ITERATIONS);
            curves.add(LearningCurve.of(baseline.toString(), weights, x, training.labels()));
            names.append(' ').append(baseline).append(": accuracy, SLE, likelihood |");
            rule.append("---|");
        }
        line("%s", names);
        line("%s", rule);
        for (int t = 0; t < BASELINE_ITERATIONS; t++) {
            StringBuilder row = new StringBuilder("| " + (t + 1) + " |");
            for (LearningCurve curve : curves) {
                LearningCurve.Point p = curve.points().get(t);
                row.append(String.format(
                        Locale.ROOT, " %.1f %%, %.0f, %.0f |", 100 * p.accuracy(), p.sle(), p.logLikelihood()));
            }
            line("%s", row);
        }
    }

    private static double logLoss(MlrModel model, LabeledDataset data) {
        double[][] x = FeatureScaler.withOnes(model.scaling().transform(data.features()));
        return -Loss.sle(x, data.labels(), model.linear().weights()) / ((double) data.samples() * model.classes());
    }

    private static double difference(MlrModel a, MlrModel b) {
        double[][] v = a.linear().weights();
        double[][] w = b.linear().weights();
        double max = 0;
        for (int j = 0; j < v.length; j++) {
            for (int k = 0; k < v[j].length; k++) {
                max = Math.max(max, Math.abs(v[j][k] - w[j][k]));
            }
        }
        return max;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static String number(double seconds) {
        return String.format(Locale.ROOT, seconds < 10 ? "%.1f" : "%.0f", seconds);
    }

    /** The processor's name where the system tells it. */
    private static String cpu() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(l -> l.startsWith("model name"))
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException unknown) {
            return System.getProperty("os.arch");
        }
    }

    private void line(String format, Object... values) {
        page.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
