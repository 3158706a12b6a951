package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.ExchangeProtocol;
import io.github.hecnn.mlr.exchange.RunFile;
import java.nio.file.Path;

/** What lies where in the folder that owner and cloud share. */
final class LongExchange {
    private LongExchange() {}

    static ExchangeFolder<LongJobFile, LongResultFile> in(Path folder) {
        return new ExchangeFolder<>(
                folder,
                new ExchangeProtocol<>(
                        LongJobFile.class,
                        LongResultFile.class,
                        LongFiles.REPORT,
                        "(forward|backward|bootstrap|evaluation)-keys\\.bin|parameters\\.bin|(weights|input)-[a-z0-9-]+\\.ckks"
                                + "|block-\\d+-part-\\d+\\.ckks|(dataset|question|cloud-report)\\.json|answer-\\d+\\.json",
                        LongFiles.ASK_AGAIN,
                        LongFiles.TRAIN_AGAIN));
    }

    /** The folder of a run, with the blocks of its data. */
    static Path runFolder(Path exchange, RunFile run) {
        return in(exchange).file(run, LongFiles.DATASET).getParent();
    }
}
