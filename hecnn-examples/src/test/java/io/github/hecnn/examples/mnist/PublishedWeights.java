package io.github.hecnn.examples.mnist;

import io.github.hecnn.mlr.model.MlrModel;
import java.nio.file.Path;
import java.util.List;

/** The weights that the paper's authors printed, against those of a run. */
final class PublishedWeights {
    private PublishedWeights() {}

    /** The largest difference of any weight after an iteration. */
    static double difference(Path out, Path data, int iteration) {
        double[][] mine = MlrModel.readCsv(out.resolve("weights-iteration-" + iteration + ".csv"))
                .weights();
        double[][] published = MlrModel.readCsv(data.resolve("paper/published-weights-iteration-" + iteration + ".csv"))
                .weights();
        return Rehearsal.differences(List.<double[][]>of(mine), List.<double[][]>of(published))
                .get(0);
    }
}
