package io.github.hecnn.mlr.roles.row;

/** Names of the files of a run, and what to do when one is wrong. */
final class LongFiles {
    static final String FORWARD_KEYS = "forward-keys.bin";
    static final String BACKWARD_KEYS = "backward-keys.bin";
    static final String BOOTSTRAP_KEYS = "bootstrap-keys.bin";

    /** The manifest of the data set, in the folder of the run. */
    static final String DATASET = "dataset.json";

    static final String REPORT = "cloud-report.json";
    static final String QUESTION = "question.json";
    static final String ASK_AGAIN = "have the data owner prepare the job again (LongOwner.write)";
    static final String TRAIN_AGAIN = "have the cloud train again (LongCloud.train)";

    private LongFiles() {}

    static String weights(int iteration) {
        return String.format("weights-%05d.ckks", iteration);
    }

    static String answer(int iteration) {
        return String.format("answer-%05d.json", iteration);
    }
}
