package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.mlr.dataset.EncryptedDataset;
import io.github.hecnn.mlr.recipe.MlrConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToLongFunction;

/** Finds the group width and the baby steps of a row training that cost least. Deterministic, immutable and thread-safe. */
public final class RowSearch {
    private final MlrConfig config;
    private final int slots;
    private final int featureLevel;
    private final RowPrices prices;
    private final int sigmoidRelinearizations;
    private final int executors;

    /**
     * A search.
     *
     * @param config settings
     * @param slots half the ring degree
     * @param featureLevel level of features
     * @param prices what operations cost
     * @throws IllegalArgumentException if an iteration takes more levels than there are
     */
    public RowSearch(MlrConfig config, int slots, int featureLevel, RowPrices prices) {
        int levels = 2 + RowSteps.polynomialLevels(config.sigmoid());
        if (featureLevel < levels) {
            throw new IllegalArgumentException("row search: expected features of level " + levels + " or more, found "
                    + featureLevel + "; take parameters with more levels");
        }
        this.config = config;
        this.slots = slots;
        this.featureLevel = featureLevel;
        this.prices = prices;
        executors = 1;
        sigmoidRelinearizations = (int) RowSteps.evaluator(
                        config.sigmoid(),
                        0,
                        1,
                        2 / (config.sigmoid().hi() - config.sigmoid().lo()))
                .counts()
                .relinearizations();
    }

    private RowSearch(RowSearch of, int executors) {
        config = of.config;
        slots = of.slots;
        featureLevel = of.featureLevel;
        prices = of.prices;
        sigmoidRelinearizations = of.sigmoidRelinearizations;
        this.executors = executors;
    }

    /**
     * For a training on several processes. Each turns the weights for itself and hands over a partial gradient, both of which grow with baby steps: the
     * more executors, the fewer are best.
     *
     * @param count processes that share a minibatch; those that get no block of it do not count
     * @return a search for them; one process unless told
     * @throws IllegalArgumentException if it is below 1
     */
    public RowSearch onExecutors(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("row search: expected 1 executor or more, found " + count
                    + "; give 1 for a training in one process");
        }
        return new RowSearch(this, count);
    }

    /**
     * All layouts there are whose files a manifest can name, each width with its best baby steps.
     *
     * @param batch samples of a minibatch, at least; all of them if there are fewer
     * @param bytes of one uploaded ciphertext of a level
     * @return cheapest first; empty if nothing fits into the slots
     * @throws IllegalArgumentException if the batch is below 1
     */
    public List<RowPlan> plans(int batch, IntToLongFunction bytes) {
        if (batch < 1) {
            throw new IllegalArgumentException(
                    "row search: expected a batch of at least 1 sample, found " + batch + "; try 1024");
        }
        List<RowPlan> out = new ArrayList<>();
        for (int width = 1; width <= slots; width *= 2) {
            RowPlan best = null;
            for (int steps = 1; fits(width, steps); steps *= 2) {
                RowLayout layout = new RowLayout(slots, width, config.classes(), config.features(), steps);
                if (RowDataset.files(layout, config.samples()) > EncryptedDataset.MOST_FILES) {
                    continue;
                }
                RowPlan plan = plan(layout, batch, bytes);
                best = best == null || plan.iterationCost() < best.iterationCost() ? plan : best;
            }
            if (best != null) {
                out.add(best);
            }
            if (width >= config.classes()) {
                break; // a wider group holds nothing more
            }
        }
        out.sort(Comparator.comparingDouble(RowPlan::iterationCost));
        return List.copyOf(out);
    }

    private boolean fits(int width, int steps) {
        try {
            new RowLayout(slots, width, config.classes(), config.features(), steps);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * The cheapest layout within a bound on what is uploaded.
     *
     * @param batch samples of a minibatch, at least; all of them if there are fewer
     * @param bytes of one uploaded ciphertext of a level
     * @param maxUploadBytes most bytes of all uploads
     * @return the plan
     * @throws IllegalArgumentException if none is within the bound; the text has the smallest upload there is
     */
    public RowPlan cheapest(int batch, IntToLongFunction bytes, long maxUploadBytes) {
        List<RowPlan> all = plans(batch, bytes);
        return all.stream()
                .filter(p -> p.uploadBytes() <= maxUploadBytes)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "row search: expected a layout with at most " + maxUploadBytes + " bytes of uploads, found "
                                + all.stream().mapToLong(RowPlan::uploadBytes).min().stream()
                                        .mapToObj(least -> "none below " + least)
                                        .findFirst()
                                        .orElse("none for " + slots + " slots and " + EncryptedDataset.MOST_FILES
                                                + " files of a data set")
                                + "; allow more, use fewer features, a larger ring, or fewer samples"));
    }

    /** What a layout costs. */
    RowPlan plan(RowLayout layout, int batch, IntToLongFunction bytes) {
        int perBatch = layout.blocks(Math.min(batch, config.samples()));
        RowRecipe recipe = RowRecipe.of(config, layout, perBatch).refreshing(1);
        Sum sum = new Sum();
        long q = layout.groups();
        long k = layout.complexFeatures();
        int scores = featureLevel - 1;
        int errors = scores - RowSteps.polynomialLevels(config.sigmoid());
        long processes = Math.min(executors, perBatch);
        sum.add(Operation.ROTATION, featureLevel, processes * layout.splitRotations());
        sum.hoisted(featureLevel, processes * q, layout.babySteps());
        sum.cost += (double) perBatch * k * prices.reading(featureLevel);
        sum.add(Operation.PRODUCT_TERM, featureLevel, (long) perBatch * q * k);
        sum.relinearized(featureLevel, (long) perBatch * q * layout.giantSteps());
        sum.add(Operation.ROTATION, scores, (long) perBatch * q * layout.giantSteps());
        sum.relinearized((scores + errors) / 2, (long) perBatch * q * sigmoidRelinearizations);
        sum.hoisted(errors, (long) perBatch * q, layout.giantSteps());
        sum.add(Operation.PRODUCT_TERM, errors, (long) perBatch * q * k);
        if (processes > 1) { // a partial gradient of three components each is read, where features have half of two
            sum.cost += (double) processes * q * layout.babySteps() * 3 * prices.reading(errors);
        }
        sum.relinearized(errors, q * layout.babySteps());
        int overRows = Integer.numberOfTrailingZeros(slots / layout.period());
        sum.add(Operation.ROTATION, errors - 1, q * (layout.babySteps() + overRows));
        double cost = sum.cost + prices.of(Operation.REFRESH, featureLevel + 1);
        long upload = 0;
        for (int u = 0; u < k + q; u++) {
            upload += recipe.blocks() * bytes.applyAsLong(recipe.uploadLevel(u, featureLevel));
        }
        return new RowPlan(layout, perBatch, cost, recipe.uploads(), upload, sum.switches);
    }

    /** Prices and key switches of what has been added. */
    private final class Sum {
        private double cost;
        private long switches;

        void add(Operation operation, int level, long count) {
            cost += count * prices.of(operation, level);
            switches += operation == Operation.PRODUCT_TERM || operation == Operation.RESCALE ? 0 : count;
        }

        void relinearized(int level, long count) {
            add(Operation.RELINEARIZATION, level, count);
            add(Operation.RESCALE, level, count);
        }

        void hoisted(int level, long values, int steps) {
            if (steps > 1) {
                cost += values * prices.of(Operation.DECOMPOSITION, level);
                add(Operation.HOISTED_ROTATION, level, values * (steps - 1));
            }
        }
    }
}
