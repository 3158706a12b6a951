package io.github.hecnn.mlr.exchange;

import io.github.hecnn.mlr.data.DataFormatException;
import java.util.regex.Pattern;

/** Names of the folders of runs: files of two runs can lie side by side, and the job file says whose turn it is. */
final class RunFolders {
    private static final String PREFIX = "run-";
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,40}");

    private RunFolders() {}

    /**
     * The name of a run's folder.
     *
     * @param runId of a job, perhaps a stranger's
     * @param fix said at the end of an error
     * @throws DataFormatException if {@link ExchangeFolder#newRun} did not make it
     */
    static String name(String runId, String fix) {
        if (!ID.matcher(runId).matches()) {
            throw new DataFormatException("job: expected a run of letters, digits and -, found '"
                    + runId.replaceAll("\\p{Cntrl}", " ") + "'; " + fix);
        }
        return PREFIX + runId;
    }

    /**
     * Names of all runs' files but one's, to retire them.
     *
     * @param current the run that stays
     * @param names pattern of the names inside a run's folder
     */
    static Pattern others(String current, String names) {
        // Older versions had the files without a folder.
        return Pattern.compile(
                "(?!" + Pattern.quote(PREFIX + current) + "/)(" + PREFIX + "[0-9A-Za-z-]{1,40}/)?(" + names + ")");
    }
}
