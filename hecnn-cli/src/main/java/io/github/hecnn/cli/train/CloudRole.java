package io.github.hecnn.cli.train;

import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.cli.console.Progress;
import io.github.hecnn.cli.console.RoleProgress;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.roles.CloudTrainer;
import io.github.hecnn.mlr.roles.JobFile;
import io.github.hecnn.mlr.roles.ResultFile;
import io.github.hecnn.mlr.roles.TrainingJob;
import io.github.hecnn.mlr.roles.TrainingResult;

/** The cloud: given the exchange folder and nothing else, it trains the job there and writes the encrypted weights beside it. */
final class CloudRole {
    private CloudRole() {}

    static void run(ExchangeFolder<JobFile, ResultFile> exchange, int threads, Progress progress) throws Exception {
        try (WorkerPool workers = WorkerPool.ofThreads(threads)) {
            TrainingJob job =
                    TrainingJob.read(exchange, workers, SecurityLevel.CLASSICAL_128, new RoleProgress(progress, 1));
            RoleProgress listener = new RoleProgress(progress, job.description().iterations());
            progress.line("cloud: " + Machine.kernels() + " kernels, " + workers.threads() + " threads");
            TrainingResult result = progress.run(
                            "cloud: train", () -> CloudTrainer.on(workers).train(job, listener))
                    .value();
            progress.run("cloud: write encrypted weights", () -> {
                result.write(exchange);
                return null;
            });
        }
    }
}
