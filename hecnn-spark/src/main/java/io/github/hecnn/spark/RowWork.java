package io.github.hecnn.spark;

import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.row.RowGradients;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import java.io.Serializable;
import java.util.UUID;

/**
 * What an executor has to know of a training to take gradients of its blocks; all of it public. Serializable: numbers and names only.
 *
 * @param id names the training; one for each, so that an executor keeps two apart
 * @param dataset name of the data set in its manifest
 * @param folder URI of the folder with blocks, manifest and keys, on a file system that executors can read
 * @param manifest of the data set
 * @param forwardKeys of the forward pass
 * @param backwardKeys of the backward pass
 * @param bootstrapKeys of refreshes
 * @param refreshes whether an executor may be asked for one
 * @param security of the parameters
 * @param threads of an executor's pool, those of all its tasks together
 * @param tasks that an executor runs at the same time
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
record RowWork(
        String id,
        String dataset,
        String folder,
        Sealed manifest,
        Sealed forwardKeys,
        Sealed backwardKeys,
        Sealed bootstrapKeys,
        boolean refreshes,
        SecurityLevel security,
        int samples,
        int features,
        int classes,
        int iterations,
        double[] sigmoid,
        double sigmoidLow,
        double sigmoidHigh,
        double startScore,
        int slots,
        int groupWidth,
        int babySteps,
        int blocksPerBatch,
        int threads,
        int tasks)
        implements Serializable {
    /** A file and its checksum. */
    record Sealed(String name, long bytes, String sha256) implements Serializable {
        static Sealed of(FileSeal seal) {
            return new Sealed(seal.name(), seal.bytes(), seal.sha256());
        }

        FileSeal seal() {
            return new FileSeal(name, bytes, sha256);
        }
    }

    static RowWork of(RowGradients.Work work, String folder, ExecutorResources resources, boolean refreshes) {
        RowRecipe recipe = work.recipe();
        MlrConfig config = recipe.config();
        RowLayout layout = recipe.layout();
        return new RowWork(
                work.runId() + "-" + UUID.randomUUID(),
                work.dataset(),
                folder,
                Sealed.of(work.manifest()),
                Sealed.of(work.forwardKeys()),
                Sealed.of(work.backwardKeys()),
                Sealed.of(work.bootstrapKeys()),
                refreshes,
                work.security(),
                config.samples(),
                config.features(),
                config.classes(),
                config.iterations(),
                config.sigmoid().coefficients(),
                config.sigmoid().lo(),
                config.sigmoid().hi(),
                config.startWeight(0, 0),
                layout.slots(),
                layout.groupWidth(),
                layout.babySteps(),
                layout.blocks(recipe.batch()),
                resources.threads(),
                resources.tasks());
    }

    /** The recipe as far as gradients go; steps and refreshes are the driver's. */
    RowRecipe recipe() {
        double[][] start = new double[classes][features];
        for (double[] row : start) {
            row[0] = startScore;
        }
        MlrConfig config = RowRecipe.settings(
                        samples,
                        features,
                        classes,
                        iterations,
                        new SigmoidApproximation(sigmoid, sigmoidLow, sigmoidHigh))
                .startWeights(start)
                .build();
        RowLayout layout = new RowLayout(slots, groupWidth, classes, features, babySteps);
        return RowRecipe.of(config, layout, blocksPerBatch).refreshing(1);
    }
}
