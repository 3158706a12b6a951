package io.github.hecnn.cli.train.longrun;

import io.github.hecnn.cli.console.Progress;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.roles.row.LongCloud;
import java.io.IOException;
import java.time.Duration;

/** The cloud: given the exchange folder and nothing else, it trains the job there. */
final class LongCloudRole {
    private LongCloudRole() {}

    static void run(LongOptions options, WorkerPool workers, Progress progress) throws IOException {
        LongCloud cloud = LongCloud.on(workers)
                .resuming(options.resume())
                .answerTimeout(Duration.ofSeconds(options.answerTimeout()));
        cloud = options.insecure() ? cloud.ofAnySecurity() : cloud;
        cloud = options.checkpoint() == null ? cloud : cloud.checkpointsIn(options.checkpoint());
        cloud = options.iterations() == 0 ? cloud : cloud.iterations(options.iterations());
        progress.line("cloud: " + Machine.kernels() + " kernels, " + workers.threads() + " threads");
        cloud.train(options.exchange(), new LongProgress(progress));
    }
}
