package io.github.hecnn.mlr.exchange;

import io.github.hecnn.mlr.data.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A folder that two sides share: {@code job.json}, and in the folder of its run, {@code run-...}, what the asking side sends and what
 * the other one answers. A new run's files lie beside those of the old one until its job replaces the old job. Thread-safe.
 *
 * @param path where it is
 * @param protocol who writes what
 * @param <J> type of the job
 * @param <A> type of the answer
 */
public record ExchangeFolder<J extends RunFile, A extends RunFile>(Path path, ExchangeProtocol<J, A> protocol) {
    /** The job, directly in the folder. */
    public static final String JOB = "job.json";

    /** {@return names a new run} */
    public static String newRun() {
        return UUID.randomUUID().toString();
    }

    /** {@return the job's file} */
    public Path jobFile() {
        return path.resolve(JOB);
    }

    /**
     * {@return a file of a run}
     *
     * @param run job or answer
     * @param name its name, without a path
     */
    public Path file(RunFile run, String name) {
        return folder(run).resolve(name);
    }

    private Path folder(RunFile run) {
        return path.resolve(RunFolders.name(run.runId(), protocol.askAgain()));
    }

    /**
     * {@return the job}
     *
     * @throws DataFormatException if it is missing, damaged, or a job of another kind
     * @throws IOException if a file cannot be read
     */
    public J job() throws IOException {
        J job = SealedJson.read(jobFile(), protocol.job(), protocol.askAgain());
        RunFolders.name(job.runId(), protocol.askAgain());
        return job;
    }

    /**
     * {@return the answer to a job}
     *
     * @param job that it answers
     * @throws DataFormatException if it is missing, damaged, of another kind, or answers another job
     * @throws IOException if a file cannot be read
     */
    public A answer(RunFile job) throws IOException {
        Path file = file(job, protocol.answerFile());
        A answer = SealedJson.read(file, protocol.answer(), protocol.answerAgain());
        requireRun(file, job.runId(), answer.runId(), protocol.answerAgain());
        return answer;
    }

    /**
     * {@return the asking side's files, to be checked against the job}
     *
     * @param job that lists them
     */
    public SealedFiles jobFiles(J job) {
        return new SealedFiles(folder(job), job.files(), protocol.askAgain());
    }

    /**
     * {@return the answering side's files, to be checked against what it says}
     *
     * @param answer that lists them
     */
    public SealedFiles answerFiles(A answer) {
        return new SealedFiles(folder(answer), answer.files(), protocol.answerAgain());
    }

    static void requireRun(Path file, String expected, String found, String fix) {
        if (!found.equals(expected)) {
            throw new DataFormatException(
                    "read " + file + ": expected run " + expected + ", found run " + found + "; " + fix);
        }
    }
}
