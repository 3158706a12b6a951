package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.mlr.dataset.DatasetFiles;
import io.github.hecnn.mlr.dataset.EncryptedDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/**
 * The blocks of a row recipe in an {@link EncryptedDataset}: a part for every giant step, and one for the targets. A block is read once an iteration,
 * the next part on a thread of its own while one is worked on; for the backward pass only the limbs that it needs stay in memory.
 *
 * <p>Thread-safe; to be closed, which ends that thread.
 */
public final class RowDataset implements IntFunction<RowBlock<Ciphertext>>, AutoCloseable {
    private final RowRecipe recipe;
    private final EncryptedDataset dataset;
    private final SlotAlgebra<Ciphertext> algebra;
    private final int errorLevel;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(r -> {
        Thread t = new Thread(r, "hecnn-row-dataset");
        t.setDaemon(true);
        return t;
    });

    private RowDataset(RowRecipe recipe, EncryptedDataset dataset, SlotAlgebra<Ciphertext> algebra, int featureLevel) {
        this.recipe = recipe;
        this.dataset = dataset;
        this.algebra = algebra;
        errorLevel =
                featureLevel - 1 - RowSteps.polynomialLevels(recipe.config().sigmoid());
    }

    /**
     * Owner: encrypts and writes, one part in memory at a time.
     *
     * @param folder of the data set
     * @param context context of the ciphertexts
     * @param job whose data it is, in words that owner and cloud know
     * @param recipe with refreshes
     * @param inputs what {@link RowRecipe#encodeInputs} gives
     * @param featureLevel level of features, which have the canonical scale there
     * @param encrypt encrypts a vector at a level, at the canonical scale there
     * @return the data set
     * @throws IOException if it cannot be written
     */
    public static EncryptedDataset write(
            Path folder,
            CkksContext context,
            String job,
            RowRecipe recipe,
            List<PlainVector> inputs,
            int featureLevel,
            BiFunction<PlainVector, Integer, Ciphertext> encrypt)
            throws IOException {
        int[] counts = counts(recipe);
        EncryptedDataset.Writer writer =
                new EncryptedDataset.Writer(folder, context, name(job, recipe), recipe.blocks(), counts.length);
        int next = 0;
        for (int block = 0; block < recipe.blocks(); block++) {
            for (int part = 0; part < counts.length; part++) {
                List<Ciphertext> values = new ArrayList<>(counts[part]);
                for (int i = 0; i < counts[part]; i++, next++) {
                    values.add(encrypt.apply(inputs.get(next), recipe.uploadLevel(next, featureLevel)));
                }
                writer.write(block, part, values);
            }
        }
        return writer.finish();
    }

    /**
     * {@return bytes that {@link #write} will write, exact but for the manifest}
     *
     * @param parameters of the ciphertexts
     * @param recipe with refreshes
     * @param featureLevel level of features, which have the canonical scale there
     */
    public static long bytes(CkksParameters parameters, RowRecipe recipe, int featureLevel) {
        int[] counts = counts(recipe);
        int[] levels = new int[counts.length];
        Arrays.fill(levels, featureLevel);
        levels[levels.length - 1] = recipe.uploadLevel(recipe.layout().complexFeatures(), featureLevel);
        return EncryptedDataset.bytes(parameters, recipe.blocks(), counts, levels);
    }

    /** Files of a data set: a part of each block for every giant step, and one for the targets. */
    static long files(RowLayout layout, int samples) {
        return (long) layout.blocks(samples) * (layout.giantSteps() + 1);
    }

    private static int[] counts(RowRecipe recipe) {
        int[] counts = new int[recipe.layout().giantSteps() + 1];
        Arrays.fill(counts, recipe.layout().babySteps());
        counts[counts.length - 1] = recipe.layout().groups();
        return counts;
    }

    /**
     * {@return what a data set is called in its manifest}
     *
     * @param job whose data it is, in words that owner and cloud know
     * @param recipe that of the owner
     */
    public static String name(String job, RowRecipe recipe) {
        return job + ": " + recipe + ", " + recipe.config().samples() + " samples of "
                + recipe.config().classes() + " classes";
    }

