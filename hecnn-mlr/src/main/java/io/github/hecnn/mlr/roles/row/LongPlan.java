package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.ckks.bootstrap.BootstrapPrediction;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.ModulusChain;
import io.github.hecnn.ckks.serial.WireSizes;
import io.github.hecnn.mlr.plan.PlanRole;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.row.RowDataset;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import io.github.hecnn.mlr.roles.RoleMemory;
import java.util.Locale;

/**
 * What a long training will take, told before any key is made: seconds by the price list, bytes of files, memory of each role. Seconds are those of
 * the machine that the prices were measured on; bytes of data are exact, those of keys within a few percent, memory is what a role gets by with.
 * Immutable and thread-safe.
 */
public final class LongPlan {
    /** Part of an iteration that does not get faster with threads, as measured. */
    private static final double SERIAL = 0.12;

    /** Seconds to encode and encrypt a coefficient at one level, or to make one of a key. */
    private static final double ENCRYPTION = 22e-9;

    private static final double KEY = 25e-9;
    private static final long BASE_BYTES = 300L << 20;

    private final RowRecipe recipe;
    private final int iterations;
    private final RowParameters parameters;
    private final BootstrapPrediction refresh;
    private final double iterationCost;

    private LongPlan(
            RowRecipe recipe,
            int iterations,
            RowParameters parameters,
            BootstrapPrediction refresh,
            double iterationCost) {
        this.recipe = recipe;
        this.iterations = iterations;
        this.parameters = parameters;
        this.refresh = refresh;
        this.iterationCost = iterationCost;
    }

    /**
     * The plan of a recipe.
     *
     * @param recipe with refreshes
     * @param iterations to do
     * @param parameters of the recipe
     */
    static LongPlan of(RowRecipe recipe, int iterations, RowParameters parameters) {
        double cost = parameters.iterationSeconds(recipe);
        return new LongPlan(
                recipe, iterations, parameters, parameters.bootstrap().prediction(), cost);
    }

    /** {@return where everything is} */
    public RowLayout layout() {
        return recipe.layout();
    }

    /** {@return settings of the training} */
    public MlrConfig config() {
        return recipe.config();
    }

    /** {@return samples of a minibatch} */
    public int batch() {
        return recipe.batch();
    }

    /** {@return iterations to do} */
    public int iterations() {
        return iterations;
    }

    /**
     * {@return seconds of one iteration, the refresh included}
     *
     * @param threads that work
     */
    public double iterationSeconds(int threads) {
        return shared(iterationCost, threads);
    }

    /**
     * {@return seconds of the training}
     *
     * @param threads that work
     */
    public double trainingSeconds(int threads) {
        return iterations * iterationSeconds(threads);
    }

    /**
     * {@return seconds until keys and data are written}
     *
     * @param threads that work
     */
    public double preparationSeconds(int threads) {
        double keys = KEY * (refresh.keyBytes() + passKeyBytes()) / Double.BYTES;
        double data = ENCRYPTION * recipe.uploads() * (double) ringDegree() * (parameters.featureLevel() + 1);
        return shared(keys, threads) + data;
    }

    private static double shared(double seconds, int threads) {
        return seconds * (SERIAL + (1 - SERIAL) / Math.max(1, threads));
    }

    /** {@return bytes of the encrypted data} */
    public long uploadBytes() {
        return RowDataset.bytes(ckks(), recipe, parameters.featureLevel());
    }

    /** {@return bytes of the keys on the disk: seeds stand for one half, primes take their own bits} */
    public long keyBytes() {
        ModulusChain chain = ckks().chain();
        int primes = chain.dataPrimes().size() + chain.specialPrimes().size();
        double bits = (chain.logQ() + chain.logP()) / primes;
        return (long) ((refresh.keyBytes() + passKeyBytes()) * bits / (2 * Long.SIZE));
    }

    /** {@return bytes of the checkpoint after the last iteration, with all encrypted weights on their way there} */
    public long checkpointBytes() {
        WireSizes sizes = WireSizes.of(ckks());
        return kept(iterations) * gradientBytes(sizes, ckks()) + iterations * weightBytes(sizes);
    }

    /** Gradients that are kept at the same time; those that are gathered go when what they make is there. */
    static int kept(int iterations) {
        return iterations < RowRecipe.WINDOW ? iterations : RowRecipe.WINDOW + 2;
    }

    /** Of a refreshed gradient. */
    static long gradientBytes(WireSizes sizes, CkksParameters parameters) {
        return sizes.ciphertext(parameters.maxLevel(), 2, false);
    }

    /** Of the weights of an iteration. */
    static long weightBytes(WireSizes sizes) {
        return sizes.ciphertext(0, 2, false);
    }

