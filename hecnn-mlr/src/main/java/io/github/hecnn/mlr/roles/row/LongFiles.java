package io.github.hecnn.mlr.roles.row;

import java.nio.file.Path;
import java.util.Locale;

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

    /** Where the asker keeps what it takes to read answers, or shares questions and answers. */
    static Path questions(Path folder) {
        return folder.resolve("questions");
    }

    /** Keys to answer with. */
    static Path served(Path exchange) {
        return exchange.resolve("serving-keys");
    }

    static String weights(int iteration) {
        return String.format(Locale.ROOT, "weights-%05d.ckks", iteration);
    }

    static String answer(int iteration) {
        return String.format(Locale.ROOT, "answer-%05d.json", iteration);
    }
}
