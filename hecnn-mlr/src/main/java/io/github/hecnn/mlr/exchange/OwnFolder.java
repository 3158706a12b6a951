package io.github.hecnn.mlr.exchange;

import io.github.hecnn.mlr.data.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The folder of the asking side alone: in the folder of each run, {@code run-...}, {@code settings.json} and the files that it names, the
 * secret key among them; nobody else may read them. Thread-safe.
 *
 * @param path where it is; never inside the folder that is shared
 * @param state type of {@code settings.json}
 * @param fileNames pattern of the names of all other files of a run
 * @param askAgain said at the end of an error
 * @param <S> type of the settings
 */
public record OwnFolder<S extends RunFile>(Path path, Class<S> state, String fileNames, String askAgain) {
    /** What the asking side remembers, in the folder of the run. */
    public static final String SETTINGS = "settings.json";

    /**
     * {@return what was written for a run}
     *
     * @param runId names the run
     * @throws DataFormatException if there is nothing of that run, or it is damaged or of another run
     * @throws IOException if a file cannot be read
     */
    public S state(String runId) throws IOException {
        Path file = folder(runId).resolve(SETTINGS);
        S found = SealedJson.read(file, state, askAgain);
        ExchangeFolder.requireRun(file, runId, found.runId(), askAgain);
        return found;
    }

    /**
     * {@return the files of a run, to be checked against its settings}
     *
     * @param settings that list them
     */
    public SealedFiles files(S settings) {
        return new SealedFiles(folder(settings.runId()), settings.files(), askAgain);
    }

    private Path folder(String runId) {
        return path.resolve(RunFolders.name(runId, askAgain));
    }
}