    /** {@return bytes on the disk in all} */
    public long diskBytes() {
        return uploadBytes() + keyBytes() + checkpointBytes();
    }

    /**
     * Memory that a role gets by with.
     *
     * @param role {@link PlanRole#ENCRYPT}, {@link PlanRole#TRAIN} or {@link PlanRole#DECRYPT}; any other takes that of the first
     * @return bytes of heap
     */
    public long memoryBytes(PlanRole role) {
        return switch (role) {
            case TRAIN -> trainBytes();
            case DECRYPT -> BASE_BYTES;
            default ->
                BASE_BYTES
                        + RoleMemory.dataBytes(config().samples(), config().features())
                        + Math.max(refresh.keyBytes(), passKeyBytes())
                        + 2L * layout().babySteps() * ciphertextBytes(parameters.featureLevel());
        };
    }

    /**
     * Memory of a training whose gradients are taken elsewhere: keys of the backward pass, three partial gradients, and refreshes.
     *
     * @param refreshes whether these are done elsewhere, too
     * @return bytes of heap
     */
    public long memoryBytesWithout(boolean refreshes) {
        RowLayout layout = layout();
        long products = 3L * layout.groups() * layout.babySteps();
        long partial = products * (parameters.errorLevel() + 1) * ringDegree() * Double.BYTES;
        long gradients = (iterations + 1L) * ciphertextBytes(ckks().maxLevel());
        long keys = parameters.backwardKeyBytes() + (refreshes ? 0 : refresh.keyBytes() + refresh.tableBytes());
        return BASE_BYTES + (keys + gradients + 3 * partial) * 11 / 10;
    }

    private long trainBytes() {
        RowLayout layout = layout();
        int level = parameters.featureLevel();
        int low = parameters.errorLevel();
        long keys = refresh.keyBytes() + refresh.tableBytes() + passKeyBytes();
        long gradients = (kept(iterations) + 1L) * ciphertextBytes(ckks().maxLevel());
        long block = layout.complexFeatures() * ciphertextBytes(low) + 3L * layout.babySteps() * ciphertextBytes(level);
        long turned = (long) layout.groups() * (layout.babySteps() + layout.giantSteps()) * ciphertextBytes(level)
                + 2L * layout.groups() * (layout.babySteps() + layout.giantSteps()) * ciphertextBytes(low);
        return BASE_BYTES + (keys + gradients + block + turned) * 11 / 10;
    }

    private long passKeyBytes() {
        return parameters.keyBytes();
    }

    private long ciphertextBytes(int level) {
        return 2L * (level + 1) * ringDegree() * Double.BYTES;
    }

    private int ringDegree() {
        return 2 * recipe.slots();
    }

    private CkksParameters ckks() {
        return parameters.bootstrap().ckksParameters();
    }

    RowRecipe recipe() {
        return recipe;
    }

    RowParameters parameters() {
        return parameters;
    }

    /**
     * A table for people.
     *
     * @param threads that will work
     * @return lines of name and value
     */
    public String table(int threads) {
        StringBuilder out = new StringBuilder();
        line(out, "layout", layout().toString());
        line(
                out,
                "minibatches",
                batch() + " samples, " + config().samples() / batch() + " an epoch; " + iterations + " iterations");
        line(out, "parameters", ckks().toString());
        line(out, "steps", config().learningRate() + " times the quadratic gradient");
        line(
                out,
                "preparation",
                String.format(Locale.ROOT, "about %.0f s on %d threads", preparationSeconds(threads), threads));
        line(
                out,
                "training",
                String.format(
                        Locale.ROOT,
                        "about %.0f s on %d threads, %.1f s an iteration",
                        trainingSeconds(threads),
                        threads,
                        iterationSeconds(threads)));
        line(
                out,
                "memory",
                String.format(
                        Locale.ROOT,
                        "%.2f GB to encrypt, %.2f GB to train",
                        memoryBytes(PlanRole.ENCRYPT) / 1e9,
                        memoryBytes(PlanRole.TRAIN) / 1e9));
        line(
                out,
                "upload",
                String.format(
                        Locale.ROOT, "%.2f GB of data, about %.2f GB of keys", uploadBytes() / 1e9, keyBytes() / 1e9));
        line(
                out,
                "disk",
                String.format(
                        Locale.ROOT,
                        "about %.2f GB, of which %.2f GB are the checkpoint",
                        diskBytes() / 1e9,
                        checkpointBytes() / 1e9));
        return out.toString();
    }

    private static void line(StringBuilder out, String name, String value) {
        out.append(String.format(Locale.ROOT, "%-12s %s%n", name, value));
    }

    @Override
    public String toString() {
        return recipe + ", " + iterations + " iterations, " + ckks();
    }
}
