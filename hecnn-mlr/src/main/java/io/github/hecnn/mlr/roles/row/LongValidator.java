package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.FolderLocks;
import io.github.hecnn.mlr.exchange.SealedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The owner, answering whether to go on: it decrypts the weights that the cloud hands over on the schedule of the job, scores its own samples in
 * the clear, and says stop once accuracy has not grown for so many questions.
 *
 * <p><b>What it leaks.</b> The cloud learns one bit an answer, and so after which question the accuracy stopped growing; with a fixed number of
 * iterations ({@code validateEvery} 0) it learns nothing. A malicious cloud could hand over other ciphertexts and take the answer for a bit about
 * what is in them. Therefore questions come on a public schedule only, each is answered once and from then on with the same bit, which is written
 * down before it is given; there are at most as many answers for a key pair as the schedule has questions; and weights that do not have the
 * norm of the owner's rehearsal are refused, not scored. No number that was decrypted leaves the owner.
 *
 * <p>For one thread.
 */
public final class LongValidator {
    private static final long POLL_MILLIS = 100;

    private final LongOwner owner;
    private final LabeledDataset heldOut;
    private final int stopAfterNoGain;
    private final Path answers;

    /**
     * One question.
     *
     * @param iteration after which it was asked
     * @param accuracy on the owner's samples, 0..1
     * @param goOn what was answered
     */
    public record Answered(int iteration, double accuracy, boolean goOn) {}

    /**
     * What has been answered, {@code answers.json} in the owner's folder.
     *
     * @param runId of the job
     * @param answers in the order of iterations
     */
    public record Given(String runId, List<Entry> answers) {
        /**
         * One of them.
         *
         * @param iteration after which it was asked
         * @param weightsSha256 checksum of the weights that were handed over
         * @param accuracy in the clear; null if the weights were refused, or this was interrupted
         * @param goOn the bit; null if there was none
         */
        public record Entry(int iteration, String weightsSha256, Double accuracy, Boolean goOn) {
            /**
             * As it comes from a file, nothing may be missing.
             *
             * @param iteration after which it was asked
             * @param weightsSha256 checksum of the weights that were handed over
             * @param accuracy in the clear; null if the weights were refused, or this was interrupted
             * @param goOn the bit; null if there was none
             */
            public Entry {
                Objects.requireNonNull(weightsSha256, "weightsSha256");
            }
        }

        /**
         * Copies the list; as it comes from a file, nothing may be missing.
         *
         * @param runId of the job
         * @param answers in the order of iterations
         */
        public Given {
            Objects.requireNonNull(runId, "runId");
            answers = List.copyOf(answers);
        }
    }

    private LongValidator(LongOwner owner, LabeledDataset heldOut, int stopAfterNoGain) {
        this.owner = owner;
        this.heldOut = heldOut;
        this.stopAfterNoGain = stopAfterNoGain;
        answers = LongExchange.runFolder(owner.own(), owner.state()).resolve(LongOwnerFile.ANSWERS);
    }

    /**
     * {@return a validator}
     *
     * @param owner of the job
     * @param heldOut samples that are not trained on, features as they come
     * @param stopAfterNoGain stop after so many questions without a better accuracy than before, at least 1
     * @throws IllegalArgumentException if the job has no questions, or the number is below 1
     */
    public static LongValidator of(LongOwner owner, LabeledDataset heldOut, int stopAfterNoGain) {
        if (owner.state().job().validateEvery() == 0 || stopAfterNoGain < 1) {
            throw new IllegalArgumentException("owner: validate: expected a job with questions and a stop after 1 of"
                    + " them or more without gain, found a question every "
                    + owner.state().job().validateEvery() + " iterations and " + stopAfterNoGain
                    + "; prepare the job with LongSettings.Builder.validateEvery");
        }
        return new LongValidator(owner, heldOut, stopAfterNoGain);
    }

    /** {@return most questions that are ever answered for this key pair} */
    public int maxAnswers() {
        LongJobFile job = owner.state().job();
        return (job.mostIterations() - 1) / job.validateEvery();
    }

