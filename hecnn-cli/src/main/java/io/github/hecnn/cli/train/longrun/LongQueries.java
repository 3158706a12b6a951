package io.github.hecnn.cli.train.longrun;

import io.github.hecnn.cli.console.Notes;
import io.github.hecnn.cli.console.Progress;
import io.github.hecnn.cli.console.Results;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.roles.row.LongOwner;
import io.github.hecnn.mlr.serving.AnswerKind;
import io.github.hecnn.mlr.serving.Predictions;
import io.github.hecnn.mlr.serving.ServingOwner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The owner: puts test images to the weights of a long run, which it does not decrypt for that, and reads the answers. */
final class LongQueries {
    private final LongOptions options;
    private final Progress progress;
    private final LongOwner owner;
    private final LabeledDataset images;
    private final ServingOwner asker;
    private final Path own;

    LongQueries(LongOptions options, Progress progress, WorkerPool workers) throws Exception {
        this.options = options;
        this.progress = progress;
        owner = LongOwner.read(options.out().resolve("owner"), options.exchange(), workers);
        images = progress.run("owner: test images", this::test).value();
        asker = owner.serving(AnswerKind.PLAIN); // who asks owns the model
        own = options.out().resolve("owner-questions");
    }

    private LabeledDataset test() throws IOException {
        LongRoles.Note note =
                Notes.read(owner.state().note(), LongRoles.Note.class, "owner", "run --role owner-encrypt again");
        return note.data().test();
    }

    void ask() throws Exception {
        LabeledDataset asked = images.slice(0, Math.min(options.queries(), images.samples()));
        progress.run("owner: make keys", () -> {
            asker.writeKeys(options.served());
            return asked;
        });
        progress.run(
                "owner: encrypt " + asked.samples() + " queries",
                () -> asker.ask(asked.features(), own, options.questions()));
    }

    void read(Results results) throws Exception {
        Predictions found = progress.run("owner: read answers", () -> asker.open(own, options.questions()))
                .value();
        int right = 0;
        for (int i = 0; i < found.size(); i++) {
            right += found.name(i).equals(images.labelNames().get(images.labels()[i])) ? 1 : 0;
        }
        Answers answers = new Answers(right, found.size(), (double) right / found.size());
        results.print(
                answers,
                to -> to.printf(
                        Locale.ROOT,
                        "%nanswers of the encrypted model: %d of %d test images right, %.2f %%%n",
                        answers.right(),
                        answers.asked(),
                        100 * answers.accuracy()));
    }

    /** How many answers were right. */
    record Answers(int right, int asked, double accuracy) {}
}
