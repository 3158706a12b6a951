package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.ckks.bootstrap.BootstrapKeys;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.bootstrap.Bootstrapper;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.ckks.serial.WireSizes;
import io.github.hecnn.ckks.slots.OperationTimes;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.exchange.SealedFiles;
import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.plan.PlanRole;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.EncryptedTraining;
import io.github.hecnn.mlr.recipe.TrainingState;
import io.github.hecnn.mlr.recipe.row.RowAlgebras;
import io.github.hecnn.mlr.recipe.row.RowDataset;
import io.github.hecnn.mlr.recipe.row.RowGradients;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import io.github.hecnn.mlr.roles.RoleMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One training of the cloud, in folders whose locks it has. For one thread. */
final class LongRun {
    private static final int RECENT = 4;

    private final LongJobFile job;
    private final ExchangeFolder<LongJobFile, LongResultFile> exchange;
    private final WorkerPool workers;
    private final RowRecipe recipe;
    private final RowParameters parameters;
    private final int iterations;
    private final RowGradients gradients;
    private final long bytes;
    private final CkksContext context;
    private final CkksSerializer serializer;
    private final Path folder;
    private final OperationTimes times = new OperationTimes();
    private final long start = System.nanoTime();
    private final List<Double> seconds = new ArrayList<>();
    /** By this process, with checkpoints. */
    private final List<Double> took = new ArrayList<>();

    private final List<FileSeal> weights = new ArrayList<>();
    private double waited;

    private LongRun(
            LongJobFile job,
            ExchangeFolder<LongJobFile, LongResultFile> exchange,
            WorkerPool workers,
            RowRecipe recipe,
            RowParameters parameters,
            int iterations,
            RowGradients gradients,
            long bytes) {
        this.job = job;
        this.exchange = exchange;
        this.workers = workers;
        this.recipe = recipe;
        this.parameters = parameters;
        this.iterations = iterations;
        this.gradients = gradients;
        this.bytes = bytes;
        context = CkksContext.create(parameters.bootstrap().ckksParameters(), workers);
        serializer = new CkksSerializer(context);
        folder = exchange.file(job, LongFiles.DATASET).getParent();
    }

    /** Looks whether the job can be done here, before anything large is read. */
    static LongRun of(
            LongJobFile job,
            ExchangeFolder<LongJobFile, LongResultFile> exchange,
            WorkerPool workers,
            SecurityLevel minimum,
            int iterations,
            RowGradients gradients)
            throws IOException {
        RowRecipe recipe = job.recipe(minimum);
        RowParameters parameters = job.parameters(recipe);
        LongPlan plan = LongPlan.of(recipe, iterations, parameters);
        long bytes =
                gradients == null ? plan.memoryBytes(PlanRole.TRAIN) : plan.memoryBytesWithout(gradients.refreshes());
        RoleMemory.require("cloud: train", bytes, "or have the owner take a larger group width");
        return new LongRun(job, exchange, workers, recipe, parameters, iterations, gradients, bytes);
    }

    LongResultFile train(Path checkpoints, boolean resuming, LongQuestions questions, LongListener listener)
            throws IOException {
        CheckpointFolder checkpoint = new CheckpointFolder(checkpoints, serializer);
        if (checkpoint.isThere() && !resuming) {
            throw new DataFormatException("cloud: train: expected no checkpoint in " + checkpoints
                    + ", found one after iteration " + checkpoint.head(job).iteration()
                    + "; train with resuming(true) to go on, or choose another checkpoint folder");
        }
        CheckpointFolder.Head head = checkpoint.isThere() ? checkpoint.head(job) : null;
        requireManifest();
        requireRoom(checkpoints, iterations - (head == null ? 0 : head.iteration()));
        RowAlgebras<Ciphertext> algebras =
                listener.during("cloud: read evaluation keys", this::algebras).timed(times);
        try (RowDataset blocks = gradients == null ? dataset(algebras) : null) {
            EncryptedTraining<Ciphertext> training =
                    recipe.training(design(algebras, blocks)).withListener(listener);
            TrainingState<Ciphertext> state = head == null ? training.start() : checkpoint.read(head);
            if (head != null) {
                seconds.addAll(head.iterationSeconds());
                weights.addAll(head.weights());
                new SealedFiles(folder, weights, LongFiles.TRAIN_AGAIN + " from the start").checkAll();
            }
            if (state.iteration() < iterations) {
                Files.deleteIfExists(exchange.file(job, LongFiles.REPORT)); // that of fewer iterations
            }
            boolean goOn = true;
            while (state.iteration() < iterations && (goOn = asked(state.iteration(), questions, checkpoint))) {
                state = iteration(training, state, algebras.refreshing(), checkpoint, listener);
            }
            return report(!goOn, checkpoint);
        }
    }

    private RowDataset dataset(RowAlgebras<Ciphertext> algebras) throws IOException {
        return RowDataset.open(
                folder, context, job.datasetName(), recipe, algebras.forward(), parameters.featureLevel());
    }

