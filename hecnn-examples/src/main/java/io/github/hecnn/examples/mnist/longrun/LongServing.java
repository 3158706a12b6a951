package io.github.hecnn.examples.mnist.longrun;

import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.examples.cli.Notes;
import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.roles.row.LongCloud;
import io.github.hecnn.mlr.roles.row.LongOwner;
import io.github.hecnn.mlr.serving.AnswerKind;
import io.github.hecnn.mlr.serving.CloudPredictor;
import io.github.hecnn.mlr.serving.Predictions;
import io.github.hecnn.mlr.serving.ServingOwner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/** Test images, encrypted, put to the weights of a long run, which nobody decrypts for it. */
final class LongServing {
    private final LongOptions options;
    private final Progress progress;
    private final WorkerPool workers;
    private final Path own;
    private final Path training;
    private final Path questions;
    private final Path keys;
    private final Path exchange;

    LongServing(LongOptions options, Progress progress, WorkerPool workers) {
        this.options = options;
        this.progress = progress;
        this.workers = workers;
        own = options.out().resolve("owner");
        training = options.out().resolve("exchange");
        questions = options.out().resolve("owner-questions");
        keys = options.out().resolve("serving").resolve("model");
        exchange = options.out().resolve("serving").resolve("exchange");
    }

    void play(PrintStream out) throws Exception {
        if (options.plays(LongRole.OWNER_ASK)) {
            ask();
        }
        if (options.plays(LongRole.CLOUD_PREDICT)) {
            predict();
        }
        if (options.plays(LongRole.OWNER_READ_ANSWERS)) {
            read(out);
        }
    }

    private void ask() throws Exception {
        LongOwner owner = LongOwner.read(own, training, workers);
        LabeledDataset images = test(owner);
        int count = Math.min(options.queries(), images.samples());
        ServingOwner asker = owner.serving(AnswerKind.PLAIN);
        progress.run("owner: make keys", () -> {
            asker.writeKeys(keys);
            return keys;
        });
        progress.run("owner: encrypt " + count + " queries", () -> asker.ask(images.slice(0, count).features(), questions, exchange));
    }

    private void predict() throws Exception {
        LongCloud cloud = LongCloud.on(workers);
        cloud = options.insecure() ? cloud.ofAnySecurity() : cloud;
        LongCloud trained = options.checkpoint() == null ? cloud : cloud.checkpointsIn(options.checkpoint());
        CkksContext context = trained.context(training);
        CloudPredictor predictor = CloudPredictor.ofTraining(context, trained.weights(training, context), keys);
        progress.run("cloud: answer", () -> predictor.answer(exchange));
    }

    private void read(PrintStream out) throws Exception {
        LongOwner owner = LongOwner.read(own, training, workers);
        LabeledDataset images = test(owner);
        Predictions found = progress.run(
                        "owner: read answers", () -> owner.serving(AnswerKind.PLAIN).open(questions, exchange))
                .value();
        int right = 0;
        for (int i = 0; i < found.size(); i++) {
            right += found.name(i).equals(images.labelNames().get(images.labels()[i])) ? 1 : 0;
        }
        out.printf(
                Locale.ROOT,
                "%nanswers of the encrypted model: %d of %d test images right, %.2f %%%n",
                right,
                found.size(),
                100.0 * right / found.size());
    }

    private LabeledDataset test(LongOwner owner) throws IOException {
        LongRoles.Note note =
                Notes.read(owner.state().note(), LongRoles.Note.class, "owner", "run --role owner-encrypt again");
        return note.data().test();
    }
}
