package io.github.hecnn.cli.train.longrun;

import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.cli.console.Progress;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.roles.row.LongCloud;
import io.github.hecnn.mlr.serving.CloudPredictor;

/** The cloud: answers encrypted queries with the weights that it trained and cannot read. */
final class LongPredictRole {
    private LongPredictRole() {}

    static void run(LongOptions options, WorkerPool workers, Progress progress) throws Exception {
        LongCloud any = LongCloud.on(workers);
        LongCloud cloud = options.insecure() ? any.ofAnySecurity() : any;
        LongCloud trained = options.checkpoint() == null ? cloud : cloud.checkpointsIn(options.checkpoint());
        CkksContext context = trained.context(options.exchange());
        CloudPredictor predictor =
                CloudPredictor.ofTraining(context, trained.weights(options.exchange(), context), options.served());
        progress.run("cloud: answer", () -> predictor.answer(options.questions()));
    }
}
