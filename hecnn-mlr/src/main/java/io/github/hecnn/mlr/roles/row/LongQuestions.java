package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.SealedJson;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The cloud's side of the questions whether to go on: it writes one into the folder of the run and waits for the answer. */
final class LongQuestions {
    private static final long POLL_MILLIS = 100;

    private final Path folder;
    private final LongJobFile job;
    private final Duration timeout;

    LongQuestions(Path folder, LongJobFile job, Duration timeout) {
        this.folder = folder;
        this.job = job;
        this.timeout = timeout;
    }

    /** Whether there is a question after an iteration of so many. */
    boolean comesAfter(int iteration, int iterations) {
        return job.validateEvery() > 0
                && iteration > 0
                && iteration < iterations
                && iteration % job.validateEvery() == 0;
    }

    /**
     * Asks, unless there is an answer already, and waits.
     *
     * @param soFar the account up to the iteration of the question
     * @return whether to go on
     * @throws IOException if there is no answer in time, it cannot be read, or this is interrupted
     * @throws DataFormatException if the answer is damaged, or one to something else
     */
    boolean goOn(LongResultFile soFar) throws IOException {
        int iteration = soFar.iterations();
        Path file = folder.resolve(LongFiles.answer(iteration));
        byte[] question = SealedJson.text(soFar).getBytes(StandardCharsets.UTF_8);
        if (!Files.exists(file)) {
            AtomicFile.write(
                    folder.resolve(LongFiles.QUESTION), Access.USUAL, question.length, out -> out.write(question));
        }
        long start = System.nanoTime();
        while (!Files.exists(file)) {
            if (System.nanoTime() - start > timeout.toNanos()) {
                throw new IOException("cloud: train: expected the owner's answer after iteration " + iteration
                        + " within " + timeout.toSeconds() + " s, found none; the checkpoint is kept: have the owner"
                        + " answer (LongValidator.run), then train with resuming(true)");
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                InterruptedIOException stopped = interrupted(iteration);
                stopped.initCause(e);
                throw stopped;
            }
        }
        ValidationAnswer answer = SealedJson.read(
                file, ValidationAnswer.class, "have the owner answer again (LongValidator.run) once it is deleted");
        String asked = soFar.files().get(iteration - 1).sha256();
        if (!answer.runId().equals(job.runId())
                || answer.iteration() != iteration
                || !answer.weightsSha256().equals(asked)) {
            throw new DataFormatException("read " + file + ": expected the answer of run " + job.runId()
                    + " after iteration " + iteration + ", found one of run " + answer.runId() + " after iteration "
                    + answer.iteration() + "; have the owner answer again (LongValidator.run) once it is deleted");
        }
        return answer.goOn();
    }

    static InterruptedIOException interrupted(int iteration) {
        return new InterruptedIOException("cloud: train: interrupted after iteration " + iteration
                + "; the checkpoint is kept, train with resuming(true) to go on");
    }
}