    private EncryptedDesign<Ciphertext> design(RowAlgebras<Ciphertext> algebras, RowDataset blocks) throws IOException {
        if (gradients == null) {
            return recipe.design(algebras, blocks, parameters.featureLevel());
        }
        EncryptedDesign<Ciphertext> here = recipe.design(
                algebras,
                block -> {
                    throw new IllegalStateException("cloud: train: expected gradients from elsewhere, found block "
                            + block + " asked for here; leave LongCloud.gradientsFrom out");
                },
                parameters.featureLevel());
        return gradients.design(
                new RowGradients.Work(
                        job.runId(),
                        job.datasetName(),
                        folder,
                        job.dataset(),
                        seal(LongFiles.FORWARD_KEYS),
                        seal(LongFiles.BACKWARD_KEYS),
                        seal(LongFiles.BOOTSTRAP_KEYS),
                        recipe,
                        job.security(),
                        parameters,
                        context,
                        bytes),
                here);
    }

    private FileSeal seal(String name) {
        return job.files().stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new DataFormatException(
                        "job: expected " + name + " among its files, found none; " + LongFiles.ASK_AGAIN));
    }

    private boolean asked(int iteration, LongQuestions questions, CheckpointFolder checkpoint) throws IOException {
        if (!questions.comesAfter(iteration, iterations)) {
            return true;
        }
        long before = System.nanoTime();
        boolean goOn = questions.goOn(account(false, checkpoint));
        waited += since(before);
        return goOn;
    }

    private TrainingState<Ciphertext> iteration(
            EncryptedTraining<Ciphertext> training,
            TrainingState<Ciphertext> state,
            SlotAlgebra<Ciphertext> algebra,
            CheckpointFolder checkpoint,
            LongListener listener)
            throws IOException {
        long before = System.nanoTime();
        int t = state.iteration() + 1;
        TrainingState<Ciphertext> next = training.step(state, recipe.batches().apply(t));
        if (Thread.currentThread().isInterrupted()) {
            throw LongQuestions.interrupted(state.iteration());
        }
        Ciphertext lowest = algebra.dropToLevel(training.weights(next).get(0), 0);
        String name = LongFiles.weights(t);
        serializer.write(folder.resolve(name), List.of(lowest));
        weights.add(FileSeal.of(name, folder.resolve(name)));
        seconds.add(since(before));
        checkpoint.write(job, next, seconds, weights);
        took.add(since(before));
        listener.iterationDone(new LongListener.Iteration(
                t, iterations, took.get(took.size() - 1), remaining(iterations - t), lowest));
        return next;
    }

    /** By the last few iterations; the first one of a process, in which Java warms up, counts while there is no other. */
    private double remaining(int left) {
        int from = Math.max(Math.min(1, took.size() - 1), took.size() - RECENT);
        return left
                * took.subList(from, took.size()).stream()
                        .mapToDouble(v -> v)
                        .average()
                        .orElse(0);
    }

    /** For the gradients and weights that are still to come, which may go to two disks. */
    private void requireRoom(Path checkpoints, int left) throws IOException {
        if (left > 0) {
            Files.createDirectories(checkpoints);
            WireSizes sizes = serializer.sizes();
            long weightBytes = left * LongPlan.weightBytes(sizes);
            long gradientBytes = LongPlan.kept(left) * LongPlan.gradientBytes(sizes, context.parameters());
            boolean apart = !Files.getFileStore(checkpoints).equals(Files.getFileStore(folder));
            FileSet.requireRoom(folder, apart ? weightBytes : weightBytes + gradientBytes);
            FileSet.requireRoom(checkpoints, gradientBytes);
        }
    }

    /** The manifest that the job names, and no other. */
    private void requireManifest() throws IOException {
        Path file = folder.resolve(LongFiles.DATASET);
        if (!Files.isRegularFile(file)) {
            throw new DataFormatException(
                    "read " + file + ": expected the manifest of the data set, found none; " + LongFiles.ASK_AGAIN);
        }
        FileSeal found = FileSeal.of(LongFiles.DATASET, file);
        if (!found.equals(job.dataset())) {
            throw new DataFormatException("read " + file + ": expected the manifest that the job names, found that of"
                    + " another data set; " + LongFiles.ASK_AGAIN);
        }
    }

    private RowAlgebras<Ciphertext> algebras() {
        try {
            SealedFiles files = exchange.jobFiles(job).checkAll();
            EvaluationKeys forward = gradients != null // who takes the others needs those of the backward pass only
                    ? EvaluationKeys.none()
                    : new CkksSerializer(parameters.forwardContext(context))
                            .readEvaluationKeys(files.get(LongFiles.FORWARD_KEYS));
            EvaluationKeys backward = new CkksSerializer(parameters.backwardContext(context))
                    .readEvaluationKeys(files.get(LongFiles.BACKWARD_KEYS));
            if (gradients != null && gradients.refreshes()) {
                return parameters.algebras(context, forward, backward);
            }
            BootstrapParameters boot = parameters.bootstrap();
            BootstrapKeys keys = serializer.readBootstrapKeys(files.get(LongFiles.BOOTSTRAP_KEYS), boot);
            return parameters.algebras(new Bootstrapper(context, boot, keys), context, forward, backward);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private LongResultFile report(boolean stopped, CheckpointFolder checkpoint) throws IOException {
        LongResultFile account = account(stopped, checkpoint);
        byte[] text = SealedJson.text(account).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(exchange.file(job, LongFiles.REPORT), Access.USUAL, text.length, out -> out.write(text));
        return account;
    }

    private LongResultFile account(boolean stopped, CheckpointFolder checkpoint) {
        return new LongResultFile(
                job.runId(),
                stopped,
                seconds,
                since(start) - waited,
                since(start),
                checkpoint.bytes(),
                times.seconds(),
                Machine.used(workers.threads()),
                weights);
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) * 1e-9;
    }
}
