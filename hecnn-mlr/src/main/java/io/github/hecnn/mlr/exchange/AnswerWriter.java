package io.github.hecnn.mlr.exchange;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.FileSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes the answer to a job into the shared folder, all or nothing. Not thread-safe.
 *
 * @param <A> type of the answer
 */
public final class AnswerWriter<A extends RunFile> implements AutoCloseable {
    private final ExchangeFolder<?, A> exchange;
    private final String folder;
    private final FileSet files;
    private final List<FileSeal> seals = new ArrayList<>();

    /**
     * Begins an answer.
     *
     * @param exchange the shared folder, which is there
     * @param runId of the job
     * @throws IOException if the folder cannot be written to
     */
    public AnswerWriter(ExchangeFolder<?, A> exchange, String runId) throws IOException {
        this.exchange = exchange;
        folder = RunFolders.name(runId, exchange.protocol().askAgain()) + "/";
        files = FileSet.in(exchange.path());
    }

    /**
     * Writes a file.
     *
     * @param name its name, without a path
     * @param bytes its length
     * @param content what writes its bytes
     * @throws IOException if a file cannot be written
     */
    public void share(String name, long bytes, JobWriter.Content content) throws IOException {
        seals.add(JobWriter.write(files, folder + name, name, Access.USUAL, bytes, content::writeTo));
    }

    /**
     * Gives every file its name, with what is said about them.
     *
     * @param answer made of what is said about the files
     * @return the answer
     * @throws IOException if a file cannot be written
     */
    public A commit(Function<List<FileSeal>, A> answer) throws IOException {
        A made = answer.apply(List.copyOf(seals));
        files.write(folder + exchange.protocol().answerFile(), Access.USUAL, SealedJson.text(made));
        files.commit();
        return made;
    }

    /** Discards what was not committed. */
    @Override
    public void close() {
        files.close();
    }
}
