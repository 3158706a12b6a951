package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.ExchangeProtocol;
import io.github.hecnn.mlr.exchange.RunFile;
import java.nio.file.Path;

/** What lies where in the folder that owner and cloud share. */
final class LongExchange {
    static final String FORWARD_KEYS = "forward-keys.bin";
    static final String BACKWARD_KEYS = "backward-keys.bin";
    static final String BOOTSTRAP_KEYS = "bootstrap-keys.bin";

    /** The manifest of the data set, in the folder of the run. */
    static final String DATASET = "dataset.json";

    static final String REPORT = "cloud-report.json";
    static final String QUESTION = "question.json";
    static final String ASK_AGAIN = "have the data owner prepare the job again (LongOwner.write)";
    static final String TRAIN_AGAIN = "have the cloud train again (LongCloud.train)";

    private LongExchange() {}

    static ExchangeFolder<LongJobFile, LongResultFile> in(Path folder) {
        return new ExchangeFolder<>(
                folder,
                new ExchangeProtocol<>(
                        LongJobFile.class,
                        LongResultFile.class,
                        REPORT,
                        "(forward|backward|bootstrap|evaluation)-keys\\.bin|parameters\\.bin|(weights|input)-[a-z0-9-]+\\.ckks"
                                + "|block-\\d+-part-\\d+\\.ckks|(dataset|question|cloud-report)\\.json|answer-\\d+\\.json",
                        ASK_AGAIN,
                        TRAIN_AGAIN));
    }

    /** The folder of a run, with the blocks of its data. */
    static Path runFolder(Path exchange, RunFile run) {
        return in(exchange).file(run, DATASET).getParent();
    }

    static String weights(int iteration) {
        return String.format("weights-%05d.ckks", iteration);
    }

    static String answer(int iteration) {
        return String.format("answer-%05d.json", iteration);
    }
}