    /**
     * Answers the question that is open, if there is one.
     *
     * @return what was answered; empty if nothing is asked that has not been answered
     * @throws DataFormatException if question or weights are damaged, or not of the job or its schedule
     * @throws IllegalArgumentException if the weights are not those of this training: there is no answer then, and never will be
     * @throws IOException if a file cannot be read or written, or another validator works for this owner
     */
    @SuppressWarnings("try") // the lock is only held
    public Optional<Answered> answer() throws IOException {
        LongJobFile job = owner.state().job();
        ExchangeFolder<LongJobFile, LongResultFile> shared = LongExchange.in(owner.exchange());
        Path file = shared.file(job, LongFiles.QUESTION);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FolderLocks lock = new FolderLocks("owner-validate").write(owner.own())) {
            LongResultFile question = SealedJson.read(file, LongResultFile.class, LongFiles.TRAIN_AGAIN);
            int iteration = question.iterations();
            boolean scheduled =
                    iteration > 0 && iteration < job.mostIterations() && iteration % job.validateEvery() == 0;
            if (!question.runId().equals(job.runId()) || !scheduled) {
                throw new DataFormatException("read " + file + ": expected a question of run " + job.runId()
                        + " every " + job.validateEvery() + " iterations, found one of run " + question.runId()
                        + " after iteration " + iteration + "; " + LongFiles.TRAIN_AGAIN);
            }
            Path reply = shared.file(job, LongFiles.answer(iteration));
            if (Files.exists(reply)) {
                return Optional.empty();
            }
            Given given = given(job);
            String hash = question.files().get(iteration - 1).sha256();
            Optional<Given.Entry> before = given.answers().stream()
                    .filter(e -> e.iteration() == iteration)
                    .findFirst();
            if (before.isPresent() && !before.get().weightsSha256().equals(hash)) {
                throw new DataFormatException("read " + file + ": expected the weights of iteration " + iteration
                        + " that were handed over before, found others; " + LongFiles.TRAIN_AGAIN);
            }
            boolean decided = before.isPresent() && before.get().goOn() != null;
            Given.Entry entry = decided ? before.get() : decide(given, question, hash);
            write(reply, Access.USUAL, new ValidationAnswer(job.runId(), iteration, hash, entry.goOn()));
            return Optional.of(new Answered(iteration, entry.accuracy(), entry.goOn()));
        }
    }

    /** Writes down that it answers, decrypts, and writes down what. */
    private Given.Entry decide(Given given, LongResultFile question, String hash) throws IOException {
        int iteration = question.iterations();
        List<Given.Entry> entries = new ArrayList<>(given.answers());
        entries.removeIf(e -> e.iteration() == iteration); // the same question, interrupted
        if (entries.size() >= maxAnswers()) {
            throw new IllegalArgumentException("owner: validate: expected at most " + maxAnswers()
                    + " questions for this key pair, found another one; " + LongFiles.ASK_AGAIN);
        }
        List<Double> accuracies = new ArrayList<>(entries.stream()
                .map(Given.Entry::accuracy)
                .filter(Objects::nonNull)
                .toList());
        entries.add(new Given.Entry(iteration, hash, null, null)); // an attempt counts, whatever becomes of it
        write(answers, Access.OWNER_ONLY, new Given(given.runId(), entries));
        double accuracy = owner.model(question, iteration).evaluate(heldOut).accuracy();
        accuracies.add(accuracy);
        int best = accuracies.indexOf(Collections.max(accuracies));
        Given.Entry entry = new Given.Entry(iteration, hash, accuracy, accuracies.size() - 1 - best < stopAfterNoGain);
        entries.set(entries.size() - 1, entry);
        write(answers, Access.OWNER_ONLY, new Given(given.runId(), entries));
        return entry;
    }

    private Given given(LongJobFile job) throws IOException {
        if (!Files.exists(answers)) {
            return new Given(job.runId(), List.of());
        }
        Given given = SealedJson.read(answers, Given.class, LongFiles.ASK_AGAIN);
        if (!given.runId().equals(job.runId())) {
            throw new DataFormatException("read " + answers + ": expected answers of run " + job.runId()
                    + ", found those of run " + given.runId() + "; " + LongFiles.ASK_AGAIN);
        }
        return given;
    }

    private static void write(Path file, Access access, Object record) throws IOException {
        byte[] text = SealedJson.text(record).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, access, text.length, out -> out.write(text));
    }

    /**
     * Answers until the cloud is done, or the thread is interrupted.
     *
     * @param listener hears of every answer
     * @throws IOException as {@link #answer}
     * @throws DataFormatException as {@link #answer}
     * @throws IllegalArgumentException as {@link #answer}
     */
    public void run(Consumer<Answered> listener) throws IOException {
        Path report = LongExchange.in(owner.exchange()).file(owner.state(), LongFiles.REPORT);
        while (!Thread.currentThread().isInterrupted()) {
            boolean done = Files.exists(report);
            Optional<Answered> answered = answer();
            answered.ifPresent(listener);
            if (done && answered.isEmpty()) {
                return;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
