package io.github.hecnn.spark;

import io.github.hecnn.ckks.bootstrap.BootstrapKeys;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.bootstrap.Bootstrapper;
import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.core.files.Sha256;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.row.RowAlgebras;
import io.github.hecnn.mlr.recipe.row.RowDataset;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * A training in an executor process: tables, expanded keys and the data set, for all of its tasks. Weights are decoded once an iteration, so that what
 * {@link EncryptedDesign#partial} makes of them once serves all partitions. Thread-safe.
 */
final class ExecutorJob implements AutoCloseable {
    private final RowWork work;
    private final HadoopFiles files;
    private final WorkerPool workers;
    private final CkksContext context;
    private final CkksSerializer serializer;
    private final RowAlgebras<Ciphertext> algebras;
    private final RowDataset blocks;
    private final EncryptedDesign<Ciphertext> design;
    private final long keyBytes;

    private long switchesTaken;
    private long weightsOf = -1;
    private List<Ciphertext> weights;
    /** Null until a refresh is asked for. */
    private CkksSlotAlgebra refreshing;

    private ExecutorJob(
            RowWork work,
            HadoopFiles files,
            WorkerPool workers,
            CkksContext context,
            RowAlgebras<Ciphertext> algebras,
            RowDataset blocks,
            EncryptedDesign<Ciphertext> design) {
        this.work = work;
        this.files = files;
        this.workers = workers;
        this.context = context;
        serializer = new CkksSerializer(context);
        this.algebras = algebras;
        this.blocks = blocks;
        this.design = design;
        keyBytes = files.takeRead();
    }

    /**
     * Reads and expands the keys.
     *
     * @throws IllegalArgumentException if this process has too little memory, before anything is read
     * @throws IOException if a file cannot be read
     * @throws DataFormatException if a file is missing, damaged or not that of the job
     */
    static ExecutorJob load(RowWork work, Configuration configuration) throws IOException {
        RowRecipe recipe = work.recipe();
        RowParameters parameters = RowParameters.of(recipe, work.security());
        ExecutorMemory.require(
                "executor",
                ExecutorMemory.of(recipe, parameters, work.tasks(), work.refreshes()),
                Runtime.getRuntime().maxMemory());
        HadoopFiles files = new HadoopFiles(work.folder(), configuration);
        WorkerPool workers = WorkerPool.ofThreads(work.threads());
        try {
            CkksContext context = CkksContext.create(parameters.bootstrap().ckksParameters(), workers);
            CkksContext forward = parameters.forwardContext(context);
            CkksContext backward = parameters.backwardContext(context);
            RowAlgebras<Ciphertext> algebras = parameters.algebras(
                    context, keys(files, work.forwardKeys(), forward), keys(files, work.backwardKeys(), backward));
            checked(files, work.manifest(), in -> null);
            RowDataset blocks = RowDataset.open(
                    files, context, work.dataset(), recipe, algebras.forward(), parameters.featureLevel());
            return new ExecutorJob(
                    work,
                    files,
                    workers,
                    context,
                    algebras,
                    blocks,
                    recipe.design(algebras, blocks, parameters.featureLevel()));
        } catch (IOException | RuntimeException | Error e) {
            workers.close();
            throw e;
        }
    }

    private static EvaluationKeys keys(HadoopFiles files, RowWork.Sealed sealed, CkksContext context)
            throws IOException {
        CkksSerializer serializer = new CkksSerializer(context);
        return checked(files, sealed, serializer::readEvaluationKeys);
    }

    /** Reads one stream. */
    private interface Reader<T> {
        T read(InputStream in) throws IOException;
    }

    /** Reads a file that has to be the one the job names. */
    private static <T> T checked(HadoopFiles files, RowWork.Sealed sealed, Reader<T> reader) throws IOException {
        String name = sealed.name();
        try (Sha256.Reading in = new Sha256.Reading(files.open(name))) {
            T value = null;
            HeException foreign = null;
            try {
                value = reader.read(in);
            } catch (HeException e) {
                foreign = e;
            }
            String sha256 = in.finish();
            FileSeal found = new FileSeal(name, in.bytes(), sha256);
            if (foreign != null || !found.equals(sealed.seal())) {
                throw new DataFormatException(
                        "read " + files + "/" + name + ": expected the file that the job names, found "
                                + (found.bytes() == sealed.bytes() ? "a damaged or foreign one" : "another length")
                                + "; copy the folder of the run again",
                        foreign);
            }
            return value;
        } catch (NoSuchFileException e) {
            throw new DataFormatException(
                    "read " + files + "/" + name + ": expected a file, found none; copy the folder of the run to where"
                            + " executors read it",
                    e);
        }
    }

    /** Of the context of the training. */
    CkksSerializer serializer() {
        return serializer;
    }

    /** Bytes of keys and manifest that were read. */
    long keyBytes() {
        return keyBytes;
    }

    /** Bytes of blocks read since the last call. */
    long takeBlockBytes() {
        return files.takeRead();
    }

    /** Key switches since the last call. */
    synchronized long takeKeySwitches() {
        long all = algebras.forward().counts().keySwitches()
                + algebras.backward().counts().keySwitches();
        long since = all - switchesTaken;
        switchesTaken = all;
        return since;
    }

    /**
     * The partial gradient of some blocks.
     *
     * @param number one for each iteration
     * @param at weights of that iteration
     */
    WireCiphertexts partial(List<Integer> of, long number, WireCiphertexts at, double factor) {
        EncryptedDesign.Partial<Ciphertext> sum = design.partial(of, weights(number, at), factor);
        return WireCiphertexts.of(sum.products(), serializer);
    }

    private synchronized List<Ciphertext> weights(long number, WireCiphertexts at) {
        if (weightsOf != number) {
            weights = at.values(serializer);
            weightsOf = number;
        }
        return weights;
    }

    /** The sum of two partial gradients; exact, so in any grouping. */
    WireCiphertexts sum(WireCiphertexts a, WireCiphertexts b) {
        return WireCiphertexts.of(design.arithmetic().sum(a.values(serializer), b.values(serializer)), serializer);
    }

    /**
     * Refreshed ciphertexts.
     *
     * @param keysRead hears of bytes of keys, if they had to be read
     * @throws IOException if the file of the keys cannot be read
     * @throws DataFormatException if it is missing, damaged or not that of the job
     */
    WireCiphertexts refresh(WireCiphertexts values, KeyListener keysRead) throws IOException {
        CkksSlotAlgebra algebra = refreshing(keysRead);
        List<Ciphertext> out = new ArrayList<>();
        for (Ciphertext value : values.values(serializer)) {
            out.add(algebra.refresh(value));
        }
        return WireCiphertexts.of(out, serializer);
    }

    private synchronized CkksSlotAlgebra refreshing(KeyListener keysRead) throws IOException {
        if (refreshing == null) {
            BootstrapParameters parameters =
                    RowParameters.of(work.recipe(), work.security()).bootstrap();
            BootstrapKeys keys =
                    checked(files, work.bootstrapKeys(), in -> serializer.readBootstrapKeys(in, parameters));
            keysRead.keysRead(files.takeRead());
            refreshing = new CkksSlotAlgebra(
                    new Evaluator(context, EvaluationKeys.none()), new Bootstrapper(context, parameters, keys));
        }
        return refreshing;
    }

    @Override
    public void close() {
        blocks.close();
        workers.close();
    }
}
