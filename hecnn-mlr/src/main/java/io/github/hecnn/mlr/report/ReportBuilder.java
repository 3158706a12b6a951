package io.github.hecnn.mlr.report;

import io.github.hecnn.ckks.params.CkksParameters;
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

/** Puts together what a run has to say. Immutable and thread-safe. */
final class ReportBuilder {
    private static final int SHOWN_IMAGES = 60;

    private final RunDescription run;
    private final RunData data;
    private final TrainingPlan plan;
    private final SlotRehearsal rehearsal;

    /**
     * For a run of that plan on that data.
     *
     * @param rehearsal what the weights are compared with
     */
    ReportBuilder(RunDescription run, RunData data, TrainingPlan plan, SlotRehearsal rehearsal) {
        this.run = run;
        this.data = data;
        this.plan = plan;
        this.rehearsal = rehearsal;
    }

    /** What differs between the kinds of runs. */
    private record Cost(
            Double maxError,
            Long uploadedBytes,
            Long evaluationKeyBytes,
            long keySwitches,
            int levelsUsed,
            CkksParameters parameters,
            String kernels,
            int threads,
            String java,
            long peakMemoryBytes) {}

    /**
     * The report of a rehearsal.
     *
     * @param trainingSeconds of the rehearsed training
     * @param totalSeconds of all
     */
    RunReport rehearsed(double trainingSeconds, double totalSeconds) {
        List<Double> seconds =
                rehearsal.iterations().stream().map(IterationReport::seconds).toList();
        return report(
                rehearsal.simulated(),
                new Cost(
                        null,
                        null,
                        null,
                        rehearsal.counts().keySwitches(),
                        plan.levels() - rehearsal.counts().lowestLevel(),
                        null,
                        "none",
                        run.threads(),
                        Machine.java(),
                        Machine.peakMemoryBytes()),
                new RunReport.Seconds(null, null, trainingSeconds, null, totalSeconds),
                details(
                        rehearsal.simulated(),
                        List.of(),
                        List.of(),
                        seconds,
                        levels(rehearsal.iterations().stream()
                                .map(IterationReport::level)
                                .toList()),
                        Map.of(),
                        Map.of()));
    }

    /**
     * The report of an encrypted run.
     *
     * @param weights decrypted, of each iteration
     * @param comparisons of these weights with the rehearsal's
     * @param owner of the run
     * @param cloud its account
     * @param decryptionSeconds what decrypting took
     * @param elapsedSeconds of all roles
     */
    RunReport encrypted(
            List<double[][]> weights,
            List<WeightComparison> comparisons,
            DataOwner owner,
            ResultFile cloud,
            double decryptionSeconds,
            double elapsedSeconds) {
        OwnerFile state = owner.state();
        List<Double> errors = SlotRehearsal.differences(weights, rehearsal.simulated());
        return report(
                weights,
                new Cost(
                        Collections.max(errors),
                        state.uploadedBytes(),
                        state.evaluationKeyBytes(),
                        cloud.keySwitches(),
                        cloud.levelsUsed(),
                        owner.parameters(),
                        cloud.machine().kernels(),
                        cloud.machine().threads(),
                        cloud.machine().javaVersion(),
                        Math.max(
                                Machine.peakMemoryBytes(),
                                Math.max(
                                        state.peakMemoryBytes(), cloud.machine().peakMemoryBytes()))),
                new RunReport.Seconds(
                        state.keyGenerationSeconds(),
                        state.encryptionSeconds(),
                        cloud.trainingSeconds(),
                        decryptionSeconds,
                        elapsedSeconds),
                details(
                        weights,
                        errors,
                        comparisons.stream().map(RunReport.WeightErrors::of).toList(),
                        cloud.iterationSeconds(),
                        levels(cloud.iterationLevels()),
                        OperationNames.byName(cloud.secondsByOperation()),
                        scheme(owner.parameters())));
    }

    private RunReport report(
            List<double[][]> weights, Cost cost, RunReport.Seconds seconds, RunReport.Details details) {
        CkksParameters parameters = cost.parameters();
        return new RunReport(
                run.program(),
                Machine.version(),
                parameters == null ? "rehearsal" : "encrypted",
                run.recipe(),
                data.samples().dataset(),
                data.samples().training().samples(),
                data.testLabels().length,
                plan.recipe().config().iterations(),
                run.features(),
                data.training().scaling().kind().toString(),
                accuracies(weights),
                cost.maxError(),
                plan.recipe().uploads(),
                cost.uploadedBytes(),
                cost.evaluationKeyBytes(),
                cost.keySwitches(),
                cost.levelsUsed(),
                plan.parameters().ringDegree(),
                parameters == null ? null : parameters.chain().logQ(),
                parameters == null ? null : parameters.chain().logP(),
                parameters == null ? null : parameters.securityLevel().bits(),
                cost.kernels(),
                cost.threads(),
                cost.java(),
                seconds,
                cost.peakMemoryBytes(),
                details);
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
            List<Integer> levels,
            Map<String, Double> measured,
            Map<String, Object> scheme) {
        ClassificationReport last = new LinearModel(weights.get(weights.size() - 1), data.labelNames())
                .evaluate(data.test(), data.testLabels());
        List<Double> recall = new ArrayList<>();
        for (int c = 0; c < data.labelNames().size(); c++) {
            recall.add(last.recall(c));
        }
        return new RunReport.Details(
                Machine.operatingSystem(),
                run.seed() == null ? "secure random" : Long.toString(run.seed()),
                plan.recipe().config().initialWeight(),
                accuracies(rehearsal.plain()),
                errors,
                weightErrors,
                Collections.max(SlotRehearsal.differences(rehearsal.simulated(), rehearsal.plain())),
                rehearsal.scores().stream().map(ScoreRange::largest).toList(),
                rehearsal.scores(),
                levels,
                measured,
                OperationNames.byName(plan.predictedSecondsByOperation()),
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

    /** From the level of the uploads on. */
    private List<Integer> levels(List<Integer> afterIterations) {
        List<Integer> out = new ArrayList<>(List.of(plan.levels()));
        out.addAll(afterIterations);
        return out;
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
        if (run.seed() != null) {
            notes.add("Made with seed " + run.seed() + ": keys and noise can be repeated by anybody who knows the"
                    + " number. For demonstrations only.");
        }
        return notes;
    }
}
