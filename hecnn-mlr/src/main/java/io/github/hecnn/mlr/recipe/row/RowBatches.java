package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.mlr.recipe.Batch;
import java.util.function.IntFunction;

/**
 * How samples fall into blocks and batches: whole batches only, each beginning with a block of its own.
 *
 * @param layout where everything is
 * @param samples of the training
 * @param batch samples of a minibatch, 1..samples
 */
record RowBatches(RowLayout layout, int samples, int batch) {
    int blocks() {
        return samples / batch * blocksPerBatch();
    }

    int blocksPerBatch() {
        return layout.blocks(batch);
    }

    IntFunction<Batch> inTurn() {
        return Batch.inTurn(blocks(), blocksPerBatch(), (double) samples / batch);
    }

    int firstSample(int block) {
        return block / blocksPerBatch() * batch + block % blocksPerBatch() * layout.rows();
    }

    int samplesOf(int block) {
        return Math.min(batch - block % blocksPerBatch() * layout.rows(), layout.rows());
    }

    int uploadsPerBlock() {
        return layout.complexFeatures() + layout.groups();
    }

    int uploads() {
        return blocks() * uploadsPerBlock();
    }
}
