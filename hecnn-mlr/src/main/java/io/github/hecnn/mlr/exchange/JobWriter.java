package io.github.hecnn.mlr.exchange;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import io.github.hecnn.core.files.FileSet;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Writes a new run of the asking side: what is secret into its own folder, everything else into the shared one. The earlier run
 * stands, key and answer, until {@link #commit}; a crash at any moment leaves one of the two whole. Not thread-safe.
 *
 * @param <J> type of the job
 * @param <S> type of the settings
 */
public final class JobWriter<J extends RunFile, S extends RunFile> implements AutoCloseable {
    private final ExchangeFolder<J, ?> exchange;
    private final OwnFolder<S> own;
    private final String runId;
    private final FileSet shared;
    private final FileSet secrets;
    private final List<FileSeal> sharedSeals = new ArrayList<>();
    private final List<FileSeal> secretSeals = new ArrayList<>();

    /**
     * Begins a run.
     *
     * @param exchange the shared folder, which is there
     * @param own the asking side's folder, which is there
     * @param runId a name that {@link ExchangeFolder#newRun} made
     * @param sharedBytes room that the shared folder must have
     * @throws IOException if there is not that much room, or a folder cannot be written to
     */
    public JobWriter(ExchangeFolder<J, ?> exchange, OwnFolder<S> own, String runId, long sharedBytes)
            throws IOException {
        this.exchange = exchange;
        this.own = own;
        this.runId = runId;
        secrets = FileSet.in(own.path());
        try {
            shared = FileSet.in(exchange.path());
            FileSet.requireRoom(exchange.path(), sharedBytes);
        } catch (IOException | RuntimeException | Error e) {
            secrets.close();
            throw e;
        }
    }

    /** What fills a file. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes everything.
         *
         * @param out buffered, and closed by the caller
         * @throws IOException if it refuses
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file that the other side is to read.
     *
     * @param name its name, without a path
     * @param bytes its length
     * @param content what writes its bytes
     * @throws IOException if a file cannot be written
     */
    public void share(String name, long bytes, Content content) throws IOException {
        sharedSeals.add(write(shared, inRun(name), name, Access.USUAL, bytes, content::writeTo));
    }

    /**
     * Writes a file that only its owner may read.
     *
     * @param name its name, without a path
     * @param bytes its length
     * @param content what writes its bytes
     * @throws IOException if a file cannot be written
     */
    public void keep(String name, long bytes, Content content) throws IOException {
        secretSeals.add(write(secrets, inRun(name), name, Access.OWNER_ONLY, bytes, content::writeTo));
    }

    /**
     * Makes the run the current one: first the secrets, since without them the rest is worth nothing, then the shared files and last the
     * job; then the files of earlier runs are deleted.
     *
     * @param job made from the seals of the shared files
     * @param settings made from the job and the seals of the secret files
     * @return the job
     * @throws IOException if a file cannot be written
     */
    public J commit(Function<List<FileSeal>, J> job, BiFunction<J, List<FileSeal>, S> settings) throws IOException {
        J made = job.apply(List.copyOf(sharedSeals));
        shared.write(ExchangeFolder.JOB, Access.USUAL, SealedJson.text(made));
        // Private as well: a seed is as good as the secret key.
        String text = SealedJson.text(settings.apply(made, List.copyOf(secretSeals)));
        secrets.write(inRun(OwnFolder.SETTINGS), Access.OWNER_ONLY, text);
        secrets.commit();
        shared.retire(RunFolders.others(runId, exchange.protocol().fileNames()));
        shared.commit();
        try (FileSet earlier = FileSet.in(own.path())) {
            earlier.retire(RunFolders.others(runId, own.fileNames() + "|settings\\.json"));
            earlier.commit();
        }
        return made;
    }

    private String inRun(String name) {
        return RunFolders.name(runId, own.askAgain()) + "/" + name;
    }

    static FileSeal write(
            FileSet files, String path, String name, Access access, long bytes, AtomicFile.Content content)
            throws IOException {
        files.write(path, access, bytes, content);
        return FileSeal.of(name, files.pending(path));
    }

    /** Discards what was not committed. */
    @Override
    public void close() {
        try (secrets) {
            shared.close();
        }
    }
}
