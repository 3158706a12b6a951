package io.github.hecnn.examples.cloud;

import io.github.hecnn.ckks.circuit.CkksSlotAlgebra;
import io.github.hecnn.ckks.circuit.OperationCounts;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.examples.exchange.CloudReport;
import io.github.hecnn.examples.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.examples.exchange.JobDescription;
import io.github.hecnn.examples.exchange.ProgressListener;
import io.github.hecnn.examples.exchange.Recipes;
import io.github.hecnn.examples.exchange.Scheme;
import io.github.hecnn.mlr.exchange.SealedFiles;
import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The cloud: reads parameters, evaluation keys and ciphertexts from the exchange folder, trains, and writes the encrypted
 * weights of every iteration back. It is given that folder and nothing else.
 */
public final class CloudRole {
    private final ExchangeFolder folder;
    private final Progress progress;
    private final WorkerPool workers;

    private CloudRole(ExchangeFolder folder, Progress progress, WorkerPool workers) {
        this.folder = folder;
        this.progress = progress;
        this.workers = workers;
    }

    /**
     * Plays the role.
     *
     * @param folder what owner and cloud share
     * @param threads worker threads
     * @throws io.github.hecnn.examples.cli.UserError if a file is missing, damaged or foreign
     * @throws io.github.hecnn.ckks.error.HeException if keys or ciphertexts do not fit
     */
    public static void run(ExchangeFolder folder, int threads, Progress progress) throws Exception {
        try (WorkerPool workers = WorkerPool.ofThreads(threads)) {
            new CloudRole(folder, progress, workers).run();
        }
    }

    private void run() throws Exception {
        long start = System.nanoTime();
        JobDescription job = folder.job();
        SealedFiles files = folder.ownersFiles(job).checkAll();
        TrainingPlan plan = Recipes.plan(job);
        FileSet.requireRoom(folder.path(), plan.downloadBytes());
        CkksParameters parameters = Scheme.read(files.get(ExchangeFolder.PARAMETERS), plan);
        CkksContext context = CkksContext.create(parameters, workers);
        CkksSerializer serializer = new CkksSerializer(context);
        List<Ciphertext> uploads = uploads(files, plan.recipe(), serializer);
        EvaluationKeys keys = progress.run(
                        "cloud: read evaluation keys",
                        () -> serializer.readEvaluationKeys(files.get(ExchangeFolder.EVALUATION_KEYS)))
                .value();
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, keys);
        ProgressListener listener = new ProgressListener(progress, job.iterations());
        TrainingRecipe recipe = Recipes.parallel(plan.recipe(), workers);
        progress.line("cloud: " + Machine.kernels() + " kernels, " + workers.threads() + " threads");
        Progress.Timed<List<List<Ciphertext>>> weights =
                progress.run("cloud: train", () -> recipe.train(algebra, uploads, listener));
        progress.run("cloud: write encrypted weights", () -> {
            write(job, serializer, weights, listener.reports(), algebra.counts(), parameters, start);
            return null;
        });
    }

    private List<Ciphertext> uploads(SealedFiles files, TrainingRecipe recipe, CkksSerializer serializer)
            throws IOException {
        List<Ciphertext> uploads = new ArrayList<>();
        for (int k = 1; k <= recipe.uploads(); k++) {
            uploads.add(serializer.readCiphertext(files.get(ExchangeFolder.input(k))));
        }
        return uploads;
    }

    private void write(
            JobDescription job,
            CkksSerializer serializer,
            Progress.Timed<List<List<Ciphertext>>> weights,
            List<IterationReport> reports,
            OperationCounts counts,
            CkksParameters parameters,
            long start)
            throws IOException {
        try (FileSet files = FileSet.in(folder.path())) {
            List<FileSeal> seals = new ArrayList<>();
            for (int t = 1; t <= job.iterations(); t++) {
                String name = ExchangeFolder.name(job.runId(), ExchangeFolder.weights(t));
                List<Ciphertext> some = weights.value().get(t - 1);
                files.write(name, Access.USUAL, serializer.wireBytes(some), out -> serializer.write(out, some));
                seals.add(FileSeal.of(ExchangeFolder.weights(t), files.pending(name)));
            }
            CloudReport report = new CloudReport(
                    job.runId(),
                    weights.seconds(),
                    (System.nanoTime() - start) * 1e-9,
                    reports.stream().map(IterationReport::seconds).toList(),
                    reports.stream().map(IterationReport::level).toList(),
                    counts.keySwitches(),
                    parameters.maxLevel() - counts.lowestLevel(),
                    Machine.kernels(),
                    workers.threads(),
                    Machine.java(),
                    Machine.peakMemoryBytes(),
                    seals);
            files.write(
                    ExchangeFolder.name(job.runId(), ExchangeFolder.CLOUD_REPORT),
                    Access.USUAL,
                    SealedJson.text(report));
            files.commit();
        }
    }
}
