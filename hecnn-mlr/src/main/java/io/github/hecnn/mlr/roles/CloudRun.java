package io.github.hecnn.mlr.roles;

import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.OperationTimes;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.TrainingState;
import io.github.hecnn.mlr.roles.TrainingCheckpoints.Checkpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The training of one job, from the start or from a checkpoint. For one thread. */
final class CloudRun {
    private final long start = System.nanoTime();
    private final TrainingJob job;
    private final WorkerPool workers;
    private final TrainingListener listener;
    /** Null without. */
    private final TrainingCheckpoints checkpoints;

    private final CkksContext context;
    private final OperationTimes times = new OperationTimes();
    private final SlotAlgebra<Ciphertext> algebra;
    private final List<List<Ciphertext>> weights = new ArrayList<>();
    /** What earlier processes say. */
    private CheckpointFile earlier;

    private final List<Double> seconds = new ArrayList<>();
    private final List<Integer> levels = new ArrayList<>();
    private IterationReport report;
    /** The last checkpoint. */
    private CheckpointFile head;

    CloudRun(TrainingJob job, WorkerPool workers, TrainingListener listener, TrainingCheckpoints checkpoints) {
        this.job = job;
        this.workers = workers;
        this.listener = listener;
        this.checkpoints = checkpoints;
        context = job.context(workers);
        algebra = times.of(new CkksSlotAlgebra(context.recycling(), job.keys()));
    }

    /**
     * Trains.
     *
     * @param from null to begin
     */
    TrainingResult train(Checkpoint from) {
        earlier = from == null
                ? CheckpointFile.start(job.runId(), job.parameters().maxLevel())
                : from.head();
        head = earlier;
        seconds.addAll(earlier.iterationSeconds());
        levels.addAll(earlier.iterationLevels());
        if (from != null) {
            weights.addAll(from.weights());
        }
        if (from == null || !from.state().finished()) {
            job.plan()
                    .recipe()
                    .train(algebra, job.uploads(), from == null ? null : from.state(), heard(), this::stepDone);
        }
        CheckpointFile end = account();
        return new TrainingResult(
                new ResultFile(
                        job.runId(),
                        end.seconds(),
                        job.readSeconds() + end.seconds(),
                        end.iterationSeconds(),
                        end.iterationLevels(),
                        end.keySwitches(),
                        job.parameters().maxLevel() - end.lowestLevel(),
                        times.seconds(),
                        Machine.used(workers.threads()),
                        List.of()),
                context,
                weights,
                job.readSeconds() + end.seconds(),
                checkpoints);
    }

    /** Keeps each report until the state of its iteration has been told, too. */
    private TrainingListener heard() {
        return new TrainingListener() {
            @Override
            public void iterationDone(IterationReport some) {
                report = some;
            }

            @Override
            public void progress(String phase, double fraction) {
                listener.progress(phase, fraction);
            }
        };
    }

    private void stepDone(TrainingState<Ciphertext> state, List<Ciphertext> some) {
        weights.add(some);
        seconds.add(report.seconds());
        levels.add(report.level());
        if (checkpoints != null) {
            try {
                head = checkpoints.write(account(), state, some);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
        listener.iterationDone(report);
    }

    /** What is said about all so far, with the files of the last checkpoint. */
    private CheckpointFile account() {
        return new CheckpointFile(
                job.runId(),
                earlier.seconds() + (System.nanoTime() - start) * 1e-9,
                seconds,
                levels,
                earlier.keySwitches() + algebra.counts().keySwitches(),
                Math.min(earlier.lowestLevel(), algebra.counts().lowestLevel()),
                head.files());
    }
}
