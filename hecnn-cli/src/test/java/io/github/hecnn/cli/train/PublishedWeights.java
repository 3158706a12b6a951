package io.github.hecnn.cli.train;

import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.rehearsal.SlotRehearsal;
import java.nio.file.Path;
import java.util.List;

/** The weights that the paper's authors printed, against those of a run. */
final class PublishedWeights {
    private PublishedWeights() {}

    /** The largest difference of any weight after an iteration. */
    static double difference(Path out, Path data, int iteration) {
        double[][] mine = DatasetReader.matrix(out.resolve("weights-iteration-" + iteration + ".csv"));
        double[][] published =
                DatasetReader.matrix(data.resolve("paper/published-weights-iteration-" + iteration + ".csv"));
        return SlotRehearsal.differences(List.<double[][]>of(mine), List.<double[][]>of(published))
                .get(0);
    }
}
