package io.github.hecnn.examples.mnist;

import io.github.hecnn.ckks.circuit.PlainVector;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.examples.cli.UserError;
import io.github.hecnn.examples.exchange.CloudReport;
import io.github.hecnn.examples.exchange.ExchangeFolder;
import io.github.hecnn.examples.exchange.JobDescription;
import io.github.hecnn.examples.exchange.Recipes;
import io.github.hecnn.examples.exchange.Scheme;
import io.github.hecnn.examples.exchange.VerifiedFiles;
import io.github.hecnn.examples.report.RunReport;
import io.github.hecnn.examples.report.Summary;
import io.github.hecnn.examples.report.WeightErrorsCsv;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.rehearsal.WeightComparison;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The data owner, second half: decrypts the weights of every iteration, tests them, rehearses for comparison, reports. */
final class OwnerDecryptRole {
    private final RunSettings here;
    private final ExchangeFolder exchange;
    private final Progress progress;

    OwnerDecryptRole(RunSettings here, ExchangeFolder exchange, Progress progress) {
        this.here = here;
        this.exchange = exchange;
        this.progress = progress;
    }

    void run(PrintStream out) throws Exception {
        long start = System.nanoTime();
        JobDescription job = exchange.job();
        OwnerState state = OwnerState.read(here.out(), job.runId());
        RunSettings settings = state.settings(here);
        sameRun(exchange.jobFile(), state.runId(), job.runId(), ExchangeFolder.AGAIN_ENCRYPT);
        CloudReport cloud = exchange.cloudReport(job);
        sameRun(
                exchange.file(job, ExchangeFolder.CLOUD_REPORT),
                state.runId(),
                cloud.runId(),
                ExchangeFolder.AGAIN_TRAIN);
        VerifiedFiles results =
                exchange.cloudsFiles(job, cloud.ofIterations(job.iterations())).checkAll();
        Path secretKeyFile = state.secretKeyFile(here.out());
        TrainingPlan plan = Recipes.plan(
                job,
                config -> config.withPreconditioner(settings.preconditioner())
                        .withOutsideInterval(settings.outsideInterval()));
        CkksParameters parameters = Scheme.read(exchange.ownersFiles(job).get(ExchangeFolder.PARAMETERS), plan);
        Progress.Timed<List<List<PlainVector>>> slots =
                progress.run("owner: decrypt", () -> decrypt(job.iterations(), parameters, secretKeyFile, results));
        TrainingData data = progress.run("owner: data and features", () -> DataSource.load(settings, true))
                .value();
        if (!data.fingerprint().equals(state.fingerprint()) || data.width() != job.features()) {
            throw new UserError(
                    "decrypt: expected the training data that was encrypted, found other data; restore it, or "
                            + ExchangeFolder.AGAIN_ENCRYPT);
        }
        List<double[][]> weights = slots.value().stream()
                .map(vectors ->
                        plan.recipe().decodeWeights(vectors, plan.recipe().scaling(data.train())))
                .toList();
        Rehearsal rehearsal = progress.run(
                        "owner: rehearse for comparison",
                        () -> Rehearsal.of(plan, data, Planning.listener(settings, progress)))
                .value();
        List<double[][]> predicted = progress.run(
                        "owner: predict errors", () -> WeightCheck.predicted(plan, data, parameters))
                .value();
        List<WeightComparison> comparisons = WeightCheck.compare(weights, rehearsal.simulated(), predicted);
        ReportBuilder builder = new ReportBuilder(settings, data, plan, rehearsal);
        RunReport report = builder.encrypted(new RunOutcome(
                weights,
                comparisons,
                state,
                cloud,
                parameters,
                slots.seconds(),
                state.elapsedSeconds() + cloud.elapsedSeconds() + (System.nanoTime() - start) * 1e-9));
        String errors = WeightErrorsCsv.text(
                rehearsal.simulated().get(weights.size() - 1), comparisons.get(weights.size() - 1));
        RunOutputs.write(settings.out(), report, builder.samples(weights.get(weights.size() - 1)), weights, errors);
        Summary.print(report, settings.out(), out);
    }

    private static void sameRun(Path file, String expected, String found, String fix) {
        if (!found.equals(expected)) {
            throw new UserError("read " + file + ": expected run " + expected + ", found run " + found + "; " + fix);
        }
    }

    /** Slots of the encrypted weights of each iteration. */
    private List<List<PlainVector>> decrypt(
            int iterations, CkksParameters parameters, Path secretKeyFile, VerifiedFiles results) throws IOException {
        try (WorkerPool workers = WorkerPool.ofThreads(here.threads())) {
            CkksContext context = CkksContext.create(parameters, workers);
            CkksSerializer serializer = new CkksSerializer(context);
            SecretKey secretKey = serializer.readSecretKey(secretKeyFile, SecretKey.Access.INTENDED);
            Decryptor decryptor = new Decryptor(context, secretKey);
            CkksEncoder encoder = new CkksEncoder(context);
            List<List<PlainVector>> history = new ArrayList<>();
            for (int t = 1; t <= iterations; t++) {
                List<PlainVector> slots = new ArrayList<>();
                for (Ciphertext ciphertext : serializer.readCiphertexts(results.get(ExchangeFolder.weights(t)))) {
                    slots.add(PlainVector.decoded(encoder, decryptor.decrypt(ciphertext)));
                }
                history.add(slots);
            }
            return history;
        }
    }
}
