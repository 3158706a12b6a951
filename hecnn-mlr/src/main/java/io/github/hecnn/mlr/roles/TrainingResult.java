package io.github.hecnn.mlr.roles;

import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.mlr.exchange.AnswerWriter;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.FolderLocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the cloud gives back: the encrypted weights after each iteration, each at the level where its iteration ends and at the canonical
 * scale of that level, and what they took. {@link DataOwner#open} decrypts it. Immutable
 * and thread-safe.
 */
public final class TrainingResult {
    private final ResultFile account;
    private final CkksContext context;
    private final List<List<Ciphertext>> weights;
    private final double seconds;
    /** Obsolete once this is written; null if there are none. */
    private final TrainingCheckpoints checkpoints;

    TrainingResult(
            ResultFile account,
            CkksContext context,
            List<List<Ciphertext>> weights,
            double seconds,
            TrainingCheckpoints checkpoints) {
        this.account = account;
        this.context = context;
        this.weights = weights.stream().map(List::copyOf).toList();
        this.seconds = seconds;
        this.checkpoints = checkpoints;
    }

    /** {@return the job it answers} */
    public String runId() {
        return account.runId();
    }

    /** {@return what the training took} */
    public ResultFile account() {
        return account;
    }

    /** {@return the encrypted weights after each iteration} */
    public List<List<Ciphertext>> weights() {
        return weights;
    }

    /**
     * Writes it beside its job, and deletes its checkpoint, which has served.
     *
     * @param folder that owner and cloud share
     * @throws UncheckedIOException if it cannot be written, or another run works in the folder; what was there is then as it was
     */
    @SuppressWarnings("try") // the lock is only held
    public void write(Path folder) {
        try (FolderLocks lock = new FolderLocks("cloud-train").write(folder)) {
            write(TrainingExchange.in(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * The same in a folder whose lock the caller has.
     *
     * @param exchange the folder that both sides share
     * @throws IOException if a file cannot be written
     */
    public void write(ExchangeFolder<JobFile, ResultFile> exchange) throws IOException {
        long start = System.nanoTime();
        CkksSerializer serializer = new CkksSerializer(context);
        try (AnswerWriter<ResultFile> writer = new AnswerWriter<>(exchange, runId())) {
            for (int t = 1; t <= weights.size(); t++) {
                List<Ciphertext> some = weights.get(t - 1);
                writer.share(
                        TrainingExchange.weights(t), serializer.wireBytes(some), out -> serializer.write(out, some));
            }
            writer.commit(seals -> account.with(seals, seconds + (System.nanoTime() - start) * 1e-9));
        }
        if (checkpoints != null) {
            checkpoints.delete(runId());
        }
    }

    @Override
    public String toString() {
        return "result of " + runId() + ": " + weights.size() + " iterations";
    }
}
