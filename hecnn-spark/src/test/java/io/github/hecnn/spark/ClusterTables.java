package io.github.hecnn.spark;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables of docs/cluster.md: sizes, and what the model says. */
final class ClusterTables {
    private static final int SLOTS = 1 << 15;

    /** A cluster as one rents it: 8 threads and 10 Gbit/s an executor. What Spark takes is as measured here. */
    private final ClusterShape shape;

    private final JsonNode measured;

    ClusterTables(JsonNode measured) {
        this.measured = measured;
        shape = ClusterShape.of(1, 8);
    }

    private static RowRecipe recipe(int features, int classes, int width, int steps) {
        return RowRecipe.of(
                        RowRecipe.settings(SLOTS, features, classes, 12, SigmoidApproximation.WEIGHTED_15)
                                .build(),
                        new RowLayout(SLOTS, width, classes, features, steps),
                        1)
                .refreshing(1);
    }

    /** 201 features, 10 classes, groups of 8. */
    static IterationCost digits() {
        RowRecipe recipe = recipe(201, 10, 8, 8);
        return IterationCost.of(recipe, RowParameters.of(recipe, SecurityLevel.CLASSICAL_128));
    }

    /** What an executor needs, by layout. */
    List<String> sizes() {
        List<String> out = new ArrayList<>(List.of(
                "| data | layout | rows of a block | block on disk | executor, least | advised | advised with refreshes |"
                        + " partial gradient | seconds of a block | of the weights | blocks for 10 % |",
                "|---|---|---|---|---|---|---|---|---|---|---|"));
        int[][] all = {{201, 10, 8, 8}, {201, 10, 4, 16}, {201, 2, 2, 8}, {769, 2, 2, 8}, {769, 10, 4, 16}};
        for (int[] a : all) {
            RowRecipe recipe = recipe(a[0], a[1], a[2], a[3]);
            RowParameters parameters = RowParameters.of(recipe, SecurityLevel.CLASSICAL_128);
            IterationCost cost = IterationCost.of(recipe, parameters);
            out.add(String.format(
                    Locale.ROOT,
                    "| %d features, %d classes | groups of %d, %d baby steps | %,d | %,.0f MB | %.1f GB | %.1f GB | %.1f GB"
                            + " | %.0f MB | %.1f | %.2f | %.0f |",
                    a[0],
                    a[1],
                    a[2],
                    a[3],
                    cost.rowsPerBlock(),
                    cost.blockBytes() / 1e6,
                    ExecutorMemory.given(ExecutorMemory.of(recipe, parameters, 1, false)) / 1e9,
                    ExecutorMemory.advised(ExecutorMemory.of(recipe, parameters, 1, false)) / 1e9,
                    ExecutorMemory.advised(ExecutorMemory.of(recipe, parameters, 1, true)) / 1e9,
                    cost.partialBytes() / 1e6,
                    cost.blockSeconds(),
                    cost.weightSeconds(),
                    blocksWithin(0.1, cost)));
        }
        return out;
    }

    /** Blocks that an executor needs so that what each does for itself is at most a part of their work: the weights, and a partial gradient that is added. */
    private double blocksWithin(double part, IterationCost cost) {
        double extra = cost.weightSeconds() + cost.partialBytes() / shape.bytesAddedPerSecond();
        return Math.ceil(extra / (part * cost.blockSeconds()));
    }

    /** Seconds of an iteration. */
    List<String> iterations() {
        IterationCost cost = digits();
        List<String> out = new ArrayList<>(List.of(
                "| rows of a minibatch | executors | driver | broadcast | gradients | adding (depth) | scheduling |"
                        + " iteration |",
                "|---|---|---|---|---|---|---|---|"));
        long[][] all = {
            {4_096, 1}, {131_072, 4}, {131_072, 32}, {4_096_000, 100}, {4_096_000, 1_000}, {100_000_000, 1_000}
        };
        for (long[] a : all) {
            ClusterShape cluster = shape.withExecutors((int) a[1]);
            int depth = ClusterEstimate.bestTreeDepth(cost, cluster, a[0]);
            ClusterEstimate e = ClusterEstimate.of(cost, cluster.withTreeDepth(depth), a[0]);
            out.add(String.format(
                    Locale.ROOT,
                    "| %,d | %,d | %.1f s | %.2f s | %.1f s | %.1f s (%d) | %.1f s | %.1f s |",
                    a[0],
                    a[1],
                    e.driver(),
                    e.broadcast(),
                    e.gradients(),
                    e.adding(),
                    depth,
                    e.scheduling(),
                    e.seconds()));
        }
        return out;
    }

