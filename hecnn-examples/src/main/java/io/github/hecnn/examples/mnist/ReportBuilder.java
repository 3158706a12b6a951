package io.github.hecnn.examples.mnist;

import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.examples.report.HtmlReport;
import io.github.hecnn.examples.report.RunReport;
import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.model.ClassificationReport;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.model.Provenance;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.rehearsal.SlotRehearsal;
import io.github.hecnn.mlr.rehearsal.WeightComparison;
import io.github.hecnn.mlr.roles.DataOwner;
import io.github.hecnn.mlr.roles.OwnerFile;
import io.github.hecnn.mlr.roles.ResultFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Puts together what a run has to say. */
final class ReportBuilder {
    private static final int SHOWN_IMAGES = 60;

    private final RunSettings settings;
    private final RunData data;
    private final TrainingPlan plan;
    private final SlotRehearsal rehearsal;

    ReportBuilder(RunSettings settings, RunData data, TrainingPlan plan, SlotRehearsal rehearsal) {
        this.settings = settings;
        this.data = data;
        this.plan = plan;
        this.rehearsal = rehearsal;
    }

    /** The report of a rehearsal. */
    RunReport rehearsed(double trainingSeconds, double totalSeconds) {
        List<Double> seconds =
                rehearsal.iterations().stream().map(IterationReport::seconds).toList();
        return new RunReport(
                "MnistTraining",
                Machine.version(),
                "rehearsal",
                settings.recipe().toString(),
                data.samples().dataset(),
                data.samples().training().samples(),
                data.testLabels().length,
                settings.iterations(),
                settings.features().label(),
                settings.scaling().toString(),
                accuracies(rehearsal.simulated()),
                null,
                plan.recipe().uploads(),
                null,
                null,
                rehearsal.counts().keySwitches(),
                plan.levels() - rehearsal.counts().lowestLevel(),
                plan.parameters().ringDegree(),
                null,
                null,
                null,
                "none",
                settings.threads(),
                Machine.java(),
                new RunReport.Seconds(null, null, trainingSeconds, null, totalSeconds),
                Machine.peakMemoryBytes(),
                details(rehearsal.simulated(), List.of(), List.of(), seconds, Map.of()));
    }

    /** The report of an encrypted run. */
    RunReport encrypted(
            List<double[][]> weights,
            List<WeightComparison> comparisons,
            DataOwner owner,
            ResultFile cloud,
            double decryptionSeconds,
            double elapsedSeconds) {
        CkksParameters parameters = owner.parameters();
        OwnerFile state = owner.state();
        List<Double> errors = SlotRehearsal.differences(weights, rehearsal.simulated());
        return new RunReport(
                "MnistTraining",
                Machine.version(),
                "encrypted",
                settings.recipe().toString(),
                data.samples().dataset(),
                data.samples().training().samples(),
                data.testLabels().length,
                settings.iterations(),
                settings.features().label(),
                settings.scaling().toString(),
                accuracies(weights),
                Collections.max(errors),
                plan.recipe().uploads(),
                state.uploadedBytes(),
                state.evaluationKeyBytes(),
                cloud.keySwitches(),
                cloud.levelsUsed(),
                parameters.ringDegree(),
                parameters.chain().logQ(),
                parameters.chain().logP(),
                parameters.securityLevel().bits(),
                cloud.kernels(),
                cloud.threads(),
                cloud.javaVersion(),
                new RunReport.Seconds(
                        state.keyGenerationSeconds(),
                        state.encryptionSeconds(),
                        cloud.trainingSeconds(),
                        decryptionSeconds,
                        elapsedSeconds),
                Math.max(Machine.peakMemoryBytes(), Math.max(state.peakMemoryBytes(), cloud.peakMemoryBytes())),
                details(
                        weights,
                        errors,
                        comparisons.stream().map(RunReport.WeightErrors::of).toList(),
                        cloud.iterationSeconds(),
                        scheme(parameters)));
    }

    /** The model of weights on scaled features. */
    MlrModel model(double[][] weights) {
        return data.training().model(weights, Provenance.EMPTY.with("trainer", "rehearsal"));
    }

    /** The first test images with the answers of a model. */
    List<HtmlReport.Sample> samples(double[][] weights) {
        List<HtmlReport.Sample> out = new ArrayList<>();
        if (data.samples().testImages() == null) {
            return out;
        }
        LinearModel model = new LinearModel(weights, data.labelNames());
        for (int i = 0; i < Math.min(SHOWN_IMAGES, data.testLabels().length); i++) {
            out.add(new HtmlReport.Sample(
                    data.samples().testImages().pixels()[i],
                    data.samples().testImages().rows(),
                    data.samples().testImages().columns(),
                    data.labelNames().get(data.testLabels()[i]),
                    model.predictName(data.test()[i])));
        }
        return out;
    }

