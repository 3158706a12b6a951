package io.github.hecnn.mlr.exchange;

import java.util.List;

/** What one side says about its part of a run: a record that {@link SealedJson} writes and reads. */
public interface RunFile {
    /** {@return the run it belongs to, as named by whoever asked} */
    String runId();

    /** {@return the files that go with it, in the folder of the run} */
    List<FileSeal> files();
}