    /**
     * Cloud: opens what {@link #write} wrote.
     *
     * @param folder of the data set
     * @param context context of the ciphertexts
     * @param job as the owner called it
     * @param recipe that of the owner
     * @param algebra that of the forward pass
     * @param featureLevel level of features, which have the canonical scale there
     * @return the blocks, for {@link RowRecipe#design(RowAlgebras, IntFunction, int)}
     * @throws IOException if the manifest cannot be read
     * @throws io.github.hecnn.mlr.data.DataFormatException as {@link EncryptedDataset#open(Path, CkksContext, String)}
     */
    public static RowDataset open(
            Path folder,
            CkksContext context,
            String job,
            RowRecipe recipe,
            SlotAlgebra<Ciphertext> algebra,
            int featureLevel)
            throws IOException {
        return new RowDataset(recipe, EncryptedDataset.open(folder, context, name(job, recipe)), algebra, featureLevel);
    }

    /**
     * Cloud: opens what {@link #write} wrote and somebody put anywhere. Reads the manifest only.
     *
     * @param files those of the data set
     * @param context context of the ciphertexts
     * @param job as the owner called it
     * @param recipe that of the owner
     * @param algebra that of the forward pass
     * @param featureLevel level of features, which have the canonical scale there
     * @return the blocks
     * @throws IOException if the manifest cannot be read
     * @throws io.github.hecnn.mlr.data.DataFormatException as {@link EncryptedDataset#open(DatasetFiles, CkksContext, String)}
     */
    public static RowDataset open(
            DatasetFiles files,
            CkksContext context,
            String job,
            RowRecipe recipe,
            SlotAlgebra<Ciphertext> algebra,
            int featureLevel)
            throws IOException {
        return new RowDataset(recipe, EncryptedDataset.open(files, context, name(job, recipe)), algebra, featureLevel);
    }

    /** {@return what is on the disk} */
    public EncryptedDataset dataset() {
        return dataset;
    }

    @Override
    public RowBlock<Ciphertext> apply(int block) {
        return new Block(block);
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }

    private CompletableFuture<List<Ciphertext>> reading(int block, int part) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return dataset.read(block, part);
                    } catch (IOException e) {
                        throw new UncheckedIOException(
                                "read block " + block + ", part " + part + " of " + dataset + ": " + e.getMessage(), e);
                    }
                },
                reader);
    }

    private static List<Ciphertext> get(CompletableFuture<List<Ciphertext>> part) {
        try {
            return part.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** For one iteration, in which giant steps come in falling order. */
    private final class Block implements RowBlock<Ciphertext> {
        private final int block;
        private final List<List<Ciphertext>> low;
        private int readingPart = -1;
        private CompletableFuture<List<Ciphertext>> ahead;

        Block(int block) {
            this.block = block;
            low = new ArrayList<>(Collections.nCopies(recipe.layout().giantSteps(), null));
        }

        @Override
        public synchronized List<Ciphertext> ofGiantStep(int giantStep) {
            List<Ciphertext> values = get(readingPart == giantStep ? ahead : reading(block, giantStep));
            readingPart = giantStep - 1;
            ahead = giantStep > 0 ? reading(block, readingPart) : null;
            List<Ciphertext> kept = new ArrayList<>(values.size());
            for (Ciphertext c : values) {
                kept.add(algebra.dropLimbs(c, errorLevel));
            }
            low.set(giantStep, kept);
            return values;
        }

        @Override
        public synchronized List<Ciphertext> ofBabyStep(int babyStep) {
            List<Ciphertext> out = new ArrayList<>(low.size());
            for (int a = low.size() - 1; a >= 0; a--) {
                if (low.get(a) == null) {
                    ofGiantStep(a);
                }
            }
            for (List<Ciphertext> values : low) {
                out.add(values.get(babyStep));
            }
            return out;
        }

        @Override
        public List<Ciphertext> targets() {
            return get(reading(block, recipe.layout().giantSteps()));
        }
    }
}
