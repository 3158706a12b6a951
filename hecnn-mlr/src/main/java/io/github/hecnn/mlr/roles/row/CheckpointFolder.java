package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.RunFile;
import io.github.hecnn.mlr.exchange.SealedFiles;
import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.recipe.TrainingState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The state of a training in a folder: a file for each refreshed gradient, written once, and {@code checkpoint.json}, which names them with
 * checksums and has the public factors. A step writes one gradient and that small file, last and by renaming: whatever happens, the folder holds
 * the state after the earlier step or after the later one. It holds nothing that the uploads do not: no key, no number of the data.
 *
 * <p>Not thread-safe.
 */
final class CheckpointFolder {
    static final String HEAD = "checkpoint.json";
    private static final String FIX =
            "choose another checkpoint folder to train from the start, or copy the files again";

    private final Path folder;
    private final CkksSerializer serializer;
    /** Files of the terms of the last state, by identity: a term never changes. */
    private IdentityHashMap<List<Ciphertext>, FileSeal> written = new IdentityHashMap<>();

    /**
     * What a checkpoint says about itself.
     *
     * @param runId of the job
     * @param dataset checksum of the manifest of its data
     * @param iteration iterations done
     * @param cursor blocks read so far
     * @param settingsHash of what decides on the course of the training
     * @param stepped multiples of the terms that add up to the stepped weights
     * @param extrapolated the same for the extrapolated weights
     * @param iterationSeconds of each iteration
     * @param weights files with the encrypted weights of each iteration, in the folder of the run
     * @param files of the terms
     */
    public record Head(
            String runId,
            String dataset,
            int iteration,
            long cursor,
            long settingsHash,
            List<Double> stepped,
            List<Double> extrapolated,
            List<Double> iterationSeconds,
            List<FileSeal> weights,
            List<FileSeal> files)
            implements RunFile {
        /**
         * Copies the lists; as it comes from a file, nothing may be missing.
         *
         * @param runId of the job
         * @param dataset checksum of the manifest of its data
         * @param iteration iterations done
         * @param cursor blocks read so far
         * @param settingsHash of what decides on the course of the training
         * @param stepped multiples of the terms that add up to the stepped weights
         * @param extrapolated the same for the extrapolated weights
         * @param iterationSeconds of each iteration
         * @param weights files with the encrypted weights of each iteration, in the folder of the run
         * @param files of the terms
         */
        public Head {
            Objects.requireNonNull(runId, "runId");
            Objects.requireNonNull(dataset, "dataset");
            stepped = List.copyOf(stepped);
            extrapolated = List.copyOf(extrapolated);
            iterationSeconds = List.copyOf(iterationSeconds);
            weights = List.copyOf(weights);
            files = List.copyOf(files);
        }
    }

    CheckpointFolder(Path folder, CkksSerializer serializer) {
        this.folder = folder;
        this.serializer = serializer;
    }

    boolean isThere() {
        return Files.exists(folder.resolve(HEAD));
    }

    /**
     * What is there.
     *
     * @throws DataFormatException if it is damaged, or of another job or data set
     */
    Head head(LongJobFile job) throws IOException {
        Head head = SealedJson.read(folder.resolve(HEAD), Head.class, FIX);
        if (!head.runId().equals(job.runId())
                || !head.dataset().equals(job.dataset().sha256())) {
            throw new DataFormatException("read " + folder.resolve(HEAD) + ": expected a checkpoint of run "
                    + job.runId() + ", found one of run " + head.runId()
                    + (head.runId().equals(job.runId()) ? " with other data" : "")
                    + "; choose another checkpoint folder, or give the job that it belongs to");
        }
        if (head.iteration() < 1
                || head.iteration() > job.mostIterations()
                || head.weights().size() != head.iteration()
                || head.iterationSeconds().size() != head.iteration()) {
            throw new DataFormatException("read " + folder.resolve(HEAD) + ": expected weights and times of 1.."
                    + job.mostIterations() + " iterations, found "
                    + head.weights().size() + " and "
                    + head.iterationSeconds().size() + " of " + head.iteration() + "; " + FIX);
        }
        return head;
    }

    /**
     * The state, equal bit by bit.
     *
     * @throws DataFormatException if a file is missing, damaged or foreign
     */
    TrainingState<Ciphertext> read(Head head) throws IOException {
        SealedFiles files = new SealedFiles(folder, head.files(), FIX);
        IdentityHashMap<List<Ciphertext>, FileSeal> read = new IdentityHashMap<>();
        List<List<Ciphertext>> terms = new ArrayList<>();
        for (FileSeal seal : head.files()) {
            List<Ciphertext> term = List.copyOf(serializer.readCiphertexts(files.get(seal.name())));
            terms.add(term);
            read.put(term, seal);
        }
        written = read;
        try {
            return new TrainingState<>(
                    head.iteration(),
                    head.cursor(),
                    head.settingsHash(),
                    false,
                    terms,
                    head.stepped(),
                    head.extrapolated());
        } catch (IllegalArgumentException e) {
            throw new DataFormatException("read " + folder.resolve(HEAD) + ": " + e.getMessage() + "; " + FIX, e);
        }
    }

    /** Writes a state: the terms that are new, then the head. */
    void write(LongJobFile job, TrainingState<Ciphertext> state, List<Double> iterationSeconds, List<FileSeal> weights)
            throws IOException {
        Files.createDirectories(folder);
        IdentityHashMap<List<Ciphertext>, FileSeal> now = new IdentityHashMap<>();
        List<FileSeal> seals = new ArrayList<>();
        for (int i = 0; i < state.terms().size(); i++) {
            List<Ciphertext> term = state.terms().get(i);
            FileSeal seal = written.get(term);
            if (seal == null) {
                String name = String.format(Locale.ROOT, "gradient-%05d-%05d.ckks", state.iteration(), i);
                Path file = folder.resolve(name);
                serializer.write(file, term);
                seal = FileSeal.of(name, file);
            }
            now.put(term, seal);
            seals.add(seal);
        }
        Head head = new Head(
                job.runId(),
                job.dataset().sha256(),
                state.iteration(),
                state.cursor(),
                state.settingsHash(),
                state.stepped(),
                state.extrapolated(),
                iterationSeconds,
                weights,
                seals);
        byte[] text = SealedJson.text(head).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(folder.resolve(HEAD), Access.USUAL, text.length, out -> out.write(text));
        written = now;
        deleteOthers(seals);
    }

    /** Gradients of no state: gathered since, or of a step whose head was never written. */
    private void deleteOthers(List<FileSeal> kept) throws IOException {
        Set<String> names = new HashSet<>();
        kept.forEach(seal -> names.add(seal.name()));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "gradient-*.ckks")) {
            for (Path file : files) {
                if (!names.contains(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Bytes of the state that was read or written last. */
    long bytes() {
        return written.values().stream().mapToLong(FileSeal::bytes).sum();
    }
}