    private RunReport.Details details(
            List<double[][]> weights,
            List<Double> errors,
            List<RunReport.WeightErrors> weightErrors,
            List<Double> seconds,
            Map<String, Object> scheme) {
        ClassificationReport last = new LinearModel(weights.get(weights.size() - 1), data.labelNames())
                .evaluate(data.test(), data.testLabels());
        List<Double> recall = new ArrayList<>();
        for (int c = 0; c < data.labelNames().size(); c++) {
            recall.add(last.recall(c));
        }
        return new RunReport.Details(
                Machine.operatingSystem(),
                settings.seed() == null ? "secure random" : Long.toString(settings.seed()),
                settings.initialWeight(),
                accuracies(rehearsal.plain()),
                errors,
                weightErrors,
                Collections.max(SlotRehearsal.differences(rehearsal.simulated(), rehearsal.plain())),
                rehearsal.scores().stream().map(ScoreRange::largest).toList(),
                data.labelNames(),
                counts(data.samples().labels().training()),
                counts(data.testSplit()),
                recall,
                last.confusion(),
                seconds,
                planned(),
                scheme,
                notes());
    }

    private static List<Integer> counts(LabeledDataset part) {
        return IntStream.of(part.classCounts()).boxed().toList();
    }

    private List<Double> accuracies(List<double[][]> history) {
        return history.stream()
                .map(weights -> new LinearModel(weights).accuracy(data.test(), data.testLabels()))
                .toList();
    }

    private Map<String, Object> planned() {
        Map<String, Object> out = new LinkedHashMap<>();
        MlrConfig config = plan.recipe().config();
        out.put("preconditioner", config.preconditioner().toString());
        out.put(
                "sigmoidInterval",
                List.of(config.sigmoid().lo(), config.sigmoid().hi()));
        out.put("levels", plan.levels());
        out.put("ringDegree", plan.parameters().ringDegree());
        out.put("uploads", plan.recipe().uploads());
        out.put("keys", plan.keys());
        out.put("keySwitches", plan.counts().keySwitches());
        out.put("products", plan.counts().multiplications());
        out.put("rescales", plan.counts().rescales());
        out.put("rotationSteps", List.copyOf(plan.rotationSteps()));
        out.put("uploadBytes", plan.uploadBytes());
        out.put("evaluationKeyBytes", plan.evaluationKeyWireBytes());
        out.put("memoryBytes", plan.memoryBytes());
        out.put("predictedSecondsOneThread", plan.predictedSeconds());
        return out;
    }

    private static Map<String, Object> scheme(CkksParameters parameters) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("scheme", "RNS-CKKS, hybrid key switching");
        out.put("ringDegree", parameters.ringDegree());
        out.put("levels", parameters.maxLevel());
        out.put("scaleBits", parameters.scaleBits());
        out.put("digits", parameters.digits());
        out.put("dataPrimes", parameters.chain().dataPrimes());
        out.put("specialPrimes", parameters.chain().specialPrimes());
        out.put("secret", "uniform ternary");
        out.put("security", parameters.securityLevel() + ", table of ia.cr/2024/463");
        return out;
    }

    /** Scores against the interval of the sigmoid polynomial, for the first screen. */
    private String scoreNote() {
        SigmoidApproximation sigmoid = plan.recipe().config().sigmoid();
        String complaint = ScoreRange.complaint(rehearsal.scores(), sigmoid);
        if (!complaint.isEmpty()) {
            return "Warning, outside of the interval: " + complaint
                    + ". It went on as asked; do not trust the weights.";
        }
        String largest = rehearsal.scores().stream()
                .map(s -> String.format(Locale.ROOT, "%.2f", s.largest()))
                .collect(Collectors.joining(" / "));
        return String.format(
                Locale.ROOT,
                "Largest score by iteration: %s, inside the sigmoid polynomial's interval [%.0f, %.0f].",
                largest,
                sigmoid.lo(),
                sigmoid.hi());
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(data.notes());
        notes.add(scoreNote());
        if (settings.seed() != null) {
            notes.add(
                    "Made with --seed " + settings.seed() + ": keys and noise can be repeated by anybody who knows the"
                            + " number. For demonstrations only.");
        }
        return notes;
    }
}
