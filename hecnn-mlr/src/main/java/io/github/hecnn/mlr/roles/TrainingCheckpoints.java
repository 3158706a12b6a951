package io.github.hecnn.mlr.roles;

import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.FolderLocks;
import io.github.hecnn.mlr.exchange.SealedFiles;
import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.recipe.TrainingState;
import io.github.hecnn.mlr.recipe.TrainingStateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How far the training of one job has come, in a folder: the encrypted weights of each iteration, the last state, and {@code
 * checkpoint.json}, which names them. Each iteration appears at once or not at all, so a process may end at any moment. Nothing in it is
 * secret. Not thread-safe.
 */
final class TrainingCheckpoints {
    private static final String HEAD = "checkpoint.json";
    private static final String STATES = "state-\\d+\\.bin";
    private static final String WEIGHTS = "weights-iteration-\\d+\\.ckks";
    private static final String FIX = "delete the folder to train from the start";

    private final Path folder;
    private final CkksSerializer serializer;

    TrainingCheckpoints(Path folder, CkksSerializer serializer) {
        this.folder = folder;
        this.serializer = serializer;
    }

    /** A checkpoint that was read. */
    record Checkpoint(CheckpointFile head, TrainingState<Ciphertext> state, List<List<Ciphertext>> weights) {}

    /**
     * The checkpoint of a job.
     *
     * @param runId of the job
     * @return null if there is none
     * @throws DataFormatException if it is damaged, or of another job
     */
    Checkpoint read(String runId) throws IOException {
        Path file = folder.resolve(HEAD);
        if (!Files.exists(file)) {
            return null;
        }
        CheckpointFile head = SealedJson.read(file, CheckpointFile.class, FIX);
        if (!head.runId().equals(runId)) {
            throw new DataFormatException("read " + file + ": expected a checkpoint of run " + runId
                    + ", found one of run " + head.runId() + "; choose another folder, or " + FIX);
        }
        SealedFiles files = new SealedFiles(folder, head.files(), FIX);
        List<List<Ciphertext>> weights = new ArrayList<>();
        try {
            for (int t = 1; t <= head.iterations(); t++) {
                weights.add(serializer.readCiphertexts(files.get(TrainingExchange.weights(t))));
            }
            TrainingState<Ciphertext> state = TrainingStateFile.read(files.get(state(head.iterations())), serializer);
            if (state.iteration() != weights.size() || head.iterationLevels().size() != weights.size()) {
                throw new DataFormatException("read " + file + ": expected a state after " + weights.size()
                        + " iterations, found one after " + state.iteration() + "; " + FIX);
            }
            return new Checkpoint(head, state, weights);
        } catch (HeException e) {
            throw new DataFormatException("read " + file + ": " + e.getMessage() + "; " + FIX, e);
        }
    }

    /**
     * Adds an iteration.
     *
     * @param head what is said about all iterations, with the files of the one before
     * @param state after the iteration
     * @param weights of the iteration
     * @return the head with the files of this one
     */
    CheckpointFile write(CheckpointFile head, TrainingState<Ciphertext> state, List<Ciphertext> weights)
            throws IOException {
        int t = state.iteration();
        List<FileSeal> seals = new ArrayList<>();
        head.files().stream().filter(s -> !s.name().matches(STATES)).forEach(seals::add);
        try (FileSet files = FileSet.in(folder)) {
            String name = TrainingExchange.weights(t);
            files.write(name, Access.USUAL, serializer.wireBytes(weights), out -> serializer.write(out, weights));
            seals.add(FileSeal.of(name, files.pending(name)));
            files.write(
                    state(t),
                    Access.USUAL,
                    TrainingStateFile.bytes(serializer, state),
                    out -> TrainingStateFile.write(out, serializer, state));
            seals.add(FileSeal.of(state(t), files.pending(state(t))));
            CheckpointFile made = new CheckpointFile(
                    head.runId(),
                    head.seconds(),
                    head.iterationSeconds(),
                    head.iterationLevels(),
                    head.keySwitches(),
                    head.lowestLevel(),
                    seals);
            files.write(HEAD, Access.USUAL, SealedJson.text(made));
            files.retire(Pattern.compile(STATES));
            files.commit();
            return made;
        }
    }

    /** Deletes the checkpoint of a job, if that is the one there. */
    @SuppressWarnings("try") // the lock is only held
    void delete(String runId) throws IOException {
        try (FolderLocks lock = new FolderLocks("cloud-train").write(folder)) {
            Path head = folder.resolve(HEAD);
            boolean own = Files.exists(head)
                    && SealedJson.read(head, CheckpointFile.class, FIX).runId().equals(runId);
            if (own) {
                try (FileSet files = FileSet.in(folder)) {
                    files.retire(Pattern.compile(Pattern.quote(HEAD) + "|" + STATES + "|" + WEIGHTS));
                    files.commit();
                }
            }
        }
    }

    private static String state(int iteration) {
        return "state-" + iteration + ".bin";
    }
}
