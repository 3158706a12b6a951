package io.github.hecnn.cli.train;

import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.FolderLocks;
import io.github.hecnn.mlr.exchange.OwnFolder;
import io.github.hecnn.mlr.roles.JobFile;
import io.github.hecnn.mlr.roles.OwnerFile;
import io.github.hecnn.mlr.roles.ResultFile;
import io.github.hecnn.mlr.roles.TrainingExchange;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The output folder: reports and weights in it, {@code exchange/} for owner and cloud, {@code owner/} for the owner alone.
 *
 * @param out where it is
 */
record RunFolder(Path out) {
    /** Said when something of the owner's is wrong. */
    static final String AGAIN_ENCRYPT = "run --role owner-encrypt again";

    /** Said when something of the cloud's is wrong. */
    static final String AGAIN_TRAIN = "run --role cloud-train again";

    /** What owner and cloud share. */
    ExchangeFolder<JobFile, ResultFile> exchange() {
        return TrainingExchange.in(out.resolve("exchange"), AGAIN_ENCRYPT, AGAIN_TRAIN);
    }

    /** What the cloud never gets. */
    OwnFolder<OwnerFile> own() {
        return OwnerFile.in(out.resolve("owner"), AGAIN_ENCRYPT);
    }

    /** The cloud touches the exchange folder only. */
    FolderLocks locks(RoleChoice role, boolean rehearse) throws IOException {
        FolderLocks locks = new FolderLocks(rehearse ? "rehearsal" : RoleChoice.word(role));
        Path shared = exchange().path();
        if (role == RoleChoice.CLOUD_TRAIN) {
            FileSet.requireWritable(out);
            return locks.read(shared);
        }
        locks.write(out);
        if (rehearse) {
            return locks;
        }
        Path owner = own().path();
        return role == RoleChoice.OWNER_DECRYPT
                ? locks.read(owner).read(shared)
                : locks.write(owner).write(shared);
    }
}