    /** The most executors that are worth having, by rows of a minibatch. */
    List<String> limits() {
        IterationCost cost = digits();
        List<String> out = new ArrayList<>(List.of(
                "| rows of a minibatch | blocks | executors worth having | iteration | rows a second | largest part |",
                "|---|---|---|---|---|---|"));
        for (long rows : new long[] {4_096, 65_536, 1_000_000, 10_000_000, 100_000_000}) {
            int executors = ClusterEstimate.worthwhileExecutors(cost, shape, rows);
            ClusterShape cluster = shape.withExecutors(executors);
            ClusterEstimate e = ClusterEstimate.of(
                    cost, cluster.withTreeDepth(ClusterEstimate.bestTreeDepth(cost, cluster, rows)), rows);
            out.add(String.format(
                    Locale.ROOT,
                    "| %,d | %,d | %,d | %.1f s | %,.0f | %s |",
                    rows,
                    (rows + cost.rowsPerBlock() - 1) / cost.rowsPerBlock(),
                    executors,
                    e.seconds(),
                    rows / e.seconds(),
                    e.largest()));
        }
        return out;
    }

    /** A measured gradient, without the driver's part, and what the model says. */
    record Check(long rows, int executors, double measured, double model) {}

    /** The model with constants of one executor on the two smaller data sets and of processes without Spark, for all runs. */
    List<Check> checks() {
        JsonNode constants = measured.required("constants");
        int rowsPerBlock = constants.required("rowsPerBlock").asInt();
        IterationCost cost = new IterationCost(
                rowsPerBlock,
                constants.required("blockSeconds").asDouble(),
                constants.required("weightSeconds").asDouble(),
                0,
                constants.required("blockBytes").asLong(),
                constants.required("weightBytes").asLong(),
                constants.required("partialBytes").asLong());
        List<Check> out = new ArrayList<>();
        for (JsonNode run : measured.required("rows")) {
            int executors = run.required(1).asInt();
            if (executors == 0 || run.required(2).asDouble() > fastest(run)) {
                continue; // in one process, without Spark, or one of two runs that had to wait for the disk
            }
            ClusterShape here = ClusterShape.of(executors, 1)
                    .withCores(coresOfAnExecutor(constants, executors))
                    .withBytesPerSecond(constants.required("bytesPerSecond").asDouble())
                    .withTaskSeconds(constants.required("taskSeconds").asDouble())
                    .withGradientSeconds(constants.required("gradientSeconds").asDouble())
                    .withBytesAddedPerSecond(
                            constants.required("bytesAddedPerSecond").asDouble());
            long rows = run.required(0).asLong();
            ClusterEstimate e = ClusterEstimate.of(cost, here, rows);
            out.add(new Check(rows, executors, run.required(2).asDouble(), e.seconds() - e.driver()));
        }
        return out;
    }

    /** Seconds of a gradient with as many rows and executors as a run has. */
    private double fastest(JsonNode of) {
        double least = Double.POSITIVE_INFINITY;
        for (JsonNode run : measured.required("rows")) {
            if (run.required(0).equals(of.required(0)) && run.required(1).equals(of.required(1))) {
                least = Math.min(least, run.required(2).asDouble());
            }
        }
        return least;
    }

    /**
     * Cores that one of several executors of this machine has for each that it could keep busy. One keeps more than one busy, as a thread of its own
     * reads ahead; and processes at the same time slow each other down, which was measured without Spark.
     */
    private static double coresOfAnExecutor(JsonNode constants, int executors) {
        double busy = constants.required("coresOfOneExecutor").asDouble();
        double slower = constants
                .required("slowerAtATime")
                .path(Integer.toString(executors))
                .asDouble(1);
        return Math.min(1, constants.required("processors").asInt() / (executors * busy * slower));
    }

    /** The same as a table. */
    List<String> checked() {
        List<String> out = new ArrayList<>(
                List.of("| rows | executors | measured | model | model / measured |", "|---|---|---|---|---|"));
        for (Check c : checks()) {
            out.add(String.format(
                    Locale.ROOT,
                    "| %,d | %d | %.2f s | %.2f s | %.2f |",
                    c.rows(),
                    c.executors(),
                    c.measured(),
                    c.model(),
                    c.model() / c.measured()));
        }
        return out;
    }
}
